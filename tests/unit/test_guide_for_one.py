"""The guide for one reader: for a situation, for a day, with an elder, with help; on the page and on paper."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from gandan.worktime import VIETNAM
from guides.models import Paper, ProcedurePage, Session, Situation, Term, TutorialPage
from home.models import CommuneSettings, Official, PlaceCounter
from tests.unit.demo_world import demo  # noqa: F401
from tests.unit.test_guide_pages import BIRTH, birth, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
MONDAY = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
LATE = "?truong-hop=qua-60-ngay"
ELDER = BIRTH + "tung-buoc/"


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def soup(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(read(client, address), "html.parser")


def words(client: Client, address: str) -> str:
    main = soup(client, address).select_one("main")
    assert main is not None
    return main.get_text(" ", strip=True)


def facts(page: BeautifulSoup) -> dict[str, str]:
    rows = page.select(".facts-row")
    return {row.dt.get_text(strip=True): row.get_text(" ", strip=True) for row in rows if row.dt}


def test_each_situation_is_a_link_that_shows_the_guide_for_it(client: Client) -> None:
    links = [str(link["href"]) for link in soup(client, BIRTH).select('a[href^="?truong-hop="]')]
    keys = [situation.key for situation in birth().situations.all()]
    assert links == [f"?truong-hop={key}" for key in keys]
    for situation in birth().situations.all():
        assert f"Your situation: {situation.label}" in words(client, f"{BIRTH}?truong-hop={situation.key}")


def test_a_situation_changes_fee_papers_and_steps(client: Client) -> None:
    everyone, late = soup(client, BIRTH), soup(client, BIRTH + LATE)
    assert ": free Otherwise" in facts(everyone)["Fee"]
    assert "Set by the province" in facts(late)["Fee"]
    assert "free" not in facts(late)["Fee"].lower()
    witness = words(client, f"{BIRTH}?truong-hop=khong-chung-sinh")
    assert "Statement of a witness" in witness
    assert "Birth notice from the hospital" not in witness.partition("Steps at the counter")[0]
    assert "Statement of a witness" not in late.get_text()


def test_from_a_situation_one_link_leads_back_to_everyone_and_the_others_stay_in_reach(
    client: Client,
) -> None:
    page = soup(client, BIRTH + LATE)
    assert page.select_one('main a[href="./"]') is not None
    assert len(page.select('details a[href^="?truong-hop="]')) == birth().situations.count() - 1


@pytest.mark.parametrize("asked", ["khong-co", "%00", "%3Cscript%3E", "x" * 400, ""])
def test_a_situation_nobody_has_shows_the_guide_for_everyone(client: Client, asked: str) -> None:
    page = read(client, f"{BIRTH}?truong-hop={asked}")
    assert "See the guide for everyone" not in page
    assert page == read(client, BIRTH)


@pytest.mark.parametrize("query", ["", LATE, "?cach=online&ngay=31/02/2026", f"{LATE}&cach=post&gio=9"])
def test_a_guide_has_one_address_whatever_is_asked_of_it(client: Client, query: str) -> None:
    page = soup(client, BIRTH + query)
    canonical = [str(link["href"]) for link in page.select('link[rel="canonical"]')]
    assert canonical == [f"http://testserver{BIRTH}"]
    assert bool(page.select('meta[name="robots"][content="noindex"]')) == ("cach" in query)


def test_print_and_elder_view_keep_the_situation(client: Client) -> None:
    links = {str(link["href"]) for link in soup(client, BIRTH + LATE).select("main a[href]")}
    assert {f"in/{LATE}", f"tung-buoc/{LATE}"} <= links


def test_the_sheet_of_a_situation_has_only_its_papers(client: Client) -> None:
    sheet = words(client, f"{BIRTH}in/?truong-hop=mang-thai-ho")
    assert "Your situation: " in sheet
    assert "Surrogacy confirmation" in sheet
    assert "Statement of a witness" not in sheet
    assert "Report on the abandoned child" not in sheet


def test_paper_keeps_how_many_even_when_notes_are_left_out(client: Client) -> None:
    page = birth()
    paper = page.papers.get(key="giay-chung-sinh")
    paper.originals, paper.copies, paper.note = 2, 3, "Rất dài. " * 30
    paper.save()
    birth().save()
    assert "2 originals, 3 copies" in words(client, f"{BIRTH}in/{LATE}")


def test_paper_with_room_says_what_one_gets_and_where_help_is(client: Client) -> None:
    sheet = words(client, "/huong-dan/thu-tuc/khai-bao-tam-vang/in/")
    assert "Nhận được gì: " in sheet
    assert "Cần người giúp?" in sheet


def test_twenty_seven_situations_stay_readable(client: Client) -> None:
    page = birth()
    page.situations = [
        Situation(key=f"th-{n}", label=f"{n} " + "Trường hợp rất dài " * 20, locale=page.locale)
        for n in range(27)
    ]
    page.save()
    shown = soup(client, BIRTH)
    assert len(shown.select('a[href^="?truong-hop="]')) == 27
    assert len(shown.select('details a[href^="?truong-hop="]')) == 20
    assert "20 more situations" in shown.get_text()
    assert "Your situation: 26 " in words(client, f"{BIRTH}?truong-hop=th-26")


def test_the_form_answers_with_the_day_and_what_was_skipped(client: Client) -> None:
    page = soup(client, BIRTH + "?cach=online&truong-hop=qua-60-ngay&ngay=23/11/2026&gio=9:00")
    stamp = page.select_one('[role="status"] time')
    assert stamp is not None
    assert stamp["datetime"] == "2026-11-25T17:00:00+07:00"
    status = page.select_one('[role="status"]')
    assert status is not None
    assert "Not counted: Tuesday 24/11 (Vietnam Cultural Day)." in " ".join(status.get_text(" ").split())


def test_the_slip_leads_to_the_form_which_answers_for_now(client: Client) -> None:
    link = soup(client, BIRTH).select_one(".stub a")
    assert link is not None
    page = soup(client, BIRTH + str(link["href"]).partition("#")[0])
    assert page.select_one("#" + str(link["href"]).partition("#")[2]) is not None
    asked = {str(field["name"]) for field in page.select("main form:not(.useful) [name]")}
    assert asked == {"cach", "truong-hop", "ngay", "gio"}
    assert page.select_one('[role="status"] time') is not None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/02/2026", "There is no 31/02/2026 in the calendar."),
        ("hôm nay", "Write the day like 25/11/2026."),
        ("9" * 400, "Write the day like 25/11/2026."),
        ("01/01/1926", "This guide is valid from 15/04/2026."),
        ("14/04/2026", "This guide is valid from 15/04/2026."),
        ("01/03/2027", "This guide is valid until 28/02/2027."),
    ],
)
def test_a_bad_day_is_told_beside_its_field_and_nothing_typed_is_lost(
    client: Client, typed: str, said: str
) -> None:
    page = soup(client, f"{BIRTH}?cach=post&truong-hop=qua-60-ngay&ngay={typed}&gio=8:30")
    field, error = page.select_one("#id_ngay"), page.select_one("#id_ngay_error")
    assert field is not None
    assert error is not None
    assert field["value"] == typed
    assert said in error.get_text(" ", strip=True)
    assert "id_ngay_error" in str(field.get("aria-describedby"))
    assert page.select_one('[role="status"]') is None
    chosen = [str(option["value"]) for option in page.select("option[selected]")]
    assert chosen == ["post", "qua-60-ngay"]


def test_what_was_typed_comes_back_as_text_and_never_as_markup(client: Client) -> None:
    page = read(client, BIRTH + "?ngay=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&gio=%3Cb%3E")
    assert page.count("<script") == page.count('<script type="application/ld+json">')
    assert "&lt;script&gt;" in page


def test_the_hours_of_the_counter_win_over_those_of_its_unit(client: Client) -> None:
    for counter in PlaceCounter.objects.filter(name__startswith="Quầy 2:"):
        counter.weekly_hours = {"1": "08:00-10:00", "3": "08:00-10:00"}
        counter.save()
    page = soup(client, BIRTH + "?cach=counter&ngay=25/11/2026&gio=9:00")
    stamp = page.select_one('[role="status"] time')
    assert stamp is not None
    assert stamp["datetime"] == "2026-11-26T10:00:00+07:00"


def test_help_stands_on_every_guide_with_hotline_session_elder_view_and_question(client: Client) -> None:
    hotline = "".join(CommuneSettings.objects.first().hotline.split())
    for guide in ProcedurePage.objects.filter(locale__language_code="vi"):
        page = soup(client, guide.url)
        heading = next(tag for tag in page.select("h2") if tag.get_text() == "Cần người giúp?")
        box = heading.find_next_sibling("ul")
        assert box is not None
        links = [str(link["href"]) for link in box.select("a")]
        assert links[0] == f"tel:{hotline}"
        assert links[1:3] == ["/buoi-ho-tro/", "tung-buoc/"]
        assert links[-1] == f"/phan-anh/hoi/?tu={guide.url}"


def test_the_next_session_is_the_first_that_takes_place_and_is_not_over(client: Client) -> None:
    coming = Session.objects.filter(is_cancelled=False, date__gte=date(2026, 11, 23)).order_by(
        "date", "starts"
    )
    first, second = coming[:2]
    assert f"{first.date:%d/%m}" in help_box(client)
    first.is_cancelled, first.reason = True, "Mất điện"
    first.save()
    assert f"{second.date:%d/%m}" in help_box(client)
    ends = datetime.combine(second.date, second.ends, VIETNAM)
    with time_machine.travel(ends, tick=False):
        assert f"{second.date:%d/%m}" not in help_box(client)


def help_box(client: Client) -> str:
    return words(client, BIRTH).partition("Need help?")[2].partition("Legal basis")[0]


def test_without_a_coming_session_help_names_none(client: Client) -> None:
    Session.objects.update(is_cancelled=True)
    assert "Volunteers" not in help_box(client)
    assert "Hotline" in help_box(client)


def test_lessons_of_a_guide_stand_under_its_help_unless_they_are_drafts(client: Client) -> None:
    lesson = TutorialPage.objects.get(slug="nop-khai-sinh-qua-mang", locale__language_code="vi")
    address = "/huong-dan/thu-tuc/dang-ky-khai-sinh/"
    assert lesson.title in words(client, address)
    assert lesson.url in read(client, address)
    TutorialPage.objects.filter(pk=lesson.pk).update(live=False)
    assert lesson.title not in words(client, address)


def screens(client: Client, query: str = "") -> list[BeautifulSoup]:
    """Every screen, by the links a reader presses."""
    found, address = [], ELDER + query
    while address and len(found) < 60:
        page = soup(client, address)
        found.append(page)
        onward = [str(link["href"]) for link in page.select(".back-and-next a")]
        forward = [link for link in onward if number(link) == len(found) + 1]
        address = ELDER + forward[0] if forward else ""
    return found


def number(link: str) -> int:
    return int(link.rpartition("buoc=")[2]) if "buoc=" in link else 0


def act(page: BeautifulSoup) -> str:
    found = page.select_one(".act")
    assert found is not None
    return found.get_text(" ", strip=True)


def test_with_an_elder_each_paper_and_each_step_is_a_screen_of_its_own(client: Client) -> None:
    acts = [act(page) for page in screens(client, LATE)]
    sheet = birth().sheet
    by_the_counter = {
        step["text"] for step in sheet["steps"] if step["channel"] == "counter" and not step["situation"]
    }
    assert by_the_counter <= set(acts)
    assert "Birth notice from the hospital" in acts
    assert "Statement of a witness to the birth" not in acts
    assert "Electronic form on the National Public Service Portal" not in acts
    assert "Set by the province" in acts
    assert acts[-1] == "The same day"


def test_with_an_elder_one_is_asked_first_which_situation_it_is(client: Client) -> None:
    first = screens(client)[0]
    links = [str(link["href"]) for link in first.select(".ruled a")]
    assert links == [f"?truong-hop={situation.key}" for situation in birth().situations.all()]
    assert "None of these: go on" in first.get_text()
    assert act(soup(client, ELDER + links[0])) == "Birth registration form"


def test_every_screen_says_where_one_is_and_leads_back_and_onward(client: Client) -> None:
    pages = screens(client, LATE)
    for place, page in enumerate(pages, start=1):
        assert f"Screen {place} of {len(pages)}" in page.get_text()
        links = [str(link["href"]) for link in page.select(".back-and-next a")]
        assert len(links) == 1 + (place > 1)
        assert all("truong-hop=qua-60-ngay" in link for link in links)
    assert str(pages[-1].select(".back-and-next a")[-1]["href"]) == f"../{LATE}"


@pytest.mark.parametrize(
    ("asked", "place"),
    [("0", 1), ("-3", 1), ("x", 1), ("99", -1), ("9" * 400, 1), ("²", 1), ("٣", 1), ("", 1)],
)
def test_a_screen_that_is_not_there_shows_the_nearest(client: Client, asked: str, place: int) -> None:
    total = len(screens(client, LATE))
    wanted = total if place == -1 else place
    assert f"Screen {wanted} of {total}" in words(client, f"{ELDER}{LATE}&buoc={asked}")


def test_the_elder_view_is_for_people_and_not_for_search_engines(client: Client) -> None:
    page = soup(client, f"{ELDER}?buoc=2")
    assert page.select('meta[name="robots"][content="noindex"]')
    assert [str(link["href"]) for link in page.select('link[rel="canonical"]')] == [
        f"http://testserver{BIRTH}"
    ]
    assert "tung-buoc" not in client.get("/sitemap.xml").content.decode()


def test_with_an_elder_what_is_not_known_is_said_as_not_known(client: Client) -> None:
    page = birth()
    page.papers, page.steps, page.terms, page.situations, page.rejections = [], [], [], [], []
    page.bring = ""
    page.save()
    told = [page.get_text(" ", strip=True) for page in screens(client)]
    assert [act(each) for each in screens(client)].count("Not known yet") == 4
    assert not any("Free" in each or "No papers needed" in each for each in told)


def test_warnings_of_validity_stand_on_every_screen(client: Client) -> None:
    ProcedurePage.objects.update(valid_to=date(2026, 11, 1))
    assert "was valid until" in words(client, f"{ELDER}?buoc=4")


def test_while_the_official_is_away_the_elder_view_calls_the_deputy(client: Client) -> None:
    binh = Official.objects.get(key="binh")
    Official.objects.filter(key="lan").update(is_away=True, deputy=binh)
    Official.objects.filter(key="binh").update(office_phone="0912 345 613")
    assert any(page.select('a[href="tel:0912345613"]') for page in screens(client, LATE))


@pytest.mark.parametrize(
    "way", ["", LATE, "?cach=online&ngay=25/11/2026&truong-hop=qua-60-ngay", "in/", "tung-buoc/"]
)
def test_a_guide_for_one_costs_no_more_statements_than_for_everyone(
    client: Client, way: str, django_assert_max_num_queries: Any
) -> None:
    read(client, BIRTH + way)
    with django_assert_max_num_queries(6):
        read(client, BIRTH + way)


def test_more_rows_cost_no_more_statements(client: Client, django_assert_max_num_queries: Any) -> None:
    page = birth()
    page.situations = [
        Situation(key=f"th-{n}", label=f"Trường hợp {n}", locale=page.locale) for n in range(27)
    ]
    page.papers = [Paper(name=f"Giấy {n}", situations=f"th-{n % 27}", locale=page.locale) for n in range(33)]
    page.terms = [Term(situation=f"th-{n}", time_value=n, locale=page.locale) for n in range(27)]
    page.save()
    read(client, BIRTH + "?truong-hop=th-3")
    with django_assert_max_num_queries(6):
        assert "Giấy 3" in read(client, BIRTH + "?truong-hop=th-3")


@pytest.mark.parametrize("language", ["", "/ar"])
def test_no_word_of_the_new_pages_is_left_in_english(client: Client, language: str) -> None:
    base = f"{language}/huong-dan/thu-tuc/dang-ky-khai-sinh/"
    for path in (
        LATE,
        "?cach=post&ngay=24/11/2026&gio=9:00",
        "?cach=x&ngay=x",
        "tung-buoc/",
        "tung-buoc/?buoc=3",
        "in/",
    ):
        text = words(client, base + path)
        assert not [
            word for word in ("situation", "Handed", "Screen", "Write the", "help", "counted") if word in text
        ]


def test_what_nobody_wrote_is_said_as_not_known_on_the_page_and_on_paper(client: Client) -> None:
    page = birth()
    page.papers, page.steps, page.terms, page.channels, page.situations = [], [], [], [], []
    page.result = page.who_may_apply = page.bring = ""
    page.save()
    shown = words(client, BIRTH)
    for heading in ("How long", "Fee", "Bring", "Papers", "Steps", "Who may apply", "What you get"):
        assert f"{heading} Not known yet" in shown
    sheet = words(client, BIRTH + "in/")
    for heading in ("How long", "Fee", "Bring", "Steps", "What you get:"):
        assert f"{heading} Not known yet" in sheet
    assert "Free" not in shown + sheet
