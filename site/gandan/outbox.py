"""The outbox: a message is a row written in the caller's transaction, then sent by the worker under a lease.

At least once: a worker killed between the transport's "yes" and our note of it sends again, with the same
Message-ID, which is made from the message's key. A message is given up only after seven days; a refusal by the
mail server (5xx) stays visible as a task for staff. The body is encrypted, and erased 30 days after delivery.
"""

import hashlib
import smtplib
import time
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from gandan.models import Outbox

KEY_HEADER = "X-Outbox-Key"
LEASE = timedelta(seconds=30)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(hours=1)
UNREACHABLE = (TimeoutError, ConnectionError, smtplib.SMTPServerDisconnected)
GIVE_UP_AFTER = timedelta(days=7)
KEPT_AFTER_DELIVERY = timedelta(days=30)


class OutboxBackend(BaseEmailBackend):
    """Django's EMAIL_BACKEND: stores instead of sending. A key that was stored before is not stored again."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(store(message, timezone.now()) for message in email_messages if message.recipients())


def store(message: EmailMessage, now: datetime) -> int:
    """1 when the message is new, 0 when its key (header `X-Outbox-Key`) is already in the outbox."""
    key = message.extra_headers.pop(KEY_HEADER, "") or uuid.uuid4().hex
    message.extra_headers["Message-ID"] = message_id(key)
    _row, created = Outbox.objects.get_or_create(
        key=key,
        defaults={
            "recipients": "\n".join(message.recipients()),
            "body": message.message().as_bytes().decode("latin-1"),  # bytes, one character each
            "created_at": now,
            "due_at": now,
        },
    )
    return int(created)


def message_id(key: str) -> str:
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.BASE_URL).hostname}>"


class WireMessage(Message):
    """A parsed message whose lines end as Django's transports ask for it."""

    def as_bytes(self, unixfrom: bool = False, policy: Any = None, linesep: str = "\n") -> bytes:
        return super().as_bytes(unixfrom, policy=compat32.clone(linesep=linesep))


class StoredMessage(EmailMessage):
    """A message as it was stored; transports ask for nothing but its parts and recipients."""

    def __init__(self, row: Outbox) -> None:
        self.stored = message_from_bytes(row.body.encode("latin-1"), _class=WireMessage)
        super().__init__(from_email=self.stored["From"], to=row.recipients.splitlines())

    def message(self, **kwargs: Any) -> Any:
        return self.stored


def transport() -> BaseEmailBackend:
    """The backend that EMAIL_URL names, with a timeout so that a hanging server cannot hold the worker."""
    config = dict(settings.OUTBOX_TRANSPORT)
    backend = import_string(config["EMAIL_BACKEND"])
    if config.get("EMAIL_FILE_PATH"):
        return backend(file_path=config["EMAIL_FILE_PATH"])
    if not config.get("EMAIL_HOST"):
        return backend()
    return backend(
        host=config["EMAIL_HOST"],
        port=config.get("EMAIL_PORT") or 25,
        username=config.get("EMAIL_HOST_USER") or "",
        password=config.get("EMAIL_HOST_PASSWORD") or "",
        use_tls=config.get("EMAIL_USE_TLS", False),
        use_ssl=config.get("EMAIL_USE_SSL", False),
        timeout=10,
    )


def deliver_due(now: datetime) -> int:
    """Send every message that is due; returns how many the transport took.

    A transport that cannot be reached, or hangs, ends the round: the other jobs of the worker must not wait for it
    once for each message.
    """
    sent, begun = 0, time.monotonic()
    for pk in Outbox.objects.filter(due(now)).order_by("due_at", "pk").values_list("pk", flat=True):
        passed = timedelta(seconds=time.monotonic() - begun)
        row = claim(pk, now + passed)  # a lease counts from when it is taken
        if row is None:
            continue
        try:
            sent += deliver(row, now)
        except UNREACHABLE:
            return sent
    return sent


def due(now: datetime) -> Q:
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    return Q(state=Outbox.State.WAITING, due_at__lte=now) & free


def claim(pk: int, now: datetime) -> Outbox | None:
    """The message under our lease, or None when another worker was faster."""
    if not Outbox.objects.filter(due(now), pk=pk).update(leased_until=now + LEASE):
        return None
    return Outbox.objects.get(pk=pk)


def deliver(row: Outbox, now: datetime) -> int:
    """1 when the transport took it, else 0; raises one of `UNREACHABLE` after postponing."""
    try:
        transport().send_messages([StoredMessage(row)])
    except (OSError, smtplib.SMTPException) as problem:
        postpone(row, problem, now)
        if isinstance(problem, UNREACHABLE):
            raise
        return 0
    return Outbox.objects.filter(pk=row.pk, state=Outbox.State.WAITING).update(
        state=Outbox.State.SENT, sent_at=now, leased_until=None, tries=row.tries + 1, problem=""
    )


def postpone(row: Outbox, problem: Exception, now: datetime) -> None:
    """Try again after a growing pause; a refusal for good, or seven days in vain, needs a person."""
    pause = min(FIRST_PAUSE * 2 ** min(row.tries, 12), LONGEST_PAUSE)
    is_hopeless = is_final(problem) or now - row.created_at > GIVE_UP_AFTER
    Outbox.objects.filter(pk=row.pk).update(
        state=Outbox.State.REFUSED if is_hopeless else Outbox.State.WAITING,
        due_at=now + pause,
        leased_until=None,
        tries=row.tries + 1,
        problem=describe(problem),
    )


def reply_codes(problem: Exception) -> list[int]:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in problem.recipients.values()]
    if isinstance(problem, smtplib.SMTPResponseException):
        return [problem.smtp_code]
    return []


def is_final(problem: Exception) -> bool:
    codes = reply_codes(problem)
    return bool(codes) and all(500 <= code < 600 for code in codes)


def describe(problem: Exception) -> str:
    """The kind of failure and the server's code; never its words, which may repeat an address."""
    codes = " ".join(map(str, reply_codes(problem)))
    return f"{type(problem).__name__} {codes}".strip()


def erase_delivered(now: datetime) -> int:
    old = Outbox.objects.filter(state=Outbox.State.SENT, sent_at__lt=now - KEPT_AFTER_DELIVERY)
    return old.filter(erased_at__isnull=True).update(body="", recipients="", erased_at=now)
