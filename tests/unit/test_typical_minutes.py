"""How long people usually took is told from five counts on, and costs the guide page nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from guides.models import ProcedurePage, Tally, TypicalMinutes
from guides.typical import refresh_typical
from tests.unit.guides_world import found_commune
from tests.unit.tally_world import EVENING, session, tally

pytestmark = pytest.mark.django_db
CODE = "1.001193"


@pytest.fixture
def guide():
    home = found_commune()
    page = ProcedurePage(title="Khai sinh", code=CODE, locale=home.locale)
    home.add_child(instance=page)
    return page


def line(guide) -> str:
    guide.refresh_from_db()
    with CaptureQueriesContext(connection) as asked, override("vi"):
        written = guide.typical_line
    assert len(asked) == 0
    return written


def test_from_five_counts_on_the_guide_says_how_long_it_took(guide):
    of = session()
    tally(of, 2, guide_code=CODE, minutes=20)
    tally(of, 2, guide_code=CODE, minutes=90)
    refresh_typical(EVENING)
    assert line(guide) == ""
    tally(of, 1, guide_code=CODE, minutes=15)
    assert refresh_typical(EVENING) == 1
    assert line(guide) == "Người được giúp thường xong trong khoảng 20 phút (5 lượt)."
    assert refresh_typical(EVENING) == 0


def test_what_was_not_done_undone_or_not_timed_says_nothing_about_the_time(guide):
    of = session()
    tally(of, 4, guide_code=CODE, minutes=20)
    tally(of, 9, guide_code=CODE)
    tally(of, 9, guide_code=CODE, minutes=5, outcome="partly", obstacle="time")
    tally(of, 9, guide_code=CODE, minutes=5, is_undone=True)
    tally(of, 9, guide_code="1.000001", minutes=5)
    refresh_typical(EVENING)
    assert line(guide) == ""


def test_counts_taken_back_take_the_sentence_back(guide):
    tally(session(), 5, guide_code=CODE, minutes=20)
    refresh_typical(EVENING)
    assert line(guide)
    Tally.objects.update(is_undone=True)
    refresh_typical(EVENING)
    assert line(guide) == ""
    assert not TypicalMinutes.objects.exists()


def test_an_editor_who_saves_the_guide_keeps_the_sentence(guide):
    tally(session(), 5, guide_code=CODE, minutes=20)
    refresh_typical(EVENING)
    page = ProcedurePage.objects.get(pk=guide.pk)
    page.title = "Đăng ký khai sinh"
    page.save()
    assert line(guide)
