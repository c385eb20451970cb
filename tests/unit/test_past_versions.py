"""When a fact of a guide changes, the text that held before stays readable, under a banner."""

from copy import deepcopy
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from gandan.planned import publish_planned
from gandan.worktime import VIETNAM
from guides.models import FeeState, GuidesIndexPage, Paper, PastVersion, ProcedurePage, Term
from guides.versions_facts import changes
from guides.versions_words import in_words
from tests.unit.founded_once import once_founded
from tests.unit.guides_world import make_complete

ADDRESS = "/huong-dan/thu-tuc/dang-ky-khai-sinh/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def birth() -> ProcedurePage:
    """A live guide: three working days, 8.000 đ, one paper."""
    once_founded(date(2026, 11, 22))
    index = GuidesIndexPage.objects.get(lists="procedures", locale__language_code="vi")
    page = ProcedurePage(title="Đăng ký khai sinh", slug="dang-ky-khai-sinh", code="1.001193")
    page.terms = [Term(time_value=3, fee_state=FeeState.AMOUNT, fee_amount=8000)]
    page.papers = [Paper(name="Tờ khai")]
    index.add_child(instance=make_complete(page))
    page.save_revision().publish()
    return fresh()


def fresh() -> ProcedurePage:
    return ProcedurePage.objects.get(slug="dang-ky-khai-sinh")


def publish(**changed: Any) -> ProcedurePage:
    """What an editor does: open the guide, change it, publish it."""
    page = fresh().get_latest_revision_as_object()
    fee = changed.pop("fee", None)
    for name, value in changed.items():
        setattr(page, name, value)
    if fee is not None:
        term = page.terms.first()
        term.fee_amount = fee
        page.terms = [term]
    page.save_revision().publish()
    return fresh()


def shown(client: Client, path: str = "") -> str:
    answer = client.get(ADDRESS + path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_new_fee_keeps_the_old_text_under_a_banner(client, birth):
    page = publish(fee=5000)
    assert page.past_count == 1
    old = shown(client, "ban-cu/1/")
    assert 'class="slip rose' in old
    assert "8.000" in old
    assert 'name="robots" content="noindex"' in old
    assert f'<link rel="canonical" href="http://testserver{ADDRESS}">' in old
    assert f'href="{ADDRESS}"' in old
    assert "ban-cu/" in shown(client)
    assert "8.000" not in shown(client)
    assert '<a href="1/">' in shown(client, "ban-cu/")


@pytest.mark.parametrize(
    "changed",
    [
        {"summary": "Viết lại cho dễ đọc"},
        {"title": "Đăng ký khai sinh cho con"},
        {"checked_on": date(2026, 11, 20)},
        {"source_name": "Cổng Dịch vụ công quốc gia"},
        {"check_again_on": date(2027, 1, 1)},
        {"also_called": "làm giấy khai sinh"},
    ],
)
def test_publishing_without_a_changed_fact_keeps_nothing(birth, changed):
    assert publish(**changed).past_count == 0
    assert not PastVersion.objects.exists()


def test_versions_are_numbered_and_follow_each_other_without_a_gap(birth):
    publish(fee=5000)
    publish(fee=6000)
    second, first = PastVersion.objects.all()
    assert (first.number, second.number) == (1, 2)
    assert second.first_day == first.last_day + timedelta(days=1)
    assert second.changes[0]["old"]["amount"] == 5000
    assert first.replaced_by_id is not None


def test_a_draft_changes_nothing_that_readers_see(client, birth):
    page = birth.get_latest_revision_as_object()
    page.papers = []
    page.save_revision()
    assert "Tờ khai" in shown(client)
    assert not PastVersion.objects.exists()


def test_the_next_version_waits_for_its_day_and_the_old_one_ends_the_day_before(client, birth):
    day = timezone.localdate() + timedelta(days=1)
    begins = datetime.combine(day, datetime.min.time(), VIETNAM)
    page = birth.get_latest_revision_as_object()
    page.go_live_at, page.valid_from = begins, day
    page.papers = [Paper(name="Tờ khai mẫu mới")]
    page.save_revision().publish()
    assert "Tờ khai mẫu mới" not in shown(client)
    assert publish_planned(begins - timedelta(minutes=1)) == 0
    assert not PastVersion.objects.exists()


def test_a_planned_version_goes_live_by_the_worker_and_says_until_when_the_old_one_held(client, birth):
    page = birth.get_latest_revision_as_object()
    page.papers = [Paper(name="Tờ khai mẫu mới")]
    revision = page.save_revision()
    begins = timezone.now() - timedelta(seconds=30)
    revision.content["go_live_at"] = begins.isoformat()
    revision.approved_go_live_at = begins
    revision.save()
    assert publish_planned(timezone.now()) == 1
    past = PastVersion.objects.get()
    assert past.replaced_on == timezone.localdate(begins)
    assert past.last_day == past.replaced_on - timedelta(days=1)
    assert "Tờ khai mẫu mới" in shown(client)
    assert past.changes[0]["added"][0]["name"] == "Tờ khai mẫu mới"


def test_valid_from_says_until_when_the_old_text_held(birth):
    publish(fee=5000, valid_from=timezone.localdate() - timedelta(days=10))
    past = PastVersion.objects.get()
    assert past.last_day == timezone.localdate() - timedelta(days=11)


def test_a_draft_cannot_bring_back_the_number_of_old_versions_it_began_with(birth):
    before_the_change = birth.get_latest_revision_as_object().save_revision()
    publish(fee=5000)
    before_the_change.publish()
    assert fresh().past_count == PastVersion.objects.count() == 2


def test_a_guide_taken_off_the_site_and_brought_back_as_it_was_has_no_old_version(birth):
    birth.unpublish()
    assert PastVersion.objects.get().is_end
    fresh().get_latest_revision().publish()
    assert fresh().live
    assert fresh().past_count == PastVersion.objects.count() == 0


def test_a_guide_brought_back_with_other_facts_keeps_the_text_of_before(client, birth):
    birth.unpublish()
    publish(fee=5000)
    past = PastVersion.objects.get()
    assert (past.is_end, past.changes[0]["fact"]) == (False, "fee")
    assert "8.000" in shown(client, "ban-cu/1/")


def test_a_guide_with_old_versions_can_be_deleted(birth):
    publish(fee=5000).delete()
    assert not PastVersion.objects.exists()


def test_the_source_is_shown_with_its_own_date_on_the_page_on_paper_and_in_old_versions(client, birth):
    publish(source_name="Cổng Dịch vụ công quốc gia", source_date=date(2026, 7, 7))
    assert ">Nguồn ngày" in shown(client)
    assert "07/07/2026" in shown(client)
    assert "Cổng Dịch vụ công quốc gia ngày 07/07/2026" in shown(client, "in/")
    publish(fee=5000, source_date=date(2026, 11, 1))
    assert "07/07/2026" in shown(client, "ban-cu/1/")
    assert "01/11/2026" in shown(client)


@pytest.mark.parametrize("path", ["ban-cu/2/", "ban-cu/0/", "ban-cu/x/", "ban-cu/1/in/"])
def test_a_version_nobody_knows_is_not_found(client, birth, path):
    publish(fee=5000)
    assert client.get(ADDRESS + path).status_code == 404


def test_a_guide_that_never_changed_says_so_and_links_nothing(client, birth):
    assert "ban-cu/" not in shown(client)
    assert '<a href="1/">' not in shown(client, "ban-cu/")


# What a fact is, on sheets alone.

TERM = {
    "channel": "",
    "situation": "",
    "time": {"value": 3, "unit": "working_day", "cut_off": "", "note": ""},
    "fee": {"state": "amount", "amount": 8000, "note": "", "exemptions": ""},
}
SHEET: dict[str, Any] = {
    "where": {"counter": "Quầy 2", "note": "", "places": [{"key": "trung-tam", "name": "Trung tâm"}]},
    "unit": {"key": "mot-cua", "name": "Một cửa", "phone": "0912 345 601", "hours": {}},
    "online": {"level": "full", "note": "", "url": ""},
    "situations": [{"key": "trong-60", "label": "Trong 60 ngày"}, {"key": "qua-60", "label": "Quá 60 ngày"}],
    "channels": [{"method": "counter", "note": ""}, {"method": "online", "note": ""}],
    "terms": [TERM],
    "papers": [
        {
            "name": "Tờ khai",
            "kind": "submit",
            "originals": 1,
            "copies": 0,
            "only_if": "",
            "note": "",
            "situations": [],
            "form": None,
        }
    ],
    "steps": [{"channel": "", "situation": "", "text": "Nộp tờ khai"}],
    "law": [{"number": "60/2014/QH13", "name": "Luật 60/2014/QH13"}],
}


def text(sheet: dict[str, Any], **fields: Any) -> Any:
    blank = {"requirements": "", "who_may_apply": "", "result": "", "valid_to": None}
    return SimpleNamespace(sheet=sheet, shown={**blank, **fields})


def difference(change: Any, **fields: Any) -> list[dict[str, Any]]:
    sheet = deepcopy(SHEET)
    change(sheet)
    return changes(text(SHEET), text(sheet, **fields))


def test_the_same_text_has_no_differences():
    assert difference(lambda sheet: None) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s["unit"].update(name="Trung tâm Một cửa", phone="0912 000 000"),
        lambda s: s["where"]["places"][0].update(name="Trung tâm mới tên"),
        lambda s: s["papers"][0].update(name="TỜ KHAI."),
        lambda s: s["steps"][0].update(text="nộp  tờ khai"),
        lambda s: s["law"][0].update(name="Luật số 60/2014/QH13"),
        lambda s: s.update(rejections=[{"reason": "Thiếu chữ ký", "how_to_avoid": ""}]),
    ],
)
def test_names_capitals_and_stops_are_no_facts(change):
    assert difference(change) == []


@pytest.mark.parametrize(
    ("fact", "change"),
    [
        ("where", lambda s: s["where"].update(counter="Quầy 3")),
        ("unit", lambda s: s.update(unit={"key": "cong-an", "name": "Công an xã"})),
        ("online", lambda s: s["online"].update(level="none")),
        ("ways", lambda s: s["channels"].append({"method": "post", "note": ""})),
        ("time", lambda s: s["terms"][0]["time"].update(value=5)),
        ("time", lambda s: s["terms"][0]["time"].update(cut_off="15:00")),
        ("fee", lambda s: s["terms"][0]["fee"].update(state="free", amount=None)),
        ("fee", lambda s: s["terms"][0]["fee"].update(exemptions="Hộ nghèo")),
        ("situations", lambda s: s["situations"].pop()),
        ("papers", lambda s: s["papers"][0].update(copies=2)),
        ("papers", lambda s: s.update(papers=[])),
        ("steps", lambda s: s["steps"].append({"channel": "", "situation": "", "text": "Ký nhận"})),
        ("law", lambda s: s["law"].append({"number": "104/2022/NĐ-CP", "name": "Nghị định 104/2022/NĐ-CP"})),
    ],
)
def test_each_fact_is_named(fact, change):
    assert [found["fact"] for found in difference(change)] == [fact]


@pytest.mark.parametrize("field", ["requirements", "who_may_apply", "result"])
def test_texts_of_the_page_are_facts(field):
    assert [found["fact"] for found in difference(lambda s: None, **{field: "Khác"})] == [field]


def test_the_last_valid_day_is_a_fact():
    assert [found["fact"] for found in difference(lambda s: None, valid_to="2026-12-31")] == ["valid_to"]


def test_a_fee_of_one_situation_and_way_is_told_with_them():
    def online_late_is_free(sheet: dict[str, Any]) -> None:
        free = {"state": "free", "amount": None, "note": "", "exemptions": ""}
        sheet["terms"].append({**deepcopy(TERM), "channel": "online", "situation": "qua-60", "fee": free})

    (found,) = difference(online_late_is_free)
    assert (found["ways"], found["situations"]) == (["online"], ["Quá 60 ngày"])
    with override("vi"):
        (told,) = in_words([found])
    assert told.label == "Lệ phí (qua mạng, Quá 60 ngày)"
    assert (told.old, told.new) == ("8.000\u00a0đ", "Không thu phí")


def test_a_fee_that_changes_for_all_is_told_once_without_naming_them():
    (found,) = difference(lambda s: s["terms"][0]["fee"].update(amount=5000))
    assert (found["ways"], found["situations"]) == ([], [])


def test_a_sheet_from_before_a_column_was_added_does_not_differ_by_it():
    assert difference(lambda s: s["terms"][0]["fee"].update(paid_online=True)) == []


def test_nothing_unknown_turns_into_free():
    (found,) = difference(lambda s: s["terms"][0]["fee"].update(state="unknown", amount=None))
    with override("en"):
        (told,) = in_words([found])
    assert told.new == "Not known yet"


def test_of_a_long_text_only_the_lines_that_changed_are_told():
    old = "Từ 75 tuổi trở lên.\nMức 500.000 đồng một tháng."
    new = "Từ 75 tuổi trở lên.\nMức 540.000 đồng một tháng."
    found = changes(text(SHEET, requirements=old), text(SHEET, requirements=new))
    with override("vi"):
        (told,) = in_words(found)
    assert told.note == "Bỏ: Mức 500.000 đồng một tháng. Thêm: Mức 540.000 đồng một tháng."


@pytest.mark.parametrize("language", ["vi", "en", "ar"])
def test_every_kind_of_change_can_be_told_in_every_language(language):
    everything = {
        "where": {"counter": "", "note": "", "places": []},
        "law": [],
        "papers": [{**SHEET["papers"][0], "name": "Giấy khác"}],
    }
    found = changes(text(SHEET), text(everything, requirements="x", result="y", valid_to="2026-12-31"))
    with override(language):
        told = in_words(found)
    assert len(told) == len(found) == 13
    assert all(each.note or (each.old and each.new) for each in told)
