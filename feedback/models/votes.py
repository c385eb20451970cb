from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from gandan.crypto import EncryptedTextField


class PageVoteQuerySet(models.QuerySet["PageVote"]):
    def unread(self) -> "PageVoteQuerySet":
        """Lines that nobody has read; a vote without a line needs no reading."""
        return self.filter(has_line=True, seen_at=None)

    def since(self, moment: datetime) -> "PageVoteQuerySet":
        return self.filter(voted_at__gte=moment)


class PageVote(models.Model):
    """Whether one reader found a page useful, and perhaps a line about it. Nobody answers: it is no case.

    Address and title are kept as text, since a page may move or go and the remark would lose its sense.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    page_title = models.CharField(_("title of the page"), max_length=255)
    page_path = models.CharField(_("address of the page"), max_length=300)
    is_useful = models.BooleanField(_("useful"))
    is_counted = models.BooleanField(
        _("counted"), default=True, help_text=_("Not counted: one of very many from one address.")
    )
    line = EncryptedTextField(_("remark"), blank=True)
    has_line = models.BooleanField(_("with a remark"), default=False)
    voted_at = models.DateTimeField(_("when"))
    seen_at = models.DateTimeField(_("read"), null=True, blank=True)
    seen_by = models.ForeignKey(
        "home.User",
        verbose_name=_("read by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PageVoteQuerySet.as_manager()

    class Meta:
        ordering = ["-voted_at", "-pk"]
        verbose_name = _("reader's remark")
        verbose_name_plural = _("readers' remarks")
        indexes = [models.Index(fields=["page", "voted_at"], name="votes_of_page")]

    def __str__(self) -> str:
        return f"{self.page_title} {self.voted_at:%d/%m/%Y}"
