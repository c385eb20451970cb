"""The dictionary in a content pack: what people say travels to the next commune, and changes nothing there."""

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils.translation import override

from gandan.models import SearchTerm
from gandan.packs import Line, Orders, Pack, PackWriter, parts, receive_pack, write_pack
from gandan.search import dictionary
from gandan.search.pack import FILE, NAME

pytestmark = pytest.mark.django_db
NOW = datetime(2031, 4, 2, 3, 0, tzinfo=UTC)
PARTS = [part for part in parts() if part.name == NAME]


@pytest.fixture(autouse=True)
def _in_english():
    SearchTerm.objects.all().delete()
    dictionary.look_again()
    with override("en"):
        yield


def own(said: str, means: str, **fields: Any) -> SearchTerm:
    return SearchTerm.objects.create(said=said, means=means, **fields)


def packed() -> bytes:
    file = io.BytesIO()
    write_pack(file, PARTS, date(2031, 4, 2), "Xã Mẫu")
    return file.getvalue()


def holding(content: Any) -> bytes:
    file = io.BytesIO()
    pack = PackWriter(file, date(2031, 4, 2), "Xã Mẫu")
    pack.add(FILE, content if isinstance(content, bytes) else json.dumps(content).encode())
    pack.close()
    return file.getvalue()


def take(body: bytes, **orders: Any) -> list[Line]:
    return receive_pack(Pack(io.BytesIO(body)), PARTS, Orders(**orders), NOW).lines[NAME]


def said() -> set[str]:
    return set(SearchTerm.objects.values_list("said", flat=True))


def test_the_entries_of_one_commune_are_the_entries_of_the_next() -> None:
    own("sổ đỏ", "giấy chứng nhận quyền sử dụng đất\nđất đai", kind="old", note="miền Bắc")
    own("birth paper", "birth certificate", language="en")
    before = dictionary.everything()
    body = packed()
    SearchTerm.objects.all().delete()

    assert take(body)[0].outcome == "2 new, 0 were there and stay as they are"
    assert sorted(dictionary.everything(), key=lambda term: term.key) == sorted(
        before, key=lambda term: term.key
    )


def test_what_an_editor_here_wrote_stays(db) -> None:
    own("sổ đỏ", "giấy chứng nhận quyền sử dụng đất", kind="old")
    body = packed()
    SearchTerm.objects.update(means="nghĩa riêng của xã này")

    assert "1 were there" in take(body)[0].outcome
    assert SearchTerm.objects.get().means == "nghĩa riêng của xã này"


def test_a_dry_run_writes_nothing() -> None:
    own("sổ đỏ", "giấy chứng nhận quyền sử dụng đất")
    body = packed()
    SearchTerm.objects.all().delete()

    assert "1 new" in take(body, write=False)[0].outcome
    assert said() == set()


def test_what_is_not_in_use_is_not_packed() -> None:
    own("cũ", "xưa", is_active=False)
    own("mới", "gần đây")

    assert "cũ" not in packed().decode("latin-1")
    assert Pack(io.BytesIO(packed())).json(FILE)[0]["said"] == "mới"


GOOD = {"said": "hợp lệ", "means": ["đúng"], "kind": "everyday", "language": "vi"}
FAULTY = {
    "no words": {**GOOD, "said": " "},
    "no meaning": {**GOOD, "said": "a", "means": []},
    "meanings that are no texts": {**GOOD, "said": "a", "means": [1, None, {}]},
    "a meaning that is itself": {**GOOD, "said": "a", "means": ["A"]},
    "a kind nobody knows": {**GOOD, "said": "a", "kind": "magic"},
    "a language nobody reads": {**GOOD, "said": "a", "language": "xx"},
    "too long": {**GOOD, "said": "a" * 500},
    "no entry": "sổ đỏ",
    "nothing": None,
    "a list": [["a"]],
    "the same again": GOOD,
}


@pytest.mark.parametrize("row", FAULTY.values(), ids=FAULTY)
def test_a_faulty_entry_is_refused_with_its_reason_and_the_others_are_taken(row: Any) -> None:
    lines = take(holding([GOOD, row]))

    assert said() == {"hợp lệ"}
    assert [line.is_refused for line in lines] == [False, True]
    assert lines[1].remarks[0]


def test_an_entry_that_leads_back_to_one_of_ours_is_refused() -> None:
    own("sổ đỏ", "bìa đỏ")
    lines = take(holding([{**GOOD, "said": "bìa đỏ", "means": ["sổ đỏ"]}]))

    assert lines[1].is_refused
    assert said() == {"sổ đỏ"}


@pytest.mark.parametrize("content", [{"said": "a"}, "a", 1, None, list(range(20_001))], ids=type)
def test_a_file_that_is_no_list_of_entries_is_refused(content: Any) -> None:
    lines = take(holding(content))

    assert [line.is_refused for line in lines] == [True]
    assert said() == set()
