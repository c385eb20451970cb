"""The guide as a resident meets it: facts, promise, warnings, papers, helper, law, paper sheet and indexes."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from gandan.worktime import VIETNAM
from guides.models import LegalDocument, ProcedurePage
from home.models import Official, ShortLink
from tests.unit.demo_world import demo  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
MONDAY = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
BIRTH = "/en/huong-dan/thu-tuc/dang-ky-khai-sinh/"


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def birth(language: str = "en") -> ProcedurePage:
    return ProcedurePage.objects.get(slug="dang-ky-khai-sinh", locale__language_code=language)


def read(client: Client, address: str = BIRTH) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_slip_promises_today_and_says_what_happens_after_the_cut_off_hour(client: Client) -> None:
    page = read(client)
    assert "Hand in today before 15:00, collect it at" in page
    assert 'datetime="2026-11-23T17:00:00+07:00"' in page
    assert "Vietnam Cultural Day" in page


def test_on_sunday_the_slip_counts_from_monday(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 20, tzinfo=VIETNAM), tick=False):
        assert "Hand in on Monday 23/11 before 15:00" in read(client)


def test_without_known_hours_there_is_no_stamp(client: Client) -> None:
    page = birth()
    page.official = page.unit = None
    page.counter = ""
    page.save()
    assert 'class="stamp"' not in read(client)


def test_the_three_buttons_lead_to_the_portal_the_paper_and_the_phone(client: Client) -> None:
    page = read(client)
    assert "dichvucong.gov.vn" in page
    assert 'href="in/"' in page
    assert 'href="tel:0912345602"' in page


@pytest.mark.parametrize("view", ["", "tung-buoc/"])
def test_who_may_file_online_is_warned_of_cheats_who_ask_for_the_code(client: Client, view: str) -> None:
    rule = "The commune never asks for your OTP code."
    assert rule in read(client, BIRTH + view)
    ProcedurePage.objects.update(online_url="")
    assert rule not in read(client, BIRTH + view)


def test_an_overdue_check_is_a_warning_above_the_slip(client: Client) -> None:
    ProcedurePage.objects.update(check_again_on=date(2026, 11, 1))
    page = read(client)
    assert page.index("was to be checked again by") < page.index("slip flat")


def test_a_guide_that_nobody_checked_says_so(client: Client) -> None:
    ProcedurePage.objects.update(checked_on=None)
    assert "Nobody has compared this page with its source yet" in read(client)


def test_a_guide_is_valid_on_its_last_day_and_not_on_the_next(client: Client) -> None:
    ProcedurePage.objects.update(valid_to=date(2026, 11, 23))
    assert "was valid until" not in read(client)
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=VIETNAM), tick=False):
        assert "This guide was valid until 23/11/2026" in read(client)


def test_while_the_official_is_away_the_deputy_and_his_phone_stand_there(client: Client) -> None:
    lan, binh = Official.objects.get(key="lan"), Official.objects.get(key="binh")
    Official.objects.filter(key="binh").update(office_phone="0912 345 613")
    Official.objects.filter(key="lan").update(is_away=True, away_until=date(2026, 11, 27), deputy=binh)
    page = read(client)
    assert f"{binh.name} helps you meanwhile" in page
    assert 'href="tel:0912345613"' in page
    assert 'href="tel:0912345602"' not in page
    assert lan.name in page


def test_an_official_who_left_office_is_not_named_as_helper(client: Client) -> None:
    Official.objects.filter(key="lan").update(until=date(2026, 11, 20))
    assert 'href="tel:0912345602"' not in read(client)


def test_a_repealed_law_is_marked_with_what_replaces_it(client: Client) -> None:
    law = LegalDocument.objects.get(number="60/2014/QH13")
    assert "In force until 28/02/2027 · then 03/2026/QH16" in read(client)
    law.in_force_to = date(2026, 11, 22)
    law.save()
    assert "Repealed since 22/11/2026 · replaced by 03/2026/QH16" in read(client)


def test_the_paper_sheet_has_every_paper_its_qr_and_dates(client: Client) -> None:
    page = read(client, BIRTH + "in/")
    for paper in birth().papers.all():
        assert escape(paper.name) in page
    code = ShortLink.objects.get(page_id=birth().pk).code
    assert f"testserver/q/{code}" in page
    assert "Checked on 18/07/2026, to be checked again by 18/01/2027." in page
    assert "Printed on" in page
    assert "<svg" in page


def test_a_page_keeps_its_short_code(client: Client) -> None:
    read(client, BIRTH + "in/")
    read(client, BIRTH + "in/")
    assert ShortLink.objects.filter(page_id=birth().pk).count() == 1


def test_public_guides_set_no_cookie_and_run_no_script(client: Client) -> None:
    response = client.get(BIRTH)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    page = response.content.decode()
    assert page.count("<script") == page.count('<script type="application/ld+json">') == 1


def test_a_guide_takes_at_most_six_statements(client: Client, django_assert_max_num_queries: Any) -> None:
    read(client)
    with django_assert_max_num_queries(6):
        read(client)


def test_an_index_does_not_grow_with_its_rows(client: Client, django_assert_max_num_queries: Any) -> None:
    read(client, "/huong-dan/thu-tuc/")
    with django_assert_max_num_queries(8):
        page = read(client, "/huong-dan/thu-tuc/")
    assert page.count('class="mini-facts"') == 18


def test_the_index_runs_in_the_order_of_the_vietnamese_alphabet(client: Client) -> None:
    page = read(client, "/huong-dan/thu-tuc/")
    headings = [page.index(f"<h2>{letter}</h2>") for letter in ("B", "C", "Đ", "G", "T", "X")]
    assert headings == sorted(headings)


def test_a_life_event_keeps_only_its_guides(client: Client) -> None:
    page = read(client, "/huong-dan/thu-tuc/?viec=marriage")
    assert "dang-ky-ket-hon" in page
    assert "dang-ky-khai-tu" not in page


def test_a_life_event_nobody_knows_shows_everything(client: Client) -> None:
    assert read(client, "/huong-dan/thu-tuc/?viec=%22%3E&page=x").count('class="mini-facts"') == 18


def test_an_english_reader_also_finds_guides_nobody_translated(client: Client) -> None:
    page = read(client, "/en/huong-dan/thu-tuc/")
    assert "/en/huong-dan/thu-tuc/dang-ky-khai-sinh/" in page
    assert 'href="/huong-dan/thu-tuc/dang-ky-khai-tu/"' in page
    assert 'href="/huong-dan/thu-tuc/dang-ky-khai-sinh/"' not in page


def test_the_arabic_guide_runs_from_right_to_left(client: Client) -> None:
    page = read(client, "/ar/huong-dan/thu-tuc/dang-ky-khai-sinh/")
    assert 'dir="rtl"' in page
    assert "تسجيل مولود" in page


def test_an_unknown_way_below_a_guide_is_not_found(client: Client) -> None:
    assert client.get(BIRTH + "khac/").status_code == 404


def test_an_editor_sees_which_guides_cite_a_law(admin_client: Client) -> None:
    law = LegalDocument.objects.get(number="60/2014/QH13")
    form = admin_client.get(f"/admin/snippets/guides/legaldocument/edit/{law.pk}/")
    assert form.status_code == 200
    assert f"/admin/pages/{birth('vi').pk}/edit/" in form.content.decode()


@pytest.mark.parametrize("kind", ["legaldocument", "sessionseries", "session"])
def test_editors_have_lists_of_laws_series_and_sessions(admin_client: Client, kind: str) -> None:
    assert admin_client.get(f"/admin/snippets/guides/{kind}/").status_code == 200
