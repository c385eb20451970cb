import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.db import connection
from django.utils import timezone

from gandan.models import Outbox
from gandan.sign_in import SecondFactorAdapter
from home.models import User

WORDS = "Nhà chị Hoa, 0912 345 678: xin hỏi giấy khai sinh"


def stored(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return cursor.fetchone()[0]


def message() -> Outbox:
    now = timezone.now()
    return Outbox.objects.create(
        key="1", recipients="lan@huongdong.example", body=WORDS, created_at=now, due_at=now
    )


@pytest.mark.django_db
def test_a_text_is_unreadable_in_the_database_and_plain_in_python():
    message()
    assert "Hoa" not in stored("gandan_outbox", "body")
    assert Outbox.objects.get().body == WORDS


@pytest.mark.django_db
def test_an_older_key_still_opens_what_it_closed(settings):
    message()
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert Outbox.objects.get().body == WORDS


@pytest.mark.django_db
def test_a_lost_key_is_noticed_and_not_read_as_an_empty_text(settings):
    message()
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(InvalidToken):
        Outbox.objects.get()


@pytest.mark.django_db
def test_the_same_text_never_looks_the_same_twice():
    first = message()
    first_cipher = stored("gandan_outbox", "body")
    first.save()
    assert stored("gandan_outbox", "body") != first_cipher


@pytest.mark.parametrize("lookup", ["body", "body__contains", "body__in"])
def test_an_encrypted_column_refuses_to_be_searched(lookup):
    with pytest.raises(FieldError):
        Outbox.objects.filter(**{lookup: ["x"]}).exists()


@pytest.mark.django_db
def test_the_key_of_an_authenticator_app_is_encrypted():
    secret = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    user = User.objects.create_user("lan")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
    assert "JBSWY3DPEHPK3PXP" not in str(stored("mfa_authenticator", "data"))
    assert SecondFactorAdapter().decrypt(secret) == "JBSWY3DPEHPK3PXP"
