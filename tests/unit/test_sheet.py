"""The sheet holds all a guide shows, and follows the people, places and laws it names."""

from datetime import date
from typing import Any

import pytest

from guides.models import Channel, LegalBasis, LegalDocument, Paper, ProcedurePage, Term
from guides.refreshing import guides_naming
from home.models import HomePage, Official, Place, Unit
from tests.unit.guides_world import found_commune

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return found_commune()


def guide(home: HomePage, title: str = "Khai sinh", **fields: Any) -> ProcedurePage:
    page = ProcedurePage(title=title, locale=home.locale, **fields)
    rows = {"locale": home.locale}
    page.channels = [Channel(method="counter", **rows)]
    page.terms = [Term(time_value=0, fee_state="free", **rows)]
    page.papers = [Paper(name="Tờ khai", key="to-khai", situations="a, b", **rows)]
    page.places = list(Place.objects.filter(key="trung-tam"))
    home.add_child(instance=page)
    return page


def test_the_sheet_is_there_as_soon_as_the_guide_is_saved(home: HomePage) -> None:
    page = guide(home, official=Official.objects.get(key="lan"))
    page.refresh_from_db()
    assert page.sheet["channels"] == [{"method": "counter", "note": ""}]
    assert page.sheet["papers"][0]["situations"] == ["a", "b"]
    assert page.sheet["where"]["places"][0]["key"] == "trung-tam"
    assert page.sheet["official"]["phone"] == "0912 345 612"


def test_a_moved_place_changes_the_guides_that_name_it(home: HomePage) -> None:
    page = guide(home)
    place = Place.objects.get(key="trung-tam")
    place.name = "Trung tâm mới"
    place.save()
    page.refresh_from_db()
    assert page.sheet["where"]["places"][0]["name"] == "Trung tâm mới"


def test_new_hours_of_a_unit_reach_the_guides_of_its_officials(home: HomePage) -> None:
    page = guide(home, official=Official.objects.get(key="lan"))
    unit = Unit.objects.get(key="mot-cua")
    unit.weekly_hours = {"0": "08:00-11:00"}
    unit.save()
    page.refresh_from_db()
    assert page.sheet["official"]["hours"] == {"0": "08:00-11:00"}


def test_a_repealed_law_is_seen_on_every_guide_that_cites_it(home: HomePage) -> None:
    law = LegalDocument.objects.create(number="60/2014/QH13", kind="Luật")
    page = guide(home)
    page.legal_basis = [LegalBasis(document=law, locale=home.locale)]
    page.save()
    law.in_force_to = date(2027, 2, 28)
    law.save()
    page.refresh_from_db()
    assert page.sheet["law"][0]["in_force_to"] == "2027-02-28"


def test_only_the_guides_that_name_something_are_looked_at(home: HomePage) -> None:
    lan = Official.objects.get(key="lan")
    named = guide(home, "Khai sinh", official=lan)
    guide(home, "Khai tử")
    assert list(guides_naming(lan)) == [named]
