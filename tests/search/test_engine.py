"""The public search on a real Elasticsearch: what is found, what is not, and that it keeps in step with the database."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageViewRestriction

from gandan.models import SearchChange
from gandan.search import Hits, find
from gandan.search.elastic import client, doctor, index, sending
from gandan.search.elastic.client import connection
from gandan.search.facets import Filters
from guides.models import ProcedurePage
from home.models import HomePage, Official
from tests.search.conftest import NOW, Guide, section
from tests.search.engine_server import engine  # noqa: F401
from tests.unit.guides_world import make_complete

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.engines,
    pytest.mark.usefixtures("commune", "engine"),
]


def found(text: str, **asked: object) -> Hits:
    """What the engine finds; the database must not have answered in its place."""
    hits = find(text, now=NOW, **asked)
    assert not hits.is_simple
    return hits


def titles(text: str, **asked: object) -> list[str]:
    return [hit.title for hit in found(text, **asked)]


def refresh() -> None:
    connection().options(request_timeout=20).indices.refresh(index=client.alias())


def told() -> int:
    """How many changes the worker sent; they can be found afterwards."""
    done = sending.send_changes(NOW)
    refresh()
    return done


@pytest.fixture
def built(engine) -> str:  # noqa: F811
    index.rebuild(NOW)
    SearchChange.objects.all().delete()
    return str(engine)


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("đăng ký khai sinh", "Đăng ký khai sinh"),
        ("DANG KY khai sinh", "Đăng ký khai sinh"),
        ("mat giay khai sinh goc", "Đăng ký lại khai sinh"),
        ("nguyen thi lan", "Nguyễn Thị Lan"),
        ("nha van hoa thon thuong", "Nhà văn hóa thôn Thượng"),
        ("1.000894", "Đăng ký kết hôn"),
        ("lich cat dien", "Lịch cắt điện thôn Đoài"),
    ],
)
def test_the_engine_finds_what_residents_type(built, typed, best):
    assert titles(typed)[0] == best


@pytest.mark.parametrize("typed", ["bản nháp kế hoạch bí mật", "danh sách trực nội bộ", "hội chợ hoa đã qua"])
def test_the_engine_finds_no_draft_nothing_restricted_and_nothing_over(built, typed):
    hidden = {"Bản nháp kế hoạch bí mật", "Danh sách trực nội bộ", "Góc nội bộ", "Hội chợ hoa đã qua"}
    assert not hidden & set(titles(typed, limit=50))


def test_a_reader_of_english_gets_the_english_guide_once_and_first(built):
    assert titles("khai sinh", locale="en")[0] == "Register a birth"
    assert "Đăng ký khai sinh" not in titles("khai sinh", locale="en", limit=50)


def test_facets_are_counted_over_all_matches_and_a_choice_keeps_its_own_counts(built):
    free = found("khai sinh", limit=1)
    chosen = found("khai sinh", limit=1, filters=Filters(kind=frozenset(["procedure"])))
    assert free.facets["kind"]["procedure"] >= 2
    assert chosen.facets["kind"] == free.facets["kind"]
    assert chosen.total == free.facets["kind"]["procedure"] <= free.total


@pytest.mark.parametrize(
    "typed", ["", "   ", "🙂", "!!!", "\x00", '"', "a" * 5000, "đăng " * 400, "* OR 1=1", "\u202etest"]
)
def test_nothing_that_can_be_typed_breaks_the_engine(built, typed):
    assert len(found(typed)) <= 10


def test_a_published_guide_is_found_once_the_worker_has_told_the_engine(built, guide: Guide):
    guide("Cấp giấy phép hát rong")
    assert SearchChange.objects.filter(sent_at=None).exists()
    assert "Cấp giấy phép hát rong" not in titles("hát rong")
    assert told() > 0
    assert titles("hát rong")[0] == "Cấp giấy phép hát rong"
    assert told() == 0


def test_what_is_unpublished_deleted_or_restricted_is_gone_from_the_engine(built):
    pages = {page.title: page for page in ProcedurePage.objects.all()}
    pages["Đăng ký kết hôn"].unpublish()
    pages["Đăng ký khai tử"].delete()
    above = Page.objects.get(pk=section("procedures", "en").pk)
    PageViewRestriction.objects.create(page=above, restriction_type="login")
    Official.objects.get(key="lan").delete()
    told()
    assert not {"Đăng ký kết hôn", "Đăng ký khai tử"} & set(titles("đăng ký kết hôn khai tử", limit=50))
    assert "Register a birth" not in titles("birth", locale="en", limit=50)
    assert "Nguyễn Thị Lan" not in titles("nguyễn thị lan", limit=50)


def test_pages_below_a_page_that_moved_are_told_too(built):
    section("procedures").move(HomePage.objects.get(locale__language_code="vi"), pos="last-child")
    noted = set(SearchChange.objects.values_list("object_id", flat=True))
    assert set(ProcedurePage.objects.filter(locale__language_code="vi").values_list("pk", flat=True)) <= noted


def test_a_change_that_comes_late_does_not_bring_back_the_past(built):
    page = ProcedurePage.objects.get(title="Đăng ký kết hôn")
    early = SearchChange.objects.latest("pk") if SearchChange.objects.exists() else None
    page.save()
    page.save()
    first, last = SearchChange.objects.order_by("pk")[:2]
    sending.write(sending.actions([(ProcedurePage, page.pk, last.pk)], NOW), client.alias())
    ProcedurePage.objects.filter(pk=page.pk).update(live=False)
    sending.write(sending.actions([(ProcedurePage, page.pk, first.pk)], NOW), client.alias())
    refresh()
    assert early is None
    assert titles("đăng ký kết hôn")[0] == "Đăng ký kết hôn"


def test_changes_made_while_the_index_is_built_anew_are_in_the_new_one(built, guide: Guide):
    def meanwhile(todo):
        for number, action in enumerate(todo):
            if number == 3:
                guide("Cấp giấy phép hát rong")
                sending.send_changes(NOW)
            yield action

    index.rebuild(NOW, meanwhile)
    refresh()
    assert titles("hát rong")[0] == "Cấp giấy phép hát rong"


def test_one_index_stays_after_a_rebuild(built):
    index.rebuild(NOW + timedelta(seconds=1))
    names = connection().options(request_timeout=20).indices.get(index=f"{built}*").body
    assert len(names) == 1


def test_the_worker_builds_an_index_that_is_missing(engine):  # noqa: F811
    assert index.ensure(NOW) > 0
    assert titles("khai sinh")
    assert index.ensure(NOW) == 0


def test_the_worker_builds_an_index_of_an_older_site_anew(built):
    server = connection().options(request_timeout=20)
    (name,) = server.indices.get(index=client.alias()).body
    server.indices.put_mapping(index=name, meta={"schema": "of-last-year"})
    client.breaker.trip("looked at anew")
    client.breaker._ask_at = 0
    client.breaker.ask()
    assert find("khai sinh", now=NOW).is_simple
    assert index.ensure(NOW) > 0
    client.breaker.ask()
    assert titles("khai sinh")


def test_the_doctor_names_what_differs_and_has_it_mended(built, guide: Guide, capsys):
    with time_machine.travel(NOW, tick=False):
        call_command("search_doctor")
    assert "The engine holds what the database shows." in capsys.readouterr().out
    gone = ProcedurePage.objects.get(title="Đăng ký khai tử")
    with pytest.MonkeyPatch.context() as patch:  # as if rows had been lost
        patch.setattr("gandan.search.elastic.changes.is_wanted", lambda: False)
        new = make_complete(guide("Cấp giấy phép hát rong"))
        gone_key = f"guides.procedurepage:{gone.pk}"
        gone.delete()
    ill = doctor.examine(NOW)
    assert (ill.missing, ill.left_over) == ([f"guides.procedurepage:{new.pk}"], [gone_key])
    with time_machine.travel(NOW, tick=False):
        with pytest.raises(CommandError):
            call_command("search_doctor")
        call_command("search_doctor", repair=True)
    told()
    assert doctor.examine(NOW).is_well


def test_one_command_fills_both_indexes(engine, capsys):  # noqa: F811
    call_command("rebuild_search")
    assert "documents" in capsys.readouterr().out
    refresh()
    assert titles("khai sinh")
