from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from feedback.models.cases import Case
from feedback.models.topics import Topic


class PublishedAnswerQuerySet(models.QuerySet["PublishedAnswer"]):
    def published(self) -> "PublishedAnswerQuerySet":
        return self.filter(approved_at__isnull=False)

    def waiting(self) -> "PublishedAnswerQuerySet":
        return self.filter(approved_at=None)


class PublishedAnswer(index.Indexed, models.Model):
    """A question and its answer, rewritten by staff so that everybody may read them; nobody's words as sent.

    It is public once a second person has approved it. A later change needs approval again.
    """

    key = models.SlugField(_("key"), max_length=80, unique=True)
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="published_answers",
    )
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="+")
    question = models.CharField(_("question"), max_length=300)
    answer = models.TextField(_("answer"), max_length=8000)
    guide_code = models.CharField(_("code of the guide it belongs to"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=5, default="vi")
    written_by = models.ForeignKey(
        "home.User", verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("written"))
    approved_by = models.ForeignKey(
        "home.User",
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    objects = PublishedAnswerQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("search_title", boost=5),
        index.SearchField("search_body"),
        index.AutocompleteField("search_title"),
    ]

    class Meta:
        ordering = ["-approved_at", "-written_at", "pk"]
        verbose_name = _("published answer")
        verbose_name_plural = _("published answers")
        indexes = [models.Index(fields=["guide_code", "approved_at"], name="answer_of_guide")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
                name="answer_has_a_second_reader",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="answer_approval_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("feedback:published_answer", args=[self.key])

    @property
    def is_public(self) -> bool:
        return self.approved_at is not None

    @property
    def foreign_language(self) -> str:
        """Its language where the reader's is another one, for `lang`."""
        return "" if self.language == get_language() else self.language

    @property
    def search_title(self) -> str:
        return self.question

    @property
    def search_body(self) -> str:
        return self.answer
