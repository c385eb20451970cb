"""The home page: whether the doors are open, what is done most, alerts, languages, and what its links lead to."""

import re
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from gandan.models import WorkDay
from gandan.workdays import working_calendar
from home.hours import weekly
from home.opening import opening_in
from home.prose import blocks
from tests.unit.home_world import MONDAY, MORNING, OFFICE, at, founded_commune, info_page, news_item

SATURDAY = {str(day): "07:30-11:30" for day in range(6)}


def opening_words(
    moment: datetime, hours: dict[str, str] = OFFICE, exceptions: list[WorkDay] | None = None
) -> str:
    calendar = working_calendar(weekly(hours), around=moment.date(), exceptions=exceptions or [])
    with override("en"):
        found = opening_in(calendar, moment)
    return f"{found.now} {found.coming}".strip()


@pytest.mark.parametrize(
    ("day", "clock", "words"),
    [
        (23, "07:29", "Closed now. Opens today at 7:30."),
        (23, "07:30", "Open now until 11:30, again from 13:30."),
        (23, "11:30", "Closed now. Opens today at 13:30."),
        (23, "16:59", "Open now until 17:00."),
        (23, "17:00", "Closed now. Opens on Wednesday 25/11 at 7:30."),
        (24, "09:00", "Closed today: Vietnam Cultural Day. Opens tomorrow, Wednesday 25/11 at 7:30."),
        (27, "18:00", "Closed now. Opens on Monday 30/11 at 7:30."),
    ],
)
def test_the_home_page_says_until_when_the_commune_is_open_or_when_it_opens(
    day: int, clock: str, words: str
) -> None:
    assert opening_words(at(day, clock)).startswith(words)


def test_a_holiday_tomorrow_is_announced_with_its_name() -> None:
    assert opening_words(at(23, "16:00")) == (
        "Open now until 17:00. Tomorrow, Tuesday 24/11: closed, Vietnam Cultural Day."
    )


def test_a_holiday_is_not_announced_for_an_office_that_is_closed_on_that_weekday_anyway() -> None:
    assert "Tuesday" not in opening_words(at(23, "10:00"), hours={"0": "07:30-17:00", "3": "07:30-17:00"})


def test_a_day_off_that_the_commune_sets_itself_is_announced() -> None:
    off = WorkDay(date=date(2026, 11, 26), kind=WorkDay.Kind.OFF, note="Bầu cử")
    calendar = working_calendar(weekly(OFFICE), around=MONDAY, exceptions=[off])
    with override("vi"):
        assert "Bầu cử" in opening_in(calendar, at(25, "10:00")).coming


def test_a_make_up_saturday_is_open() -> None:
    worked = WorkDay(date=date(2026, 11, 28), kind=WorkDay.Kind.WORKING, note="Làm bù")
    assert opening_words(at(28, "08:00"), exceptions=[worked]).startswith("Open now until 11:30")


def test_saturday_morning_counts_where_the_office_works_on_saturdays() -> None:
    assert opening_words(at(28, "08:00"), hours=SATURDAY).startswith("Open now until 11:30.")


@pytest.mark.django_db
@time_machine.travel(MORNING, tick=False)
def test_the_home_page_shows_date_hours_call_button_and_news(client: Client) -> None:
    founded_commune()
    news_item("cat-dien", "Cắt điện thôn Thượng")
    page = client.get("/en/").content.decode()

    assert "Open now until" in page
    assert 'href="tel:0912345678"' in page
    assert 'datetime="2026-11-23"' in page
    assert "Cắt điện thôn Thượng" in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/en/", "/ar/"])
def test_the_code_of_a_slip_is_posted_and_never_stands_in_an_address(client: Client, address: str) -> None:
    founded_commune()
    page = client.get(address).content.decode()
    form = re.search(r'<form method="post" action="([^"]+)">', page)
    assert form is not None
    assert form[1] == f"{address}phan-anh/tra-cuu/"


@pytest.mark.django_db
def test_an_untranslated_item_is_marked_with_its_language_on_the_english_home_page(client: Client) -> None:
    founded_commune()
    news_item("cat-dien", "Cắt điện thôn Thượng")
    page = client.get("/en/").content.decode()
    assert re.search(r'href="/tin-tuc/cat-dien/".*?<b lang="vi"', page, re.DOTALL)


@pytest.mark.django_db
def test_an_ended_item_leaves_the_home_page(client: Client) -> None:
    founded_commune()
    news_item("hop-thon", "Họp thôn Đông", ends_on=date(2026, 11, 22))
    with time_machine.travel(MORNING, tick=False):
        assert "Họp thôn Đông" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_an_info_page_stands_in_the_footer_of_every_page(client: Client) -> None:
    vi = founded_commune()
    info_page(vi, "tro-nang", "Trợ năng")
    for address in ("/", "/can-bo/", "/tin-tuc/", "/khong-co/"):
        assert 'href="/tro-nang/"' in client.get(address).content.decode()


@pytest.mark.django_db
def test_an_english_reader_sees_that_a_vietnamese_info_page_is_vietnamese(client: Client) -> None:
    vi = founded_commune()
    info_page(vi, "tro-nang", "Trợ năng")
    assert 'href="/tro-nang/" lang="vi"' in client.get("/en/").content.decode()


@pytest.mark.django_db
def test_the_search_box_is_a_plain_form_that_asks_the_search_page_of_the_language(client: Client) -> None:
    founded_commune()
    page = client.get("/ar/").content.decode()
    form = page[page.index('class="search-box"') :].split(">")[0]
    assert 'action="/ar/tim-kiem/"' in form
    assert "method" not in form


def test_plain_marks_become_headings_lists_bold_and_links() -> None:
    written = "Một câu **đậm**.\n\n## Việc\n\nMang:\n- thẻ\n- [giấy](/giay/)\n\n1. một\n2. hai"
    assert blocks(written) == [
        ("paragraph", "<p>Một câu <b>đậm</b>.</p>"),
        ("heading", "Việc"),
        (
            "paragraph",
            '<p>Mang:</p><ul><li>thẻ</li><li><a href="/giay/">giấy</a></li></ul>'
            "<ol><li>một</li><li>hai</li></ol>",
        ),
    ]


def test_html_typed_into_plain_text_is_shown_and_not_obeyed() -> None:
    assert blocks("<script>x</script>") == [("paragraph", "<p>&lt;script&gt;x&lt;/script&gt;</p>")]
