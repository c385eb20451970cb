from collections import Counter
from pathlib import Path

import pytest
from django.utils.translation import override

from guides.importing.contradictions import judge
from guides.importing.findings import CONTRADICTIONS, Finding, Kind
from guides.importing.mapping import map_record
from guides.importing.reading import find_files, read_file, read_files

RECORDS = Path(__file__).parents[1] / "data" / "procedures"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def findings(name: str, folder: Path = RECORDS) -> list[Finding]:
    return judge(read_file(folder / f"{name}.json"))


def of(kind: Kind, name: str, folder: Path = RECORDS) -> list[str]:
    return [found.detail for found in findings(name, folder) if found.kind is kind]


def test_a_record_without_faults_gives_no_finding():
    assert findings("6.900001") == []


def test_zero_beside_a_text_that_names_an_amount_is_told():
    (detail,) = of(Kind.FEE_TEXT_NAMES_AMOUNT, "6.900003")
    assert detail == "0 đ | Thu 35.000 đồng/bộ; trả muộn thu thêm 10.000 đồng/ngày."


def test_zero_beside_a_text_that_leaves_the_fee_to_the_province_is_told():
    (detail,) = of(Kind.FEE_TEXT_DEFERS, "6.900003")
    assert detail.startswith("0 đ | Mức thu do Hội đồng nhân dân tỉnh quyết định.")


def test_an_amount_that_the_text_denies_is_told():
    assert of(Kind.FEE_AMOUNTS_DIFFER, "6.900011") == ["5.000 đ | Thu 7.000 đồng/lần"]


def test_an_amount_in_another_currency_is_not_believed():
    assert of(Kind.FEE_NOT_BELIEVABLE, "6.900008") == ["45 đ | Thu theo biểu của xã Mẫu"]


def test_two_day_counts_are_told_with_where_each_stands():
    assert of(Kind.TIMES_DIFFER, "6.900004") == ["ways to hand in 10 ngày làm việc; cases 20 ngày"]
    assert of(Kind.TIMES_BY_CASE, "6.900004") == ["7 ngày làm việc"]
    assert of(Kind.TIMES_DIFFER, "6.900005") == ["cases 1 ngày, 2 ngày, 5 ngày làm việc"]


def test_papers_that_no_longer_exist_are_told():
    books, cards = of(Kind.REPEALED_PAPER, "6.900006")
    assert "sổ hộ khẩu" in books
    assert "CMND" in cards


def test_the_abolished_district_is_told():
    (detail,) = of(Kind.ABOLISHED_LEVEL, "6.900006")
    assert "Ủy ban nhân dân cấp huyện" in detail


def test_notes_that_are_no_papers_are_told():
    assert of(Kind.NOT_A_PAPER, "6.900007") == [
        "Người gửi thư thì kèm phong bì.",
        "Sách mượn không quá một tháng.",
        "Lưu ý: giữ sách khô ráo.",
    ]


def test_every_empty_field_is_named():
    assert len(of(Kind.EMPTY, "6.900009")) == 14
    assert of(Kind.EMPTY, "6.900005") == ["executing_agency", "channels.fees"]


def test_a_legal_text_without_a_number_is_told():
    assert of(Kind.LAW_WITHOUT_NUMBER, "6.900010") == ["Quy ước thôn Quy ước thôn Mẫu"]


def test_the_official_records_show_what_was_counted_in_them_by_hand(shared):
    """1.002755 has value 5000 beside 7.000 đồng; 1.013225 has 10 working days, 7 in the text, 20 days by case."""
    folder = shared / "data" / "procedures"
    assert of(Kind.FEE_AMOUNTS_DIFFER, "1.002755", folder)[0].startswith("5.000 đ | …")
    assert of(Kind.TIMES_DIFFER, "1.013225", folder) == ["ways to hand in 10 ngày làm việc; cases 20 ngày"]
    assert of(Kind.TIMES_BY_CASE, "1.013225", folder) == ["7 ngày làm việc"]
    assert len(of(Kind.FEE_TEXT_DEFERS, "1.013225", folder)) == 1
    assert len(of(Kind.FEE_TEXT_NAMES_AMOUNT, "1.115755", folder)) == 2
    assert "chứng minh nhân dân" in of(Kind.REPEALED_PAPER, "1.001193", folder)[0]
    assert of(Kind.ABOLISHED_LEVEL, "1.001669", folder) == ["Phòng Tư Pháp"]
    assert of(Kind.FEE_NOT_BELIEVABLE, "1.001020", folder) == ["5 đ | Đăng ký khai sinh"]


def test_all_284_official_records_are_read_and_judged(shared):
    records, refusals = read_files(find_files(shared / "data" / "procedures"))
    assert len(records) == 284
    assert refusals == []
    judged = {record.code: judge(record) for record in records}
    empty = Counter(f.detail for found in judged.values() for f in found if f.kind is Kind.EMPTY)
    assert empty["executing_agency"] == 28
    assert empty["legal_basis"] == 19
    with_kind = Counter(kind for found in judged.values() for kind in {f.kind for f in found})
    expected = {
        Kind.FEE_TEXT_NAMES_AMOUNT: 22,
        Kind.FEE_TEXT_DEFERS: 80,
        Kind.FEE_AMOUNTS_DIFFER: 1,
        Kind.TIMES_DIFFER: 134,
        Kind.REPEALED_PAPER: 22,
        Kind.NOT_A_PAPER: 35,
    }
    assert {kind: with_kind[kind] for kind in expected} == expected


def test_no_official_record_becomes_free_because_it_says_zero(shared):
    records, _refusals = read_files(find_files(shared / "data" / "procedures"))
    terms = [term for record in records for term in map_record(record).values["terms"]]
    assert not [term for term in terms if term["fee_state"] == "free"]


def test_fees_and_times_of_the_residence_records_come_out_as_the_law_has_them(shared):
    """Circular 75/2022/TT-BTC: permanent residence 20.000 đồng at the counter, 10.000 đồng online."""
    record = read_file(shared / "data" / "procedures" / "1.004222.json")
    terms = {term["channel"]: term for term in map_record(record).values["terms"]}
    assert {way: term["fee_amount"] for way, term in terms.items()} == {"counter": 20_000, "online": 10_000}
    assert {(term["time_value"], term["time_unit"]) for term in terms.values()} == {(7, "working_day")}


def test_what_is_a_contradiction_is_not_a_mere_gap():
    assert Kind.TIMES_DIFFER in CONTRADICTIONS
    assert not CONTRADICTIONS & {Kind.EMPTY, Kind.NOT_A_PAPER, Kind.SHORTENED}
