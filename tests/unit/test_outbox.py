import smtplib
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from gandan import jobs, outbox
from gandan.models import Outbox
from tools.demo_site import free_port

pytestmark = pytest.mark.django_db


class Sink:
    """A real SMTP server on 127.0.0.1 that answers each message with the next of its replies."""

    def __init__(self, *replies: str) -> None:
        self.replies = list(replies)
        self.messages: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, server: SMTP, session: object, envelope: object) -> str:
        reply = self.replies.pop(0) if self.replies else "250 OK"
        if reply.startswith("250"):
            self.messages.append((envelope.rcpt_tos, envelope.content))
        return reply


@pytest.fixture
def smtp(settings):
    started = []

    def start(*replies: str) -> Sink:
        sink = Sink(*replies)
        port = free_port()
        controller = Controller(sink, hostname="127.0.0.1", port=port)
        controller.start()
        started.append(controller)
        settings.OUTBOX_TRANSPORT = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": port,
        }
        return sink

    yield start
    for controller in started:
        controller.stop()


@pytest.fixture(autouse=True)
def _outbox_is_the_backend(settings):
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"


def write(key: str = "case-1", to: str = "lan@huongdong.example") -> int:
    message = EmailMessage("Phiếu mới", "Có phiếu mới về hộ tịch.", to=[to], headers={"X-Outbox-Key": key})
    return message.send()


def test_a_message_is_stored_and_nothing_is_sent_until_the_worker_comes(smtp):
    sink = smtp()
    assert write() == 1
    assert Outbox.objects.get().state == "waiting"
    assert sink.messages == []


def test_the_worker_sends_what_is_due_and_sends_it_once(smtp):
    sink = smtp()
    write()
    now = timezone.now()
    assert outbox.deliver_due(now) == 1
    assert outbox.deliver_due(now + timedelta(hours=2)) == 0
    assert [to for to, _ in sink.messages] == [["lan@huongdong.example"]]


def test_the_same_key_is_stored_once_however_often_it_is_sent(smtp):
    write("case-1")
    assert write("case-1") == 0
    assert Outbox.objects.count() == 1


def test_a_message_is_lost_with_the_transaction_that_wrote_it():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Outbox.objects.exists()


def test_recipients_and_body_are_not_readable_in_the_database():
    write()
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT recipients, body FROM gandan_outbox")
        stored = " ".join(cursor.fetchone())
    assert "lan@" not in stored
    assert "hộ tịch" not in stored


def test_the_message_id_comes_from_the_key_so_that_a_second_copy_is_recognised(smtp):
    sink = smtp()
    write("case-9")
    Outbox.objects.update(state="waiting")
    outbox.deliver_due(timezone.now())
    Outbox.objects.update(state="waiting", due_at=timezone.now())
    outbox.deliver_due(timezone.now() + timedelta(minutes=1))
    ids = [line for _, body in sink.messages for line in body.splitlines() if line.startswith(b"Message-ID")]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_server_that_is_down_is_tried_again_after_a_growing_pause(settings):
    settings.OUTBOX_TRANSPORT = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": free_port(),
    }
    write()
    now = timezone.now()
    pauses = []
    for _ in range(14):
        outbox.deliver_due(now)
        row = Outbox.objects.get()
        pauses.append((row.due_at - now).total_seconds())
        now = row.due_at
    assert pauses[:4] == [2, 4, 8, 16]
    assert max(pauses) == 3600
    assert row.state == "waiting"
    assert row.problem == "ConnectionRefusedError"


def test_a_server_that_cannot_be_reached_is_asked_once_a_round_and_not_once_a_message(settings, monkeypatch):
    asked = []

    def hang(*args: object) -> int:
        asked.append(args)
        raise TimeoutError

    monkeypatch.setattr("django.core.mail.backends.filebased.EmailBackend.send_messages", hang)
    for number in range(5):
        write(f"case-{number}")
    now = timezone.now()
    assert outbox.deliver_due(now) == 0
    assert len(asked) == 1
    monkeypatch.undo()
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"
    assert outbox.deliver_due(now + timedelta(minutes=1)) == 5


def test_a_busy_server_delays_the_message_and_loses_nothing(smtp):
    sink = smtp("451 try later")
    write()
    now = timezone.now()
    assert outbox.deliver_due(now) == 0
    assert outbox.deliver_due(now + timedelta(seconds=3)) == 1
    assert len(sink.messages) == 1


def test_a_refused_address_becomes_a_visible_task_without_naming_the_address(smtp):
    smtp("550 no such user lan@huongdong.example")
    write()
    outbox.deliver_due(timezone.now())
    row = Outbox.objects.get()
    assert row.state == "refused"
    assert row.problem == "SMTPDataError 550"


def test_a_message_under_another_workers_lease_is_left_alone(smtp):
    sink = smtp()
    write()
    now = timezone.now()
    assert outbox.claim(Outbox.objects.get().pk, now) is not None
    assert outbox.claim(Outbox.objects.get().pk, now) is None
    assert outbox.deliver_due(now) == 0
    assert outbox.deliver_due(now + timedelta(seconds=31)) == 1
    assert len(sink.messages) == 1


def test_after_seven_days_in_vain_a_person_must_look(monkeypatch):
    def down(*args: object) -> int:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.filebased.EmailBackend.send_messages", down)
    write()
    outbox.deliver_due(timezone.now() + timedelta(days=8))
    assert Outbox.objects.get().state == "refused"


def test_the_body_is_erased_thirty_days_after_delivery(smtp):
    smtp()
    write()
    now = timezone.now()
    outbox.deliver_due(now)
    assert outbox.erase_delivered(now + timedelta(days=29)) == 0
    assert outbox.erase_delivered(now + timedelta(days=31)) == 1
    assert Outbox.objects.get().body == ""


def test_by_default_mail_lies_in_the_mail_folder(settings, tmp_path):
    settings.OUTBOX_TRANSPORT = {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(tmp_path),
    }
    write()
    call_command("work", "--once")
    written = [Path(path).read_text() for path in tmp_path.iterdir()]
    assert len(written) == 1
    assert "To: lan@huongdong.example" in written[0]


def test_a_failing_job_does_not_stop_the_others(monkeypatch, smtp):
    sink = smtp()
    write()

    def broken(now: object) -> int:
        raise ValueError("broken job")

    failing = jobs.Job("broken", broken, timedelta(seconds=1))
    monkeypatch.setattr(jobs, "_jobs", [failing, *jobs.jobs()])
    call_command("work", "--once")
    assert len(sink.messages) == 1
