import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from guides.importing.durations import Stated, in_words, stated_alone
from guides.importing.fees import amounts_in, defers_to_province, fee_facts, says_free
from guides.importing.legal import named_law, shorten
from guides.importing.mapping import audience, map_record, readable_title
from guides.importing.reading import NothingToRead, find_files, read_file, read_files
from guides.importing.record import Fee, LawRow, OfficialRecord, StepBlock
from guides.importing.steps import readable_steps

RECORDS = Path(__file__).parents[1] / "data" / "procedures"
BROKEN = RECORDS / "broken"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def record(name: str) -> OfficialRecord:
    read = read_file(RECORDS / name)
    assert isinstance(read, OfficialRecord), read
    return read


def values(name: str) -> dict:
    return map_record(record(name)).values


def write(folder: Path, file_name: str, /, **changes: object) -> Path:
    raw = json.loads((RECORDS / "6.900001.json").read_text(encoding="utf-8")) | changes
    file = folder / file_name
    file.write_text(json.dumps(raw), encoding="utf-8")
    return file


def test_every_dirty_record_of_ours_is_read():
    records, refusals = read_files(find_files(RECORDS))
    assert [r.code for r in records] == [f"6.9000{n:02}" for n in range(1, 13)]
    assert refusals == []


@pytest.mark.parametrize(
    ("name", "field", "reason"),
    [
        ("cut-short.json", "", "is not complete JSON"),
        ("not-utf8.json", "", "is not UTF-8 text"),
        ("a-list.json", "", "holds no record"),
        ("wrong-code.json", "code", "no procedure code like 1.001193"),
        ("no-name.json", "name", "is missing"),
        ("6.900107.json", "code", "the file is named 6.900107.json"),
    ],
)
def test_a_broken_file_is_refused_with_its_field_and_the_reason(name, field, reason):
    refusals = read_file(BROKEN / name)
    assert [refusal.field for refusal in refusals] == [field]
    assert reason in refusals[0].reason
    assert refusals[0].file.name == name


def test_all_wrong_fields_of_a_record_are_named_at_once():
    refusals = read_file(BROKEN / "wrong-types.json")
    assert {refusal.field: refusal.reason for refusal in refusals} == {
        "source.url": "is no web address",
        "source.updated_at": "is no date",
        "results": "is not a list",
        "channels[0].fees[0].value_vnd": "is not a whole number",
        "channels[0].processing.qty": "is not a number",
        "checklist_raw[0].items[0].original_qty": "is not between 0 and 2000000000",
        "legal_basis[0]": "is not an object",
    }


def test_a_code_that_stands_in_two_files_is_refused_in_both(tmp_path):
    write(tmp_path, "a.json")
    write(tmp_path, "b.json", name="Một tên khác")
    write(tmp_path, "c.json", code="6.900099")
    records, refusals = read_files(find_files(tmp_path))
    assert [r.code for r in records] == ["6.900099"]
    assert sorted((r.file.name, r.field) for r in refusals) == [("a.json", "code"), ("b.json", "code")]


@pytest.mark.parametrize("made", ["nothing", "empty folder", "folder without records"])
def test_a_place_without_records_is_named(tmp_path, made):
    path = tmp_path / "hồ sơ"
    if made != "nothing":
        path.mkdir()
    if made == "folder without records":
        (path / "ghi chú.txt").write_text("không có gì")
    with pytest.raises(NothingToRead, match="hồ sơ"):
        find_files(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"code": NaN}', "holds a number that is none"),
        ('{"a": ' + "9" * 5000 + "}", ""),
        ("x" * (5 * 1024 * 1024 + 1), "is larger than 5 MB"),
    ],
)
def test_hostile_files_are_refused_not_crashed_on(tmp_path, content, reason):
    file = tmp_path / "x.json"
    file.write_text(content)
    refusals = read_file(file)
    assert isinstance(refusals, list)
    assert reason in refusals[0].reason


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "x" * 60_001}, "name"),
        ({"results": ["x"] * 501}, "results"),
        (
            {"channels": [{"method": "DIRECT", "fees": [{"value_vnd": 10**12}]}]},
            "channels[0].fees[0].value_vnd",
        ),
        ({"channels": [{"method": "DIRECT", "processing": {"qty": 10**12}}]}, "channels[0].processing.qty"),
    ],
)
def test_sizes_beyond_reason_are_refused(tmp_path, changes, field):
    refusals = read_file(write(tmp_path, "x.json", **changes))
    assert [refusal.field for refusal in refusals] == [field]


def test_a_mark_at_the_start_and_decomposed_letters_read_like_any_other_record():
    told = record("6.900012.json")
    assert told.name == unicodedata.normalize("NFC", told.name) == "Ghi âm chuyện kể của người già"
    assert told.requirements == "Người kể đồng ý.\n\nCó người nhà ngồi cùng."


def test_lone_surrogates_and_null_characters_never_reach_the_database(tmp_path):
    file = write(tmp_path, "x.json", name="Mượn \ud800loa\x00 kéo")
    assert read_file(file).name == "Mượn loa kéo"


def test_the_day_of_the_source_is_the_day_in_vietnam():
    assert record("6.900001.json").source_date == date(2031, 3, 5)


def test_a_word_the_site_does_not_know_is_left_out_and_named():
    assert record("6.900011.json").unknown_words == (
        ("channels[0].method", "FAX"),
        ("channels[1].processing.unit", "YEAR"),
    )
    assert [row["method"] for row in values("6.900011.json")["channels"]] == ["counter", "online"]


def test_a_long_official_name_gives_a_title_cut_at_a_word_and_stays_whole_beside_it():
    mapped = map_record(record("6.900002.json"))
    assert len(mapped.values["official_name"]) > 1000
    assert len(mapped.values["title"]) <= 255
    assert mapped.values["title"].endswith("…")
    assert [str(found.kind) for found in mapped.findings] == ["shortened"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Thủ tục đăng ký khai sinh", "Đăng ký khai sinh"),
        ("THỦ TỤC tách hộ.", "Tách hộ"),
        ("Thủ tục", "Thủ tục"),
        ("tách hộ", "Tách hộ"),
    ],
)
def test_a_title_begins_with_what_people_want(name, title):
    assert readable_title(name) == title


def test_rows_of_the_same_way_become_one_way():
    mapped = values("6.900008.json")
    assert mapped["channels"] == [
        {"method": "counter", "note": "Áp dụng cho lễ lớn.\nÁp dụng cho lễ nhỏ."},
        {"method": "online", "note": ""},
        {"method": "post", "note": "Gửi qua bưu điện."},
    ]
    times = [(term["channel"], term["time_value"], term["time_note"]) for term in mapped["terms"]]
    assert times == [
        ("counter", None, "Nguồn nêu các thời hạn khác nhau: 15 ngày làm việc; 18 ngày làm việc"),
        ("online", None, "7,5 ngày làm việc"),
        ("post", None, "Theo mô tả"),
    ]


def test_ways_that_say_the_same_share_one_row_of_time_and_fee():
    (term,) = values("6.900001.json")["terms"]
    assert (term["channel"], term["time_value"], term["time_unit"]) == ("", 3, "working_day")
    assert (term["fee_state"], term["fee_amount"]) == ("amount", 12000)


def test_a_time_that_the_record_contradicts_stays_unknown():
    (term,) = values("6.900004.json")["terms"]
    assert term["time_value"] is None
    assert term["time_note"] == "Nguồn nêu các thời hạn khác nhau: 10 ngày làm việc; 20 ngày"


def test_times_by_case_are_listed_where_the_way_itself_gives_none():
    (term,) = values("6.900005.json")["terms"]
    assert term["time_value"] is None
    assert term["time_note"] == "Tùy trường hợp: 1 ngày; 2 ngày; 5 ngày làm việc"


def test_zero_is_never_taken_for_free():
    states = {term["channel"]: term["fee_state"] for term in values("6.900003.json")["terms"]}
    assert states == {"counter": "unknown", "online": "province", "post": "unknown"}


@pytest.mark.parametrize(
    ("fees", "state", "amount"),
    [
        ([Fee(0, "")], "unknown", None),
        ([Fee(None, "")], "unknown", None),
        ([], "unknown", None),
        ([Fee(8000, "")], "amount", 8000),
        ([Fee(0, "Thu 8.000 đồng/bản sao")], "amount", 8000),
        ([Fee(5000, "Thu 7.000 đồng")], "unknown", None),
        ([Fee(20, "")], "unknown", None),
        ([Fee(0, "Do HĐND tỉnh quy định")], "province", None),
        ([Fee(8000, "Do Hội đồng nhân dân cấp tỉnh quy định")], "province", None),
        ([Fee(0, "Miễn phí")], "free", None),
        ([Fee(0, "Không thu phí.")], "free", None),
        ([Fee(0, "Miễn lệ phí cho người thuộc hộ nghèo.")], "unknown", None),
        ([Fee(0, "Không quy định")], "unknown", None),
        ([Fee(10000, "Mượn ngày thường"), Fee(15000, "Mượn ngày lễ")], "unknown", None),
    ],
)
def test_what_a_fee_comes_to(fees, state, amount):
    facts = fee_facts(fees)
    assert (facts.state, facts.amount) == (state, amount)


def test_several_amounts_stand_in_the_note_each_with_its_words():
    facts = fee_facts([Fee(10000, "Mượn ngày thường"), Fee(15000, "Mượn ngày lễ")])
    assert facts.note == "10.000 đồng: Mượn ngày thường\n15.000 đồng: Mượn ngày lễ"


def test_who_pays_nothing_is_told_apart():
    facts = fee_facts([Fee(0, "Mức thu do HĐND tỉnh quyết định. Miễn lệ phí cho người thuộc hộ nghèo.")])
    assert facts.exemptions == "Miễn lệ phí cho người thuộc hộ nghèo."


def test_amounts_are_told_from_dates_and_numbers_of_documents():
    assert amounts_in("Thu 20.000 đồng; 5000đ; 1,500,000 VND") == {20_000, 5_000, 1_500_000}
    assert amounts_in("Thông tư số 281/2016/TT-BTC ngày 14/11/2016, 50% mức thu, 0 đồng") == set()
    assert defers_to_province("Theo quy định của Hội đồng nhân dân cấp tỉnh")
    assert not says_free("Miễn phí Đồng - Trường hợp thuộc diện được miễn")


def test_days_of_the_whole_are_told_from_days_of_some_cases():
    said = in_words("Không quá 10 ngày làm việc.\nĐối với các xã miền núi thì không quá 20 ngày làm việc.")
    assert said.whole == {Stated(10, "working_day")}
    assert said.part == {Stated(20, "working_day")}
    assert in_words("Quyết định ngày 02/7/2026, 64/2025/TT-BTC").whole == frozenset()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Không quá 10 ngày làm việc", Stated(10, "working_day")),
        ("03 ngày", Stated(3, "day")),
        ("Thời hạn giải quyết: 7,5 ngày làm việc.", Stated(7.5, "working_day")),
        ("02 ngày hoặc 05 ngày", None),
        ("Theo mô tả", None),
    ],
)
def test_a_text_that_is_nothing_but_a_time_is_one(text, time):
    assert stated_alone(text) == time


def test_notes_among_the_papers_are_no_papers_and_groups_say_what_to_do():
    papers = values("6.900007.json")["papers"]
    assert [(p["kind"], p["originals"], p["copies"], p["only_if"]) for p in papers] == [
        ("submit", 2, 1, ""),
        ("submit", 1, 0, ""),
        ("submit", 1, 0, "Đối với trường hợp mượn hộ người già"),
        ("show", 1, 0, ""),
    ]
    assert papers[0]["name"] == "Đơn mượn sách"
    assert len(papers[1]["name"]) > 4700


def test_steps_are_cut_before_each_new_action_only():
    text = "- Viết phiếu.\n- Xem lịch.\n+ Trùng thì báo lại.\nGọi điện.\n- Nhận loa."
    steps = readable_steps([StepBlock("", text)])
    assert steps == ["Viết phiếu.", "Xem lịch.\n+ Trùng thì báo lại.\nGọi điện.", "Nhận loa."]


def test_a_block_named_as_a_step_stays_one_step():
    steps = readable_steps(
        [
            StepBlock("Bước 1:", "Nộp hồ sơ.\n- Trực tiếp.\n- Trực tuyến."),
            StepBlock("Mặc định", "Trả kết quả."),
        ]
    )
    assert steps == ["Bước 1: Nộp hồ sơ.\n- Trực tiếp.\n- Trực tuyến.", "Trả kết quả."]


def test_no_word_of_the_steps_is_lost():
    source = record("6.900001.json").steps[0].text
    assert " ".join(readable_steps([StepBlock("", source)])).split() == source.replace("- ", "").split()


@pytest.mark.parametrize(
    ("code", "name", "number", "kind"),
    [
        ("Nghị định số 50/2026/NĐ-CP", "Quy định chi tiết", "50/2026/NĐ-CP", "Nghị định"),
        ("35 /2025/NQ-CP", "", "35/2025/NQ-CP", "Nghị quyết"),
        ("09./2025/TT-BTC", "", "09/2025/TT-BTC", "Thông tư"),
        ("18/2026/ND-CP", "", "18/2026/NĐ-CP", "Nghị định"),
        ("Luật số 58", "Luật số 58/2024/QH15 của Quốc hội: Luật Đầu tư công", "58/2024/QH15", "Luật"),
        ("254/2025/QH15", "Quy định một số cơ chế", "254/2025/QH15", ""),
        ("66.7/2025/NQ-CP", "Nghị quyết số 66.7/2025/NQ-CP", "66.7/2025/NQ-CP", "Nghị quyết"),
    ],
)
def test_one_document_has_one_number_however_it_is_written(code, name, number, kind):
    law = named_law(LawRow(code, name))
    assert (law.number, law.kind) == (number, kind)


def test_the_same_number_of_two_provinces_is_two_documents():
    numbers = [row["number"] for row in values("6.900010.json")["legal_basis"]]
    assert numbers == [
        "901/2031/NĐ-CP",
        "902/2031/TT-BM",
        "12/2031/QĐ-UBND (Sông Mẫu)",
        "12/2031/QĐ-UBND (Núi Mẫu)",
    ]


def test_a_record_with_nothing_but_a_name_still_gives_a_guide():
    mapped = values("6.900009.json")
    assert mapped["title"] == "Báo tin thất lạc chó mèo"
    assert [mapped[name] for name in ("channels", "terms", "papers", "steps", "legal_basis")] == [[]] * 5
    assert mapped["source_date"] is None


def test_who_may_apply_is_sorted_into_our_groups():
    assert audience(["Hợp tác xã", "Người nước ngoài cư trú tại Việt Nam"]) == ["foreigner", "organisation"]
    assert audience(["Người Việt Nam định cư ở nước ngoài"]) == ["overseas"]


def test_words_are_never_cut_inside():
    assert shorten("một hai ba bốn", 10) == "một hai…"
    assert shorten("một hai", 10) == "một hai"
