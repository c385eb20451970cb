"""A key is taken out of use: everything encrypted moves to the newest one, and nothing is lost on the way."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone

from feedback.models import Case, CaseText, PageVote
from gandan import rotation
from gandan.crypto import EncryptedTextField
from gandan.models import Outbox
from gandan.outbox import deliver_due
from gandan.sign_in import SecondFactorAdapter
from home.models import User
from tests.unit.feedback_world import MONDAY, WORDS, found_commune, sent

pytestmark = pytest.mark.django_db
NEW = Fernet.generate_key().decode()
REMARK = "Phần lệ phí khó hiểu"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def case(settings):
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"
    case = sent(found_commune(), name="Bà Tư", phone="0912 345 678")
    PageVote.objects.create(
        page_title="Khai sinh", page_path="/", is_useful=True, line=REMARK, voted_at=MONDAY
    )
    PageVote.objects.create(page_title="Khai sinh", page_path="/", is_useful=True, voted_at=MONDAY)
    user = User.objects.create_user("lan")
    secret = SecondFactorAdapter().encrypt(SECRET)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
    return case


@pytest.fixture
def new_key(case, settings):
    settings.FIELD_KEYS = [NEW, *settings.FIELD_KEYS]


def test_every_encrypted_column_of_every_app_is_found():
    found = {str(column) for column in rotation.columns()}
    assert {"gandan.Outbox.body", "gandan.Outbox.recipients", "feedback.CaseText.text"} <= found
    assert {"feedback.Case.pin_hash", "feedback.PageVote.line"} <= found
    anywhere = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, EncryptedTextField) and isinstance(field, models.Field)
    ]
    assert len(found) == len(anywhere)


def test_after_moving_the_old_key_is_not_needed_any_more(case, new_key, settings, capsys):
    call_command("rotate_keys")
    settings.FIELD_KEYS = [NEW]
    assert Case.objects.get().text == WORDS
    assert {words.text for words in CaseText.objects.all()} == {WORDS, "Bà Tư", "0912 345 678"}
    assert "xa@huongdong.example" in Outbox.objects.get().recipients
    assert [vote.line for vote in PageVote.objects.order_by("pk")] == [REMARK, ""]
    assert SecondFactorAdapter().decrypt(Authenticator.objects.get().data["secret"]) == SECRET
    assert Case.objects.get().pin_hash
    assert "moved" in capsys.readouterr().out


def test_without_moving_the_old_key_is_needed(case, new_key, settings):
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(InvalidToken):
        Case.objects.get()


def test_moving_twice_changes_nothing(case, new_key):
    call_command("rotate_keys")
    tally = rotation.Tally()
    list(rotation.rotate(tally))
    assert (tally.behind, tally.moved) == (0, 0)
    assert tally.seen == 8  # two of the message, PIN, three texts, a remark, a second factor


def test_the_check_says_whether_the_old_key_is_still_needed(case, new_key):
    with pytest.raises(CommandError):
        call_command("rotate_keys", "--check")
    assert rotation.count() == 9
    call_command("rotate_keys")
    call_command("rotate_keys", "--check")


def test_what_somebody_changed_meanwhile_is_not_overwritten(case, new_key):
    tally = rotation.Tally()
    steps = rotation.rotate(tally)
    question = CaseText.objects.get(role=CaseText.Role.QUESTION)
    for _ in steps:
        question.text = "Sửa lại trong lúc đổi khóa"
        question.save()
    assert CaseText.objects.get(pk=question.pk).text == "Sửa lại trong lúc đổi khóa"


def test_a_value_that_no_key_opens_is_named_and_kept(case, settings):
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(CommandError):
        call_command("rotate_keys")
    tally = rotation.Tally()
    list(rotation.rotate(tally))
    assert f"feedback.Case.pin_hash {case.pk}" in tally.unreadable
    assert tally.moved == 0


def test_a_message_stored_with_the_old_key_is_still_sent_after_the_move(case, new_key, settings, mailoutbox):
    call_command("rotate_keys")
    settings.FIELD_KEYS = [NEW]
    settings.OUTBOX_TRANSPORT = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    assert deliver_due(timezone.now() + timedelta(minutes=1)) == 1
    assert mailoutbox
