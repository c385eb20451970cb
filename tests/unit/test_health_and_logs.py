import json
import logging
import sys

import pytest
from django.test import Client
from django.urls import reverse

from feedback.models import Case
from gandan.logs import JsonFormatter
from tests.unit.feedback_world import WORDS, found_commune

NAME, PHONE, MAIL = "Đặng Thị Mơ", "0987654321", "mo@example.org"


def logged(message: str, *args: object, fault: bool = False) -> dict[str, object]:
    record = logging.LogRecord(
        "gandan", logging.ERROR, "x.py", 1, message, args, sys.exc_info() if fault else None
    )
    return json.loads(JsonFormatter().format(record))


def test_a_log_line_is_one_json_object_even_when_the_message_has_two_lines():
    line = logged("first\nsecond %s", "ở đâu")
    assert line["message"] == "first\nsecond ở đâu"
    assert line["level"] == "ERROR"


def test_a_fault_names_its_kind_and_place_but_not_what_a_resident_wrote():
    try:
        try:
            raise ValueError(WORDS)
        except ValueError as cause:
            raise RuntimeError(f"cannot store {PHONE}") from cause
    except RuntimeError:
        line = logged("Internal Server Error", fault=True)
    assert [error["kind"] for error in line["errors"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert "test_health_and_logs.py" in line["errors"][0]["places"][0]
    assert PHONE not in json.dumps(line, ensure_ascii=False)
    assert WORDS not in json.dumps(line, ensure_ascii=False)


@pytest.mark.django_db
def test_a_question_leaves_none_of_its_words_in_the_logs(caplog):
    found_commune()
    caplog.set_level(logging.DEBUG)
    client = Client()
    page = client.get(reverse("feedback:ask"))
    words = {"text": WORDS, "name": NAME, "phone": PHONE, "email": MAIL, "consent_contact": "on"}
    topic = str(page.content).partition('name="topic" value="')[2].partition('"')[0]
    token = str(page.content).partition('name="token" value="')[2].partition('"')[0]
    answer = client.post(
        reverse("feedback:ask"), {**words, "topic": topic, "token": token, "kind": "question"}
    )
    assert answer.status_code == 303
    client.get(answer.headers["Location"])
    assert Case.objects.exists()
    statements = [record for record in caplog.records if record.name == "django.db.backends"]
    lines = "\n".join(record.getMessage() for record in caplog.records if record not in statements)
    for secret in (WORDS, NAME, PHONE, MAIL, "Mơ"):
        assert secret not in lines


@pytest.mark.django_db
def test_health_answers_without_cookie_and_over_plain_http(settings, client):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert not answer.cookies
