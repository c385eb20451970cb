"""What tests begin with is the same whether it was built or put back."""

from datetime import date

import pytest
from django.db import transaction

from home.founding import found_site
from home.models import HomePage
from tests.unit import founded_once

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def founded() -> founded_once.Tables:
    """Every row after founding, which is then undone."""
    with transaction.atomic():
        founded_once.once("for this test", lambda: found_site(DAY))
        rows = founded_once._rows(founded_once._tables())
        transaction.set_rollback(True)
    return rows


def test_what_is_put_back_equals_what_was_built() -> None:
    built = founded()
    assert len(built["home_homepage"]) == 3
    assert founded() == built


def test_what_is_put_back_can_be_searched() -> None:
    for _ in range(2):
        with transaction.atomic():
            founded_once.once("to search", lambda: found_site(DAY))
            title = HomePage.objects.get(locale__language_code="vi").title
            assert HomePage.objects.search(title).count() >= 1
            transaction.set_rollback(True)


def test_another_beginning_is_built_afresh() -> None:
    founded_once.once("twice", lambda: found_site(DAY))
    calls = []
    founded_once.once("twice", lambda: calls.append(1))
    assert calls == [1]
