"""What residents type, and what they find."""

import json
import unicodedata
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, PageViewRestriction

from gandan.search import find, suggest
from gandan.search.facets import Filters
from guides.models import Card, ProcedurePage, TutorialPage
from home.models import Area, HomePage, InfoPage, Official
from news.models import NewsPage
from tests.search.conftest import NOW, Guide, publish, section
from tests.unit.guides_world import make_complete

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]


def titles(text: str, **asked: object) -> list[str]:
    return [hit.title for hit in find(text, now=NOW, **asked)]


BEST = [
    ("đăng ký khai sinh", "Đăng ký khai sinh"),
    ("dang ky khai sinh", "Đăng ký khai sinh"),
    ("DANG KÝ khai sinh", "Đăng ký khai sinh"),
    ("  Đăng   ký \n KHAI sinh ", "Đăng ký khai sinh"),
    (unicodedata.normalize("NFD", "đăng ký khai sinh"), "Đăng ký khai sinh"),
    ("khai sinh", "Đăng ký khai sinh"),
    ("giay khai sinh", "Đăng ký khai sinh"),
    ("lam giay khai sinh can gi", "Đăng ký khai sinh"),
    ("Làm giấy khai sinh cần gì?", "Đăng ký khai sinh"),
    ("khai sinh cho con ở đâu vậy em", "Đăng ký khai sinh"),
    ("dang ky lai khai sinh", "Đăng ký lại khai sinh"),
    ("mat giay khai sinh goc", "Đăng ký lại khai sinh"),
    ("ket hon", "Đăng ký kết hôn"),
    ("muốn kết hôn thì phải làm sao", "Đăng ký kết hôn"),
    ("hôn thú", "Đăng ký kết hôn"),
    ("khai tu", "Đăng ký khai tử"),
    ("nhap ho khau", "Đăng ký thường trú"),
    ("xin phép làm nhà", "Giấy phép xây dựng nhà ở riêng lẻ"),
    ("giấy phép xây dựng", "Giấy phép xây dựng nhà ở riêng lẻ"),
    ("1.001193", "Đăng ký khai sinh"),
    ("001193", "Đăng ký khai sinh"),
    ("1.000894", "Đăng ký kết hôn"),
    ("45/TB-UBND", "Niêm yết phương án bồi thường"),
    ("bồi thường", "Niêm yết phương án bồi thường"),
    ("cat dien", "Lịch cắt điện thôn Đoài"),
    ("nguyen thi lan", "Nguyễn Thị Lan"),
    ("chị Lan hộ tịch", "Nguyễn Thị Lan"),
    ("nha van hoa thuong", "Nhà văn hóa thôn Thượng"),
    ("buoi toi hoc vneid", "Buổi tối học VNeID"),
    ("nop ho so bang dien thoai", "Nộp hồ sơ bằng điện thoại"),
    ("nút màu đỏ", "Nộp hồ sơ bằng điện thoại"),
    ("gioi thieu xa", "Giới thiệu xã"),
    ("khai sin", "Đăng ký khai sinh"),
]


def test_what_residents_type_finds_the_right_page_first() -> None:
    found = [(typed, next(iter(titles(typed)), "")) for typed, _best in BEST]

    assert found == BEST


KINDS = [
    ("khai sinh", "procedure"),
    ("hồ sơ bằng điện thoại", "tutorial"),
    ("cắt điện", "news"),
    ("niêm yết", "posting"),
    ("học VNeID", "session"),
    ("Nguyễn Thị Lan", "official"),
    ("nhà văn hóa", "place"),
    ("giới thiệu", "page"),
]


def test_every_kind_of_result_can_be_found() -> None:
    assert [(typed, find(typed, now=NOW)[0].kind) for typed, _kind in KINDS] == KINDS
    assert [find(typed, now=NOW)[0].id.partition(":")[0] for typed, _kind in KINDS] == [
        kind for _typed, kind in KINDS
    ]


HIDDEN = [
    "Bản nháp kế hoạch bí mật",
    "Góc nội bộ",
    "Danh sách trực nội bộ",
    "Hội chợ hoa đã qua",
    "Trần Văn Bình",
]


def test_what_is_draft_private_expired_or_gone_is_never_found() -> None:
    assert [title for title in HIDDEN if title in titles(title)] == []
    assert [title for title in HIDDEN if title in {hit.title for hit in suggest(title, now=NOW)}] == []


def test_a_session_of_last_week_is_not_found() -> None:
    notes = [hit.note for hit in find("học VNeID", now=NOW) if hit.kind == "session"]

    assert len(notes) == 1
    assert notes[0].endswith("24/11/2026, 19:00")


def test_a_guide_is_gone_from_search_as_soon_as_it_is_unpublished_and_back_when_published() -> None:
    page = ProcedurePage.objects.get(title="Đăng ký khai tử")
    page.unpublish()
    assert "Đăng ký khai tử" not in titles("khai tử")

    page.refresh_from_db()
    page.title = "Đăng ký khai tử cho người thân"
    make_complete(page).save_revision().publish()
    assert titles("khai tu cho nguoi than")[0] == "Đăng ký khai tử cho người thân"


def test_an_unpublished_change_to_a_live_guide_is_not_found() -> None:
    page = ProcedurePage.objects.get(title="Đăng ký khai tử")
    page.title = "Chuyện chưa đăng"
    page.save_revision()

    assert titles("chuyện chưa đăng") == []


def test_a_deleted_guide_is_gone_from_search() -> None:
    ProcedurePage.objects.get(title="Đăng ký khai tử").delete()

    assert "Đăng ký khai tử" not in titles("khai tử")


def test_closing_a_section_hides_the_pages_below_it_at_once() -> None:
    restriction = PageViewRestriction.objects.create(
        page=section("procedures"), restriction_type=PageViewRestriction.LOGIN
    )
    assert [hit for hit in find("khai sinh", now=NOW) if hit.kind == "procedure"] == []

    restriction.delete()
    assert titles("khai sinh")[0] == "Đăng ký khai sinh"


def test_moving_a_page_into_a_private_section_hides_it_and_moving_changes_its_address(
    commune: HomePage,
) -> None:
    Page.objects.get(title="Giới thiệu xã").specific.move(Page.objects.get(title="Góc nội bộ"), "last-child")
    assert "Giới thiệu xã" not in titles("giới thiệu xã")

    Page.objects.get(title="Giới thiệu xã").specific.move(commune, "first-child")
    assert find("giới thiệu xã", now=NOW)[0].url == "/gioi-thieu-xa/"


def test_the_words_of_a_new_lesson_card_are_found_right_after_publishing() -> None:
    lesson = TutorialPage.objects.get()
    lesson.cards.add(Card(action="Chụp ảnh giấy chứng sinh"))
    lesson.save_revision().publish()

    assert titles("chụp ảnh giấy chứng sinh") == ["Nộp hồ sơ bằng điện thoại"]


def test_an_official_is_found_under_a_new_name_as_soon_as_it_is_saved() -> None:
    official = Official.objects.get(key="lan")
    official.name = "Nguyễn Thị Phong Lan"
    official.save()

    assert titles("phong lan") == ["Nguyễn Thị Phong Lan"]


def test_a_guide_shows_its_five_facts_and_its_code() -> None:
    hit = find("1.001193", now=NOW)[0]

    assert hit.code == "1.001193"
    assert hit.url == "/huong-dan/thu-tuc/dang-ky-khai-sinh/"
    assert [fact.key for fact in hit.facts] == ["where", "how-long", "cost", "bring", "online"]
    assert hit.facts[0].answer == "Quầy 2"


def test_in_english_own_pages_come_first_and_vietnamese_ones_follow_marked() -> None:
    hits = find("khai sinh", locale="en", now=NOW)

    assert [(hit.title, hit.language) for hit in hits][:2] == [
        ("Register a birth", "en"),
        ("Đăng ký lại khai sinh", "vi"),
    ]
    assert hits[0].url == "/en/huong-dan/thu-tuc/register-a-birth/"


def test_in_english_a_translated_guide_is_not_shown_twice() -> None:
    assert "Đăng ký khai sinh" not in titles("khai sinh", locale="en")


def test_in_vietnamese_pages_of_other_languages_are_not_found() -> None:
    assert titles("register a birth") == []


def test_a_search_can_ask_for_one_kind_and_still_counts_the_others() -> None:
    hits = find("văn hóa thường trú thôn Thượng", kinds=["place"], now=NOW)

    assert {hit.kind for hit in hits} == {"place"}
    assert hits.counts["place"] == hits.total == 1


def test_weight_in_lists_decides_between_equal_guides(guide: Guide) -> None:
    guide("Trợ cấp đột xuất", also_called="trợ cấp", priority=0)
    guide("Trợ cấp thường xuyên", also_called="trợ cấp", priority=3)

    assert titles("trợ cấp")[0] == "Trợ cấp thường xuyên"


def test_a_result_with_no_more_than_a_question_word_in_common_is_left_out(guide: Guide) -> None:
    guide("Cần gì khi đi xa")

    assert "Cần gì khi đi xa" not in titles("làm giấy khai sinh cần gì")


def test_a_query_of_question_words_alone_still_finds(guide: Guide) -> None:
    guide("Cần gì khi đi xa")

    assert titles("cần gì") == ["Cần gì khi đi xa"]


def test_a_long_query_is_cut_at_sixteen_words_and_says_so() -> None:
    hits = find("khai sinh " + "thêm chữ " * 30, now=NOW)

    assert hits.query.was_cut
    assert len(hits.query.text.split()) == 16
    assert hits[0].title == "Đăng ký khai sinh"


HALF_TYPED = [
    ("kh", "Đăng ký khai sinh"),
    ("dang ky khai si", "Đăng ký khai sinh"),
    ("đăng ký kết", "Đăng ký kết hôn"),
    ("xin phep lam n", "Giấy phép xây dựng nhà ở riêng lẻ"),
    ("nguyen thi l", "Nguyễn Thị Lan"),
    ("1.0008", "Đăng ký kết hôn"),
]


def test_a_half_typed_word_already_suggests_the_name() -> None:
    suggested = {typed: [hit.title for hit in suggest(typed, now=NOW)][:3] for typed, _name in HALF_TYPED}

    assert [typed for typed, name in HALF_TYPED if name not in suggested[typed]] == []


def test_suggestions_keep_to_names_and_to_the_limit() -> None:
    assert suggest("nút màu đỏ", now=NOW) == []
    assert len(suggest("đăng ký", limit=2, now=NOW)) == 2
    assert suggest("k", now=NOW) == []


def test_the_find_command_prints_what_the_page_shows() -> None:
    out = StringIO()
    call_command("find", "dang ky khai sinh", "--json", "--limit", "2", stdout=out)

    rows = json.loads(out.getvalue())

    page = ProcedurePage.objects.get(title="Đăng ký khai sinh")
    assert len(rows) == 2
    assert rows[0] == {
        "id": f"procedure:{page.pk}",
        "url": "/huong-dan/thu-tuc/dang-ky-khai-sinh/",
        "title": "Đăng ký khai sinh",
        "kind": "procedure",
        "code": "1.001193",
    }


def test_the_find_command_also_reads_well_without_json() -> None:
    out = StringIO()
    call_command("find", "birth", "--locale", "en", stdout=out)

    assert "Register a birth" in out.getvalue()
    assert out.getvalue().endswith("1 found\n")


def test_news_that_expires_in_an_hour_is_found_now_and_not_later() -> None:
    news = NewsPage.objects.get(title="Lịch cắt điện thôn Đoài")
    NewsPage.objects.filter(pk=news.pk).update(expire_at=NOW + timedelta(hours=1))

    later = find("cắt điện", now=NOW + timedelta(hours=2))

    assert news.title in titles("cắt điện")
    assert news.title not in [hit.title for hit in later]


def test_a_name_in_arabic_letters_is_found_whatever_its_vowel_signs(commune: HomePage) -> None:
    arabic = HomePage.objects.get(locale__language_code="ar")
    publish(arabic, InfoPage(title="شَهادة الميلاد", slug="milad"))

    assert titles("شهاده الميلاد", locale="ar") == ["شَهادة الميلاد"]


def test_news_of_a_hamlet_is_found_by_narrowing_to_it() -> None:
    """News of two hamlets counts for both, news of none for no hamlet."""
    doai, bai = (Area.objects.create(key=key, name=f"Thôn {key}") for key in ("doai", "bai"))
    page = NewsPage.objects.get(title="Lịch cắt điện thôn Đoài")
    page.areas.set([doai, bai])
    page.save()

    hits = find("lịch cắt điện", now=NOW)
    assert hits.facets["area"] == {"doai": 1, "bai": 1}
    narrowed = find("lịch cắt điện", now=NOW, filters=Filters(area=frozenset(["bai"])))
    assert [hit.title for hit in narrowed] == ["Lịch cắt điện thôn Đoài"]
    assert not find("niêm yết bồi thường", now=NOW, filters=Filters(area=frozenset(["bai"])))
