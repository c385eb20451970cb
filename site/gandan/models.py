from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gandan.crypto import EncryptedTextField
from gandan.text import canonical


class WorkDay(models.Model):
    """A day the commune sets itself; it wins over the holiday library."""

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORKING = "working", _("Working day (make-up)")
        HALF = "half", _("Morning only")

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    note = models.CharField(
        _("reason shown to readers"), max_length=200, help_text=_("For example the number of the notice.")
    )

    class Meta:
        ordering = ["-date"]
        verbose_name = _("working calendar exception")
        verbose_name_plural = _("working calendar exceptions")

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.get_kind_display()}"


class Outbox(models.Model):
    """One message that must reach its transport; worked off by `manage.py work` under a lease."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused by the mail server")

    key = models.CharField(_("key"), max_length=120, unique=True)
    recipients = EncryptedTextField(_("recipients"))
    body = EncryptedTextField(_("message"), help_text=_("The whole message; erased 30 days after delivery."))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(_("created"))
    due_at = models.DateTimeField(_("next try"))
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    problem = models.CharField(_("last problem"), max_length=300, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        indexes = [models.Index(fields=["state", "due_at"], name="outbox_due")]

    def __str__(self) -> str:
        return self.key


class SearchChange(models.Model):
    """An object that the search engine must be told of, noted in the transaction that changed it.

    Its number is the version of the document; rows go a day after they were sent.
    """

    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["sent_at", "id"], name="search_change_waiting")]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"


class SearchStatistics(models.Model):
    """What the search index is made of, for readers of one language (see `gandan.search.statistics`)."""

    language = models.CharField(max_length=10, unique=True)
    version = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.language} {self.version}"


class SearchTerm(models.Model):
    """An entry of the dictionary: what people say, and what the administration calls the same."""

    class Kind(models.TextChoices):
        ABBREVIATION = "abbreviation", _("Abbreviation")
        OLD = "old", _("Old term")
        EVERYDAY = "everyday", _("Everyday word")
        DIALECT = "dialect", _("Dialect")

    class Language(models.TextChoices):
        VIETNAMESE = "vi", "Tiếng Việt"
        ENGLISH = "en", "English"
        ARABIC = "ar", "العربية"

    said = models.CharField(_("people say"), max_length=80)
    key = models.CharField(max_length=80, editable=False)
    means = models.TextField(
        _("means"),
        help_text=_(
            "The words of the official name, one meaning a line. The typed words are sought as well."
        ),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.EVERYDAY)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default="vi")
    audience = models.CharField(_("who says so"), max_length=60, blank=True)
    note = models.CharField(_("note for editors"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["key"]
        verbose_name = _("word of the dictionary")
        verbose_name_plural = _("search dictionary")
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="search_term_once")]

    def __str__(self) -> str:
        return self.said

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = canonical(self.said).lower()
        super().save(*args, **kwargs)


class BestBet(models.Model):
    """A page that the commune puts first for a question, however it is spelt (see `gandan.search.bets`)."""

    said = models.CharField(
        _("what people type"),
        max_length=80,
        help_text=_(
            "One spelling is enough: without marks, in other words of the dictionary, as a question."
        ),
    )
    language = models.CharField(
        _("language"), max_length=2, choices=SearchTerm.Language.choices, default="vi"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note for editors"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["said"]
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")

    def __str__(self) -> str:
        return self.said


class SearchLog(models.Model):
    """How often a question was searched for on a day: by its canonical key, never as it was typed, never by whom."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=10)
    key = models.CharField(_("question"), max_length=200)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    empty = models.PositiveIntegerField(_("without result"), default=0)
    opened = models.PositiveIntegerField(_("results opened"), default=0)

    class Meta:
        ordering = ["-day", "-searches", "key"]
        constraints = [models.UniqueConstraint(fields=["day", "language", "key"], name="search_log_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.key}"


class RareSearch(models.Model):
    """A question asked too seldom to be written down: only a keyed hash of it, and how often it came."""

    digest = models.CharField(max_length=64, unique=True)
    searches = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    last_day = models.DateField()

    def __str__(self) -> str:
        return self.digest[:8]
