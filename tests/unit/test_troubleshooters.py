"""A troubleshooter asks one thing a screen, remembers the way in its address alone, and comes to an end."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guides.models import TroubleCard, TroubleshooterPage
from guides.troubleshooting import way_to
from tests.unit.demo_world import demo  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
ADDRESS = "/huong-dan/bai-hoc/vneid-khong-vao-duoc/"


def shown(client: Client, query: str = "") -> str:
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode().split("<main")[1]


def test_everybody_begins_at_the_first_card(client: Client) -> None:
    page = shown(client)
    assert "Bạn đang gặp chuyện gì với VNeID?" in page
    assert 'href="?the=con-so-cu&amp;di=may-bao-gi"' in page
    assert "OTP" in page


def test_every_answer_of_every_card_leads_on_until_an_end(client: Client) -> None:
    """Walks to every card once as a reader would, pressing links."""
    ends, seen, waiting = set(), set(), [""]
    while waiting:
        query = waiting.pop()
        card = query.partition("&")[0]
        if card in seen:
            continue
        seen.add(card)
        onward = re.findall(r'class="button outline"\s+href="(\?the=[^"]+)"', shown(client, query))
        waiting += [link.replace("&amp;", "&") for link in onward]
        if not onward:
            ends.add(card.removeprefix("?the="))
    assert len(seen) == 27
    assert ends == {"xong", "hoi-xa", "doi-so", "lam-can-cuoc", "toi-lam-muc-2", "mai-thu-lai"}


def test_what_was_answered_stands_above_and_leads_back(client: Client) -> None:
    page = shown(client, "?the=bam-quen&di=may-bao-gi.con-so-cu.bi-khoa")
    assert "Sai mật khẩu, hoặc tôi quên" in page
    assert 'href="?the=con-so-cu&amp;di=may-bao-gi"' in page
    assert f'href="{ADDRESS}"' in page


def test_an_unknown_card_is_the_first_one_with_a_sentence(client: Client) -> None:
    page = shown(client, "?the=khong-co")
    assert "Không có thẻ này" in page
    assert "Bạn đang gặp chuyện gì với VNeID?" in page


@pytest.mark.parametrize(
    "way", ["xong", "bam-quen.may-bao-gi", "<b>", "con-so-cu.khong-co", ".", "a" * 9000, "con-so-cu." * 3000]
)
def test_a_way_that_the_cards_do_not_allow_is_dropped(client: Client, way: str) -> None:
    answer = client.get(ADDRESS, {"the": "bam-quen", "di": way})
    assert answer.status_code == 200
    assert "trodden" not in answer.content.decode()


def test_an_end_names_whom_to_call_the_next_session_and_the_form(client: Client) -> None:
    page = shown(client, "?the=hoi-xa&di=may-bao-gi.con-so-cu")
    assert 'href="tel:0912345678"' in page
    assert f"/phan-anh/hoi/?tu={ADDRESS}" in page
    assert "session-slip" in page
    assert "session-slip" not in shown(client, "?the=xong")


def test_on_paper_every_card_has_a_number_and_every_answer_names_one(client: Client) -> None:
    paper = client.get(ADDRESS + "in/").content.decode()
    trouble = TroubleshooterPage.objects.get(slug="vneid-khong-vao-duoc", locale__language_code="vi")
    cards = list(trouble.cards.all())
    assert paper.count("<li><p><b>") == len(cards)
    for card in cards:
        for answer in card.answer_list:
            number = [other.key for other in cards].index(answer.to) + 1
            assert f"{answer.words} → <b>thẻ {number}</b>" in paper


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("khong vao duoc vneid", "vneid-khong-vao-duoc"),
        ("tu bao ve minh", "tu-bao-ve-minh"),
        ("tin that hay tin gia", "thu-tai-that-gia"),
    ],
)
def test_troubleshooters_tracks_and_drills_are_found_as_lessons(
    client: Client, query: str, slug: str
) -> None:
    page = client.get("/tim-kiem/", {"q": query}).content.decode()
    first = page.split('data-result="')[1]
    assert first.startswith("tutorial")
    assert f"/huong-dan/bai-hoc/{slug}/" in first


@pytest.mark.parametrize("slug", ["vneid-khong-vao-duoc", "tu-bao-ve-minh", "thu-tai-that-gia"])
def test_the_sitemap_names_each_in_every_language_it_has(client: Client, slug: str) -> None:
    sitemap = client.get("/sitemap.xml").content.decode()
    for prefix in ("", "/en", "/ar"):
        assert f"{prefix}/huong-dan/bai-hoc/{slug}/</loc>" in sitemap
    assert "huong-dan-vien" not in sitemap


def test_a_troubleshooter_without_cards_says_so(client: Client) -> None:
    TroubleCard.objects.all().delete()
    assert "Chưa có thẻ nào." in shown(client)


KEYS = ["a", "b", "c", "xong"]
CARDS = {
    "a": TroubleCard(key="a", answers="B → b\nC → c"),
    "b": TroubleCard(key="b", answers="A → a\nXong → xong"),
    "c": TroubleCard(key="c", answers="Xong → xong"),
    "xong": TroubleCard(key="xong", ending="solved"),
}


@given(st.sampled_from(KEYS), st.lists(st.sampled_from([*KEYS, "", "khong-co", "é"]), max_size=40))
def test_a_way_is_kept_only_where_each_card_leads_to_the_next(key: str, typed: list[str]) -> None:
    way = way_to(key, ".".join(typed), CARDS)
    for here, following in zip(way, [*way[1:], key], strict=False):
        assert following in {answer.to for answer in CARDS[here].answer_list}
    assert len(way) <= 20
