"""The printed pack of a session holds what helpers carry there, and nobody's name."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from django.utils.translation import override

from guides.models import Card, Check, ProcedurePage, Session, TutorialPage
from guides.models.choices import AgeBand, Obstacle, Outcome, Role, Subject
from home.models import HomePage, Official, ShortLink
from tests.unit import staff_world
from tests.unit.guides_world import found_commune
from tests.unit.sessions_world import session

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper(client: Client) -> Iterator[Client]:
    found_commune()
    client.force_login(staff_world.found_commune()["volunteer"])
    with override("vi"):  # whatever language a request leaves behind
        yield client


def lesson(number: int, **fields: object) -> TutorialPage:
    home = HomePage.objects.get(locale__language_code="vi")
    page = TutorialPage(title=f"Bài {number}", slug=f"bai-{number}", minutes=10, locale=home.locale, **fields)
    page.cards = [
        Card(
            action=f"Bấm nút {number}",
            expect="Màn hình mới",
            trainer=f"Dặn thêm {number}",
            locale=home.locale,
        )
    ]
    page.checks = [Check(question="Đúng không?", answers="Đúng\nSai", right=1, locale=home.locale)]
    return home.add_child(instance=page)


def evening(lessons: int = 2, **fields: object) -> Session:
    row = session(**fields)
    row.lessons.set([lesson(number) for number in range(lessons)])
    return row


def pack(client: Client, row: Session, prefix: str = "") -> str:
    answer = client.get(f"{prefix}/buoi-ho-tro/{row.pk}/bo-in/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    return answer.content.decode()


def sheet(page: str, anchor: str) -> str:
    """The words of one sheet."""
    return " ".join(strip_tags(page.split(f'id="{anchor}"')[1].split("</section>")[0]).split())


def test_the_door_sign_says_what_when_and_where(helper: Client) -> None:
    words = sheet(pack(helper, evening()), "bien-cua")
    for said in ("Cài VNeID", "Thứ Ba", "tháng 12", "19:00–21:00", "Nhà văn hóa thôn Thượng", "Miễn phí"):
        assert said in words, said
    assert "→" not in words


def test_the_qr_sheet_leads_to_the_lessons_and_to_the_guides_used_most(helper: Client) -> None:
    home = HomePage.objects.get(locale__language_code="vi")
    guide = home.add_child(instance=ProcedurePage(title="Khai sinh", slug="khai-sinh", priority=3))
    words = sheet(pack(helper, evening()), "to-qr")
    for page in ("Bài 0", "Bài 1", "Khai sinh"):
        assert page in words
    assert f"/q/{ShortLink.objects.get(page_id=guide.pk).code}" in words


def test_the_qr_sheet_never_takes_more_than_eight_cards(helper: Client) -> None:
    home = HomePage.objects.get(locale__language_code="vi")
    for number in range(12):
        home.add_child(instance=ProcedurePage(title=f"Thủ tục {number}", slug=f"tt-{number}"))
    assert pack(helper, evening(lessons=6)).count('class="slip qr-card"') == 8


def test_the_tally_sheet_has_a_row_a_subject_and_asks_for_no_name(helper: Client) -> None:
    page = pack(helper, evening())
    words = sheet(page, "dem")
    for choices in (Subject, Outcome, Obstacle, AgeBand):
        assert [choice.label for choice in choices if str(choice.label) not in words] == []
    for asked in ("Họ và tên", "Số điện thoại", "Căn cước"):
        assert asked not in words
    assert "Không ghi tên" in words


def test_the_greeter_asks_three_questions_and_knows_the_hamlets(helper: Client) -> None:
    page = pack(helper, evening())
    assert page.count('class="question"') == 3
    assert "Thôn Bai" in sheet(page, "don-cua")


def test_trainers_lines_stand_in_the_trainers_notes_alone(helper: Client) -> None:
    page = pack(helper, evening())
    assert "Bấm nút 1" in sheet(page, "phat-tay-2")
    assert "Dặn thêm 1" not in sheet(page, "phat-tay-2")
    assert "Dặn thêm 1" in sheet(page, "nguoi-day")
    assert "Đúng không? Đúng" in sheet(page, "nguoi-day")


def test_the_plan_names_lessons_and_roles(helper: Client) -> None:
    words = sheet(pack(helper, evening(leader=Official.objects.get(key="minh"))), "ke-hoach")
    for said in ("18:30–19:00", "Bài 0", "Bài 1", "20:45–21:00", "Bùi Quang Minh"):
        assert said in words, said
    assert [role.label for role in Role if str(role.label) not in words] == []


def test_nobody_is_taught_together_at_the_counter(helper: Client) -> None:
    assert "Cùng học" not in sheet(pack(helper, evening(kind="counter")), "ke-hoach")


def test_a_session_without_lessons_has_a_pack_without_hand_outs(helper: Client) -> None:
    page = pack(helper, evening(lessons=0))
    assert "phat-tay" not in page
    assert "nguoi-day" not in page
    assert "Tờ đếm" in page


def test_the_sign_of_a_cancelled_session_says_so(helper: Client) -> None:
    words = sheet(pack(helper, evening(is_cancelled=True, reason="Cúp điện")), "bien-cua")
    assert "Hủy" in words
    assert "Cúp điện" in words


@pytest.mark.parametrize(("prefix", "words"), [("/en", "Tally sheet"), ("/ar", "ورقة العدّ"), ("", "Tờ đếm")])
def test_the_pack_speaks_the_readers_language(helper: Client, prefix: str, words: str) -> None:
    assert words in pack(helper, evening(), prefix)


def test_more_lessons_do_not_cost_more_statements(helper: Client) -> None:
    few, many = evening(lessons=1), session(date=date(2026, 12, 2))
    many.lessons.set([lesson(number) for number in range(10, 16)])
    costs = []
    for row in (few, many, few, many):
        with CaptureQueriesContext(connection) as captured:
            pack(helper, row)
        costs.append(len(captured))
    assert costs[2] == costs[3]
    assert costs[3] <= 16


def test_a_very_long_name_is_set_smaller_on_the_door_sign(helper: Client) -> None:
    assert 'class="long"' in pack(helper, evening(title="Tên rất dài " * 16))
    assert 'class="long"' not in pack(helper, session(date=date(2026, 12, 3)))
