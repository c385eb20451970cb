"""News: filters, pages of twenty, posting periods, ended items, the feed and the loudspeaker text."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from home.models import Area
from news.models import NewsPage
from tests.unit.home_world import MONDAY, MORNING, founded_commune, news_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]


@pytest.fixture
def commune():
    with time_machine.travel(MORNING, tick=False):
        founded_commune()
        yield


def test_the_index_shows_newest_first(client: Client) -> None:
    news_item("cu", "Tin cũ", date=MONDAY - timedelta(days=9))
    news_item("moi", "Tin mới")
    page = client.get("/tin-tuc/").content.decode()
    assert page.index("Tin mới") < page.index("Tin cũ")


def test_a_kind_shows_only_its_items(client: Client) -> None:
    news_item("niem-yet", "Niêm yết ngân sách", kind=NewsPage.Kind.POSTING)
    news_item("tin", "Tin thường")
    page = client.get("/tin-tuc/?loai=posting").content.decode()
    assert "Niêm yết ngân sách" in page
    assert "Tin thường" not in page


def test_a_hamlet_shows_its_own_news_and_that_of_the_whole_commune(client: Client) -> None:
    doai, ha = (Area.objects.create(key=key, name=f"Thôn {key}") for key in ("doai", "ha"))
    for slug, areas in (("cua-doai", [doai]), ("cua-ha", [ha]), ("ca-xa", [])):
        item = news_item(slug, f"Tin {slug}")
        item.areas = areas
        item.save()
    page = client.get("/tin-tuc/?thon=doai").content.decode()
    assert "Tin cua-doai" in page
    assert "Tin ca-xa" in page
    assert "Tin cua-ha" not in page


@pytest.mark.parametrize(
    "query", ["loai=khong-co", "thon=khong-co", "page=0", "page=abc", "page=99999", "loai=%00"]
)
def test_a_nonsense_filter_or_page_number_still_shows_news(client: Client, query: str) -> None:
    news_item("tin", "Tin thường")
    response = client.get(f"/tin-tuc/?{query}")
    assert response.status_code == 200
    assert "Tin thường" in response.content.decode()


def test_the_twenty_first_item_stands_on_the_second_page_and_filters_stay(client: Client) -> None:
    for number in range(21):
        news_item(f"tin-{number}", f"Tin số {number};", kind=NewsPage.Kind.NOTICE)
    first = client.get("/tin-tuc/?loai=notice").content.decode()
    assert first.count("Tin số ") == 20
    assert 'href="?loai=notice&amp;page=2"' in first
    assert client.get("/tin-tuc/?loai=notice&page=2").content.decode().count("Tin số ") == 1


def test_both_days_of_a_posting_count() -> None:
    item = NewsPage(posted_from=date(2026, 11, 4), posted_until=date(2026, 11, 23))
    assert not item.is_posted(date(2026, 11, 3))
    assert item.is_posted(date(2026, 11, 4))
    assert item.is_posted(date(2026, 11, 23))
    assert not item.is_posted(date(2026, 11, 24))


def test_an_item_ends_after_its_last_day_and_stays_to_be_looked_up(client: Client) -> None:
    item = news_item("cam-duong", "Cấm đường", ends_on=MONDAY)
    assert not item.has_ended(MONDAY)
    assert item.has_ended(MONDAY + timedelta(days=1))
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        page = client.get("/en/tin-tuc/").content.decode()
        assert "this has ended" in page
        assert client.get("/tin-tuc/cam-duong/").status_code == 200


def test_the_loudspeaker_text_stands_alone_as_plain_text(client: Client) -> None:
    news_item("loa", "Thông báo", spoken_text="Xin mời bà con nghe. <b>Nghỉ</b>")
    response = client.get("/tin-tuc/loa/loa/")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == "Xin mời bà con nghe. <b>Nghỉ</b>\n"


def test_an_item_without_loudspeaker_text_has_none_to_fetch(client: Client) -> None:
    news_item("tin", "Tin thường")
    assert client.get("/tin-tuc/tin/loa/").status_code == 404


def test_a_loudspeaker_text_is_at_most_150_words_long_and_150_words_take_a_minute() -> None:
    item = NewsPage(title="Thông báo", slug="loa", date=MONDAY, spoken_text="lời " * 150)
    assert item.spoken_seconds == 60
    item.clean()
    item.spoken_text += "thừa"
    with pytest.raises(ValidationError):
        item.clean()


def test_the_feed_is_valid_xml_with_whole_addresses(client: Client) -> None:
    news_item("tin", "Tin <thường> & lạ", summary="Một câu.")
    response = client.get("/tin-tuc/rss/")
    channel = ElementTree.fromstring(response.content).find("channel")
    assert channel is not None
    assert channel.findtext("item/title") == "Tin <thường> & lạ"
    assert channel.findtext("item/link") == "http://testserver/tin-tuc/tin/"


def test_a_draft_is_nowhere_to_be_read(client: Client) -> None:
    item = news_item("nhap", "Tin nháp")
    item.unpublish()
    assert "Tin nháp" not in client.get("/tin-tuc/").content.decode()
    assert "Tin nháp" not in client.get("/tin-tuc/rss/").content.decode()
    assert client.get("/tin-tuc/nhap/").status_code == 404
