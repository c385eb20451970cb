from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from feedback.models.hiding import Hideable
from feedback.models.topics import Kind, Topic
from gandan.crypto import EncryptedTextField


class State(models.TextChoices):
    NEW = "new", _("New")
    ACCEPTED = "accepted", _("Accepted")
    WORKING = "working", _("Being worked on")
    NEED_INFO = "need_info", _("Waiting for you")
    FORWARDED = "forwarded", _("Forwarded")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Refused with a reason")
    REOPENED = "reopened", _("Reopened")
    CLOSED = "closed", _("Closed")


OPEN_STATES: tuple[str, ...] = (State.NEW, State.ACCEPTED, State.WORKING, State.NEED_INFO, State.REOPENED)
WAITING_STATES: tuple[str, ...] = (State.NEED_INFO, State.FORWARDED)  # the clock of the promise stands


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def overdue(self, now: datetime) -> "CaseQuerySet":
        """Open after its hour; a case that waits for the resident is late only if it was when it began to wait."""
        late = Q(waiting_since=None, due_at__lt=now) | Q(due_at__lt=F("waiting_since"))
        return self.open().filter(late)

    def held(self) -> "CaseQuerySet":
        return self.exclude(held_for="")


class Case(models.Model):
    """A resident's question or remark and the promise given for it. Words live in `CaseText`."""

    class Source(models.TextChoices):
        WEB = "web", _("This site")
        COUNTER = "counter", _("At the counter")
        PHONE = "phone", _("By phone")
        SESSION = "session", _("Help session")
        VOTERS = "voters", _("Meeting with voters")
        DIALOGUE = "dialogue", _("Dialogue meeting")
        LETTER = "letter", _("Letter")
        OPEN311 = "open311", _("Open311")

    class Hold(models.TextChoices):
        TRAP = "trap", _("A field was filled that people cannot see")
        FAST = "fast", _("Sent within two seconds")
        LIMIT = "limit", _("Many sent from one address")

    code = models.CharField(_("code"), max_length=19, unique=True)
    pin_hash = EncryptedTextField(editable=False)
    token_nonce = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.QUESTION)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.WEB)
    language = models.CharField(_("language"), max_length=5, default="vi")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="cases")
    area = models.ForeignKey(
        "home.Area",
        verbose_name=_("area"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    page_path = models.CharField(_("asked from page"), max_length=300, blank=True)
    title = models.CharField(
        _("title"),
        max_length=120,
        blank=True,
        help_text=_("Written by staff, without names or numbers of people."),
    )
    unit = models.ForeignKey("home.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    official = models.ForeignKey(
        "home.Official", verbose_name=_("responsible"), on_delete=models.PROTECT, related_name="cases"
    )
    stands_in_for = models.ForeignKey(
        "home.Official",
        verbose_name=_("stands in for"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    about = models.ForeignKey(
        "home.Official",
        verbose_name=_("remark about"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Whose conduct it is about; hidden from that person, the stand-ins and whom they head."),
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("joined with"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    held_for = models.CharField(
        _("held for review"),
        max_length=8,
        choices=Hold.choices,
        blank=True,
        help_text=_("Why a person should look first: it may have been sent by a machine."),
    )
    sent_at = models.DateTimeField(_("sent"))
    received_at = models.DateTimeField(_("received"), help_text=_("The next opening when sent out of hours."))
    working_days = models.PositiveSmallIntegerField(_("promised working days"))
    due_at = models.DateTimeField(_("due"))
    first_due_at = models.DateTimeField(_("first promise"))
    contact_consent_at = models.DateTimeField(_("agreed to be contacted"), null=True, blank=True)
    waiting_since = models.DateTimeField(
        _("waiting since"), null=True, blank=True, help_text=_("The clock of the promise stands.")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("reopened"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["official", "state", "due_at"], name="case_desk"),
            models.Index(fields=["state", "due_at"], name="case_due"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def short_code(self) -> str:
        """Enough to tell cases of one list apart."""
        return self.code[:7]

    @property
    def text(self) -> str:
        """The resident's own words; empty once they have been erased."""
        words = self.words.filter(role=CaseText.Role.QUESTION).first()
        return words.text if words else ""

    @property
    def is_held(self) -> bool:
        return bool(self.held_for)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def is_late(self, now: datetime) -> bool:
        """Open after its hour, or answered after it; what waits is as late as when it began to wait."""
        if self.answered_at is not None:
            return self.answered_at > self.due_at
        if self.waiting_since is not None:
            return self.due_at < self.waiting_since
        return self.is_open and self.due_at < now


class CaseText(Hideable, models.Model):
    """Words of a case, encrypted and erasable; nothing else of a case is free text."""

    class Role(models.TextChoices):
        QUESTION = "question", _("Question")
        ANSWER = "answer", _("Answer")
        NOTE = "note", _("Internal note")
        NAME = "name", _("Name")
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        ASKED = "asked", _("Asked back")
        REPLY = "reply", _("Reply of the resident")
        FORWARDED = "forwarded", _("Why it was forwarded")
        REFUSAL = "refusal", _("Why it was refused")
        WHERE = "where", _("Where to go")
        EXTENSION = "extension", _("Why it takes longer")
        RATING = "rating", _("What the resident says of the answer")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="words")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    text = EncryptedTextField(_("text"))
    written_at = models.DateTimeField(_("written"))
    author = models.ForeignKey(
        "home.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("author"),
    )

    CONTACT_ROLES: ClassVar[tuple[str, ...]] = (Role.NAME, Role.PHONE, Role.EMAIL)
    CONVERSATION: ClassVar[tuple[str, ...]] = (
        Role.QUESTION,
        Role.ASKED,
        Role.REPLY,
        Role.FORWARDED,
        Role.REFUSAL,
        Role.WHERE,
        Role.EXTENSION,
        Role.ANSWER,
        Role.RATING,
    )

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = _("words of a case")
        verbose_name_plural = _("words of cases")

    def __str__(self) -> str:
        return f"{self.case_id} {self.role}"


class CaseEvent(models.Model):
    """What happened to a case: append-only (`feedback.triggers` refuses changes), without free text."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        ASSIGNED = "assigned", _("Assigned")
        ACCEPTED = "accepted", _("Accepted")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed")
        STARTED = "started", _("Being worked on")
        ASKED = "asked", _("The resident was asked")
        REPLIED = "replied", _("The resident replied")
        RESUMED = "resumed", _("The clock runs again")
        FORWARDED = "forwarded", _("Forwarded")
        REFUSED = "refused", _("Refused")
        EXTENDED = "extended", _("A later date was promised")
        RETOPICED = "retopiced", _("Given another topic")
        MERGED = "merged", _("Joined with another case")
        RATED = "rated", _("Rated by the resident")
        REOPENED = "reopened", _("Reopened")
        WITHDRAWN = "withdrawn", _("Withdrawn by the resident")
        CORRECTED = "corrected", _("Corrected by the resident")
        CONSENT_ENDED = "consent_ended", _("The resident took the consent back")
        DELETED = "deleted", _("Deleted by the resident")
        DATA_GIVEN = "data_given", _("The resident took a copy of the data")
        NOTED = "noted", _("A note was written")
        HIDDEN = "hidden", _("Words or a file were hidden")
        MOVED = "moved", _("Moved to another state")
        TITLED = "titled", _("Given a title")
        RELEASED = "released", _("Found to be sent by a person")
        CONTACT_VIEWED = "contact_viewed", _("Contact was looked at")
        VIEWED = "viewed", _("Looked at")
        CONTACT_ERASED = "contact_erased", _("Contact was erased")
        WORDS_ERASED = "words_erased", _("Words were erased")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what"), max_length=16, choices=Kind.choices)
    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        "home.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    official = models.ForeignKey(
        "home.Official",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("official"),
    )
    state_from = models.CharField(_("from"), max_length=10, choices=State.choices, blank=True)
    state_to = models.CharField(_("to"), max_length=10, choices=State.choices, blank=True)
    is_public = models.BooleanField(_("shown to the resident"), default=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("case event")
        verbose_name_plural = _("case events")

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.at:%d/%m/%Y %H:%M}"
