"""Statements written out once a minute: quick, and never showing more than a statement made anew would."""

from datetime import timedelta

import pytest
from django.db.models.sql.compiler import SQLCompiler

from gandan.search import find, prepared
from gandan.search.facets import Filters
from guides.models import ProcedurePage
from tests.search.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    prepared._kept.clear()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables of the statements that Django puts together from now on."""
    statements: list[str] = []
    original = SQLCompiler.as_sql

    def as_sql(self: SQLCompiler, *args: object, **kwargs: object) -> object:
        statements.append(self.query.get_meta().db_table)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)
    return statements


def titles(text: str, **asked: object) -> list[str]:
    return [hit.title for hit in find(text, **asked)]


def test_a_second_search_of_the_minute_finds_its_own_words_with_the_statement_of_the_first(
    written: list[str],
) -> None:
    assert titles("khai sinh", now=NOW)[0] == "Đăng ký khai sinh"
    first = len(written)
    written.clear()

    assert titles("cat dien", now=NOW + timedelta(seconds=40)) == ["Lịch cắt điện thôn Đoài"]
    assert len(written) < first / 5


def test_what_expires_is_gone_at_the_latest_when_its_time_has_come() -> None:
    page = ProcedurePage.objects.get(title="Đăng ký kết hôn")
    page.expire_at = NOW + timedelta(minutes=5)
    page.save(update_fields=["expire_at"])

    assert "Đăng ký kết hôn" in titles("kết hôn", now=NOW)
    assert "Đăng ký kết hôn" in titles("kết hôn", now=NOW + timedelta(minutes=3))
    assert "Đăng ký kết hôn" not in titles("kết hôn", now=NOW + timedelta(minutes=5))


def test_other_filters_and_languages_have_statements_of_their_own() -> None:
    assert titles("khai sinh", now=NOW, filters=Filters(kind=frozenset(["news"]))) == []
    assert (
        titles("khai sinh", now=NOW, filters=Filters(kind=frozenset(["procedure"])))[0] == "Đăng ký khai sinh"
    )
    assert titles("khai sinh", locale="en", now=NOW)[0] == "Register a birth"


def test_whoever_types_the_sign_for_the_words_sought_finds_nothing_by_it() -> None:
    assert titles("$sought$", now=NOW) == []
    assert titles("$sought$ khai sinh", now=NOW)[0] == "Đăng ký khai sinh"


def test_no_more_statements_are_kept_than_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_KEPT", 3)
    for minute in range(8):
        find("khai sinh", now=NOW + timedelta(minutes=minute))

    assert len(prepared._kept) <= 3
