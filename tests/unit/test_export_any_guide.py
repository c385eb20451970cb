"""Whatever a guide holds, its export brings back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.documents.models import Document

from guides.importing.fields import clean_lines
from guides.importing.shape import Column, Kind, page_columns, row_kinds
from guides.importing.values import Values
from tests.unit import guides_world
from tests.unit.export_world import LAWS, empty_the_site, every_guide, export, made, run


@pytest.fixture(scope="module")
def commune(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        guides_world.found_commune()
        form = ContentFile(b"to khai", name="to-khai.pdf")
        Document.objects.create(title="Tờ khai", file=form).get_file_hash()
        yield
        transaction.set_rollback(True)


text = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=60).map(clean_lines)
keys = st.text("abcxyz-0123", min_size=1, max_size=10)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)


def cell(column: Column, situations: list[str]) -> st.SearchStrategy[Any]:
    match column.kind:
        case Kind.NUMBER:
            known = [int(key) for key, _label in column.choices]
            number = st.sampled_from(known) if known else st.integers(0, 1000)
            return st.none() | number if column.field.null else number
        case Kind.DAY:
            return st.none() | days
        case Kind.HOUR:
            return st.none() | st.times().map(lambda found: found.replace(microsecond=0).isoformat())
        case Kind.YES_NO:
            return st.booleans()
        case Kind.CHOICES:
            known = [key for key, _label in column.choices]
            chosen = st.sets(st.sampled_from(known))
            return chosen.map(lambda found: [key for key in known if key in found])
        case Kind.KEY:
            return st.sampled_from(["", *column.related.objects.values_list("key", flat=True)])
        case Kind.KEYS:
            return st.sets(st.sampled_from(list(column.related.objects.values_list("key", flat=True)))).map(
                sorted
            )
        case Kind.LAW:
            return st.sampled_from([law.number for law in LAWS])
        case Kind.FORM:
            return st.sampled_from([None, *Document.objects.values_list("file_hash", flat=True)])
    if column.name in ("situation", "situations"):
        return st.sampled_from(["", *situations])
    if column.choices:
        return st.sampled_from([key for key, _label in column.choices] + [""] * column.field.blank)
    if column.name.endswith("url"):
        return st.sampled_from(["", "https://xa.example/thu-tuc?a=1&b=%C4%91"])
    if column.name == "key":
        return st.just("") | keys
    return text if column.field.blank else text.filter(bool)


@st.composite
def guides(draw: st.DrawFn) -> Values:
    situations = draw(st.lists(keys, unique=True, max_size=4))
    values = {column.name: draw(cell(column, situations)) for column in page_columns()}
    values["title"] = draw(st.sampled_from(["Đăng ký", "Tách hộ: cả nhà", "出生 Khai sinh 👶"]))
    for name, kind in row_kinds().items():
        row = st.fixed_dictionaries({column.name: cell(column, situations) for column in kind.columns})
        values[name] = draw(st.lists(row, max_size=4))
    values["situations"] = [
        {
            **draw(st.fixed_dictionaries({c.name: cell(c, []) for c in row_kinds()["situations"].columns})),
            "key": key,
        }
        for key in situations
    ]
    if values["checked_on"] and not values["check_again_on"]:
        values["check_again_on"] = "2031-01-02"  # a guide that comes in without one is given one
    for term in values["terms"]:
        if term["fee_state"] == "amount" and term["fee_amount"] is None:
            term["fee_amount"] = 8000
    return values


@pytest.mark.django_db
@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking whole guides takes minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(values=guides(), code=st.sampled_from(["6.900900", ""]))
def test_any_guide_comes_back_equal(commune: None, tmp_path_factory: Any, values: Values, code: str) -> None:
    folder = tmp_path_factory.mktemp("export")
    with transaction.atomic():
        made(values, code)
        before = export(folder)
        empty_the_site()
        report = run(folder)
        assert report.refusals == []
        assert every_guide() == before
        (only,) = before.values()
        assert {name: value for name, value in only["guide"].items() if value != values.get(name)} == {}
        assert only["guide"].keys() == values.keys()
        transaction.set_rollback(True)
