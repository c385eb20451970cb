"""The page that says what changed in the guides in a month."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides.models import FeeState, GuidesIndexPage, PastVersion, ProcedurePage, Term
from tests.unit.founded_once import once_founded
from tests.unit.guides_world import make_complete

pytestmark = pytest.mark.django_db
ADDRESS = "/huong-dan/thay-doi/"
LAST_MONTH = timezone.localdate().replace(day=1) - timedelta(days=3)


@pytest.fixture(autouse=True)
def _commune() -> None:
    once_founded(date(2026, 11, 22))


def guide(title: str, language: str = "vi", **fields: object) -> ProcedurePage:
    index = GuidesIndexPage.objects.get(lists="procedures", locale__language_code=language)
    page = ProcedurePage(title=title, live=False, locale=index.locale, **fields)
    page.terms = [Term(time_value=3, fee_state=FeeState.AMOUNT, fee_amount=8000)]
    index.add_child(instance=make_complete(page))
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


def change_fee(page: ProcedurePage, amount: int) -> None:
    latest = ProcedurePage.objects.get(pk=page.pk)
    term = latest.terms.first()
    term.fee_amount = amount
    latest.terms = [term]
    latest.save_revision().publish()


def shown(client: Client, query: str = "", prefix: str = "") -> str:
    answer = client.get(f"{prefix}{ADDRESS}{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_changed_fee_is_told_old_and_new_with_links_to_both_texts(client):
    page = guide("Đăng ký khai sinh")
    change_fee(page, 5000)
    html = shown(client)
    assert "<b>Lệ phí.</b> Trước: <del><bdi>8.000 đ</bdi></del>. Nay: <ins><bdi>5.000 đ</bdi></ins>." in html
    assert f'href="{page.url}"' in html
    assert f'href="{page.url}ban-cu/1/"' in html


def test_a_new_guide_stands_under_new_and_nowhere_else(client):
    guide("Đăng ký khai sinh")
    html = shown(client)
    assert html.count("Đăng ký khai sinh") == 1
    assert "Mới trong" in html
    assert "Thay đổi trong" not in html


def test_guides_that_ended_are_told(client):
    guide("Hết hiệu lực", valid_to=timezone.localdate() - timedelta(days=1))
    gone = guide("Đã gỡ")
    gone.unpublish()
    html = shown(client, f"?thang={timezone.localdate() - timedelta(days=1):%Y-%m}")
    assert "Hết hiệu lực" in html
    if timezone.localdate().day > 1:
        assert "Đã gỡ" in html
        assert f'href="{gone.url}"' not in html


def test_another_month_is_a_link_and_shows_only_its_own(client):
    page = guide("Đăng ký khai sinh")
    change_fee(page, 5000)
    ProcedurePage.objects.update(first_published_at=timezone.now() - timedelta(days=90))
    PastVersion.objects.update(replaced_on=LAST_MONTH)
    asked = f"?thang={LAST_MONTH:%Y-%m}"
    assert f'href="{asked}"' in shown(client)
    assert "5.000" not in shown(client)
    assert "5.000" in shown(client, asked)


@pytest.mark.parametrize(
    "asked", ["2026-13", "2026-00", "abc", "2026-11-01", "0000-01", "٢٠٢٦-١١", "1" * 400]
)
def test_a_month_that_cannot_be_read_is_said_and_the_present_one_shown(client, asked):
    html = shown(client, f"?thang={asked}")
    assert 'class="warning"' in html
    assert f"{timezone.localdate():%m/%Y}" in html


def test_a_month_without_changes_says_so(client):
    assert "Không có gì thay đổi" in shown(client, "?thang=2020-01")


@pytest.mark.parametrize(("prefix", "fee"), [("/en", "Fee"), ("/ar", "الرسم")])
def test_readers_of_other_languages_read_it_in_their_own_words(client, prefix, fee):
    change_fee(guide("Đăng ký khai sinh"), 5000)
    html = shown(client, prefix=prefix)
    assert f"<b>{fee}" in html
    assert "5.000" in html


def test_a_translated_guide_is_told_once_in_the_readers_language(client):
    page = guide("Đăng ký khai sinh")
    english = guide("Register a birth", language="en")
    ProcedurePage.objects.filter(pk=english.pk).update(translation_key=page.translation_key)
    change_fee(page, 5000)
    change_fee(english, 5000)
    html = shown(client, prefix="/en")
    assert "Register a birth" in html
    assert "Đăng ký khai sinh" not in html
    assert "Register a birth" not in shown(client)


def test_more_changes_do_not_cost_more_statements(client):
    change_fee(guide("Đăng ký khai sinh"), 5000)
    shown(client)
    with CaptureQueriesContext(connection) as few:
        shown(client)
    for number in range(8):
        change_fee(guide(f"Thủ tục {number}"), 5000 + number)
    with CaptureQueriesContext(connection) as many:
        shown(client)
    assert len(many) == len(few) <= 8


def test_the_index_of_guides_leads_there(client):
    assert f'href="{ADDRESS}"' in client.get("/huong-dan/").content.decode()


def test_no_index_can_hide_behind_the_address_of_the_changes():
    index = GuidesIndexPage.objects.get(lists="procedures", locale__language_code="vi")
    index.slug = "thay-doi"
    with pytest.raises(ValidationError, match="slug"):
        index.save()


def test_search_engines_are_told_of_it(client):
    assert f"http://testserver{ADDRESS}</loc>" in client.get("/sitemap.xml").content.decode()
