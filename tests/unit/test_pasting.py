"""What the helper reads out of pasted official text: short phrases as decisions and the portal write them."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.importing.findings import Kind
from guides.pasting.laws import laws_cited, laws_in
from guides.pasting.lists import entries_in, papers_in
from guides.pasting.recognising import Recognised, Remark, clean_text, recognise
from guides.pasting.sections import Part, split
from guides.pasting.ways import fees_of, methods_in
from guides.pasting.words import day_in, times_in

SAMPLES = Path(__file__).parents[1] / "data" / "pasting"


def sample(name: str) -> Recognised:
    return recognise((SAMPLES / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Thành phần hồ sơ:", Part.PAPERS),
        ("c) Thành phần, số lượng hồ sơ:", Part.PAPERS),
        ("1.3. Thành phần hồ sơ bao gồm:", Part.PAPERS),
        ("THANH PHAN HO SO", Part.PAPERS),
        ("d) Thời hạn giải quyết: 03 ngày làm việc", Part.TIME),
        ("h) Phí, lệ phí (nếu có): Không", Part.FEE),
        ("g) Kết quả thực hiện thủ tục hành chính:", Part.RESULT),
        ("l) Căn cứ pháp lý của thủ tục hành chính:", Part.LAW),
        ("đ) Đối tượng thực hiện TTHC: Công dân", Part.WHO),
        ("- Cách thức thực hiện:", Part.WAYS),
        ("Mã thủ tục:\t1.001193", Part.CODE),
    ],
)
def test_a_heading_is_known_however_it_is_numbered_or_typed(line, part):
    assert split([line]).found[-1].part is part


@pytest.mark.parametrize(
    "line",
    [
        "- Thành phần hồ sơ gồm những giấy tờ mà người nộp phải mang theo khi đến quầy",
        "Người nộp trả lệ phí tại quầy",
        "Hồ sơ được xem xét trong buổi sáng",
    ],
)
def test_a_sentence_that_begins_like_a_heading_is_none(line):
    assert [section.part for section in split([line]).found] == [Part.FRONT]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("03 ngày làm việc", 3, "WORKING_DAY"),
        ("03 (ba) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.", 3, "WORKING_DAY"),
        ("Không quá 15 ngày kể từ ngày nhận đủ hồ sơ", 15, "DAY"),
        ("7,5 ngày làm việc", 7.5, "WORKING_DAY"),
        ("24 giờ", 24, "HOUR"),
        ("05 Ngày làm việc", 5, "WORKING_DAY"),
    ],
)
def test_days_are_read_with_their_unit(text, value, unit):
    duration = times_in(text).duration
    assert (duration.qty, duration.unit) == (value, unit)


@pytest.mark.parametrize(
    "text", ["Theo mô tả", "05 ngày làm việc hoặc 08 ngày làm việc", "ngày 03/5/2026", ""]
)
def test_a_time_that_is_not_one_time_stays_open(text):
    assert times_in(text).duration.qty is None


@pytest.mark.parametrize(
    ("text", "same_day", "cut_off"),
    [
        (
            "Ngay trong ngày tiếp nhận hồ sơ; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo",
            True,
            time(15),
        ),
        ("Trong ngày làm việc", True, None),
        ("Trả kết quả trong ngày làm việc tiếp theo", False, None),
        ("Trong ngày 03 tháng 5", False, None),
        ("Nộp sau 16h30 tính sang hôm sau", False, time(16, 30)),
        ("sau 15 giờ, có nơi sau 16 giờ", False, None),
        ("sau 99 giờ", False, None),
    ],
)
def test_the_same_day_and_the_cut_off_hour_are_heard(text, same_day, cut_off):
    times = times_in(text)
    assert (times.same_day, times.cut_off) == (same_day, cut_off)


def test_times_of_some_cases_stay_beside_the_time_of_the_whole():
    times = times_in("03 ngày làm việc. Trường hợp cần xác minh thì không quá 08 ngày làm việc.")
    assert (times.duration.qty, times.rest) == (3, "Trường hợp cần xác minh thì không quá 08 ngày làm việc.")


@pytest.mark.parametrize(
    ("line", "value", "text"),
    [
        ("Lệ phí : 8000 Đồng", 8000, ""),
        ("Lệ phí: 8.000 đồng (một lần)", 8000, "một lần"),
        (
            "Phí : 0 Đồng (Mức thu do Hội đồng nhân dân tỉnh quy định)",
            0,
            "Mức thu do Hội đồng nhân dân tỉnh quy định",
        ),
        ("Không.", None, "Không thu phí, lệ phí"),
        ("Phí, lệ phí: Miễn phí", None, "Không thu phí, lệ phí"),
        ("Theo quy định của HĐND tỉnh", None, "Theo quy định của HĐND tỉnh"),
    ],
)
def test_a_fee_is_read_with_its_words(line, value, text):
    (fee,) = fees_of([line])
    assert (fee.value, fee.text) == (value, text)


@pytest.mark.parametrize("line", ["Phí : 0 Đồng", "Lệ phí: Không quy định", "Phí, lệ phí:"])
def test_nothing_said_about_a_fee_is_never_free(line):
    assert fees_of([line]) == ()


@pytest.mark.parametrize(
    ("line", "name", "originals", "copies"),
    [
        ("- Tờ khai theo mẫu (01 bản chính);", "Tờ khai theo mẫu", 1, 0),
        ("- Đơn đề nghị (02 bản chính, 03 bản sao)", "Đơn đề nghị", 2, 3),
        ("- Bản sao giấy chứng sinh;", "Bản sao giấy chứng sinh", 0, 1),
        ("1. Giấy ủy quyền", "Giấy ủy quyền", 1, 0),
        ("Phiếu\tmau.docx\tBản chính: 0\nBản sao: 2", "Phiếu", 0, 2),
        ("+ Hợp đồng: 02 (hai) bản chính", "Hợp đồng: 02 (hai) bản chính", 2, 0),
    ],
)
def test_papers_are_read_with_their_counts(line, name, originals, copies):
    (paper,) = papers_in(line.split("\n"))
    assert (paper.row.name, paper.row.originals, paper.row.copies) == (name, originals, copies)


def test_bullets_inside_a_paper_stay_with_it():
    papers = papers_in(["- Đơn đề nghị, gồm có:", "+ tên người đề nghị", "+ địa chỉ", "- Thẻ căn cước"])
    assert [paper.row.name for paper in papers] == [
        "Đơn đề nghị, gồm có:\n+ tên người đề nghị\n+ địa chỉ",
        "Thẻ căn cước",
    ]


@pytest.mark.parametrize(
    ("line", "number", "kind", "day", "issuer"),
    [
        (
            "- Nghị định số 123/2015/NĐ-CP ngày 15 tháng 11 năm 2015 của Chính phủ quy định chi tiết;",
            *("123/2015/NĐ-CP", "Nghị định", date(2015, 11, 15), "Chính phủ"),
        ),
        (
            "60/2014/QH13\tLuật Hộ tịch\t20-11-2014\tQuốc Hội",
            *("60/2014/QH13", "Luật", date(2014, 11, 20), "Quốc Hội"),
        ),
        (
            "+ Thông tư 04/2020/TT-BTP ngày 28/5/2020 của Bộ trưởng Bộ Tư pháp hướng dẫn",
            *("04/2020/TT-BTP", "Thông tư", date(2020, 5, 28), "Bộ trưởng Bộ Tư pháp"),
        ),
        (
            "Nghị định 07/2025/NĐ-CP sửa đổi Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ",
            *("07/2025/NĐ-CP", "Nghị định", None, ""),
        ),
        ("Thông tư số 53/2025/TT-BCAngày 01/7/2025", "53/2025/TT-BCA", "Thông tư", date(2025, 7, 1), ""),
    ],
)
def test_a_legal_text_is_read_with_number_day_and_issuer(line, number, kind, day, issuer):
    (read,) = laws_in([line])
    assert read.law is not None
    assert (read.law.number, read.law.kind, read.law.date, read.law.issuer) == (
        *(number, kind),
        day.isoformat() if day else "",
        issuer,
    )


def test_several_laws_in_one_line_are_several_but_a_changed_law_is_not_another():
    line = "Luật Cư trú số 68/2020/QH14; Nghị định số 154/2024/NĐ-CP sửa đổi Nghị định số 62/2021/NĐ-CP."
    assert [read.law.number for read in laws_in([line]) if read.law] == ["68/2020/QH14", "154/2024/NĐ-CP"]


def test_laws_are_found_in_plain_sentences_too():
    text = "Làm theo Nghị định số 123/2015/NĐ-CP và hỏi ở quầy. Ngày 12/2020 không phải số văn bản."
    assert [read.law.number for read in laws_cited(text) if read.law] == ["123/2015/NĐ-CP"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày 15 tháng 11 năm 2015", date(2015, 11, 15)),
        ("20-11-2014", date(2014, 11, 20)),
        ("31/02/2020 rồi 01/03/2020", date(2020, 3, 1)),
        ("không có ngày", None),
    ],
)
def test_days_of_documents(text, day):
    assert day_in(text) == day


def test_ways_are_told_apart():
    assert methods_in("Nộp trực tiếp, qua bưu chính hoặc trực tuyến") == ["DIRECT", "POSTAL", "ONLINE"]


def test_people_are_parted_at_capitals_outside_brackets():
    line = "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX), Cán bộ, công chức, viên chức"
    assert entries_in([line]) == [
        "Công dân Việt Nam",
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "Cán bộ, công chức, viên chức",
    ]


def test_a_page_copied_from_the_portal_is_read_whole():
    found = sample("cong.txt")
    assert (found.code, found.values["title"]) == ("6.900101", "Mượn loa kéo của nhà văn hóa")
    counter, online = found.values["terms"]
    assert (counter["channel"], counter["time_value"], counter["cut_off"]) == ("counter", 0, "15:00:00")
    assert (online["time_value"], online["time_unit"], online["cut_off"]) == (2, "working_day", None)
    assert [term["fee_amount"] for term in (counter, online)] == [12_000, 6_000]
    assert [(p["name"], p["kind"], p["originals"], p["copies"]) for p in found.values["papers"]] == [
        ("Phiếu mượn loa kéo", "submit", 1, 0),
        ("Giấy giới thiệu của thôn", "submit", 0, 2),
        ("Thẻ căn cước", "show", 1, 0),
    ]
    assert [law.date for law in found.laws.values()] == ["2031-03-05", "2030-11-20"]
    assert found.values["audience"] == ["citizen", "organisation"]
    assert found.remarks == []


def test_the_annex_of_a_decision_is_read_whole():
    found = sample("quyet-dinh.txt")
    assert (found.code, found.values["title"]) == ("6.900102", "Cho mượn bàn ghế của nhà văn hóa")
    assert {row["method"] for row in found.values["channels"]} == {"counter", "online", "post"}
    (term,) = found.values["terms"]
    assert (term["time_value"], term["time_unit"], term["fee_state"]) == (3, "working_day", "free")
    assert term["time_note"] == "Trường hợp phải kiểm tra kho thì không quá 05 ngày làm việc."
    assert [paper["only_if"] for paper in found.values["papers"]] == ["", "", "Trường hợp mượn cho đám cưới"]
    assert list(found.laws) == ["77/2030/QH16", "902/2031/NĐ-CP"]


def test_a_second_procedure_in_the_text_is_left_and_said():
    found = sample("quyet-dinh.txt")
    assert Remark.SECOND_PROCEDURE in found.remarks
    assert "gọi điện" not in str(found.values)


def test_cards_of_the_portal_give_each_way_its_own_time_and_fee():
    text = """Hình thức nộp: Trực tiếp
Thời hạn giải quyết: 05 ngày làm việc
Phí, lệ phí: 20.000 đồng
Hình thức nộp: Trực tuyến
Thời hạn giải quyết: 03 ngày làm việc
Phí, lệ phí: 10.000 đồng
Thành phần hồ sơ:
- Đơn"""
    terms = recognise(text).values["terms"]
    assert [(t["channel"], t["time_value"], t["fee_amount"]) for t in terms] == [
        ("counter", 5, 20_000),
        ("online", 3, 10_000),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Cách thức thực hiện:\nTrực tiếp\t05 ngày làm việc\tPhí : 0 Đồng (Thu 50.000 đồng)\t",
            Kind.FEE_TEXT_NAMES_AMOUNT,
        ),
        (
            "Cách thức thực hiện:\nTrực tiếp\t05 ngày làm việc\nTrực tuyến\t03 ngày làm việc",
            Kind.TIMES_DIFFER,
        ),
        ("Thành phần hồ sơ:\n- Sổ hộ khẩu", Kind.REPEALED_PAPER),
        ("Trình tự thực hiện:\nNộp tại Ủy ban nhân dân huyện", Kind.ABOLISHED_LEVEL),
    ],
)
def test_contradictions_are_named_by_the_judge_of_the_import(text, kind):
    assert kind in {found.kind for found in recognise(text).findings}


def test_a_text_without_headings_gives_only_what_is_certain():
    found = recognise("Xin chào, theo Nghị định số 123/2015/NĐ-CP thì xã trả lời.")
    assert list(found.values) == ["legal_basis"]
    assert found.remarks == [Remark.NO_HEADINGS]


@pytest.mark.parametrize("text", ["", "\x00", "\u202e\u202d", "<script>", "🎂" * 50, "\ud800", "::::\t\t\t"])
def test_a_text_that_says_nothing_gives_nothing(text):
    found = recognise(text)
    assert (found.code, found.values, found.remarks) == ("", {}, [Remark.NOTHING])


def test_what_nobody_sees_is_not_taken_over_and_html_stays_letters():
    found = recognise("Thành phần hồ sơ:\n- Tờ\x00 khai \u202eabc <b>đậm</b>")
    assert found.values["papers"][0]["name"] == "Tờ khai abc <b>đậm</b>"


def test_every_value_shows_the_words_it_came_from():
    for name in ("cong.txt", "quyet-dinh.txt"):
        found = sample(name)
        lists = {
            key: value for key, value in found.values.items() if isinstance(value, list) and key != "audience"
        }
        plain = set(found.values) - set(lists) - {"official_url", "source_url", "source_name"}
        rows = {f"{key}.{i}" for key, value in lists.items() for i in range(len(value))}
        assert (plain | rows) - set(found.quotes) == set()
        text = " ".join("\n".join(clean_text((SAMPLES / name).read_text(encoding="utf-8"))).split())
        for key, quote in found.quotes.items():
            for line in quote.split("\n"):
                assert " ".join(line.split()) in text, key


FRAGMENTS = [
    "Thành phần hồ sơ:",
    "Cách thức thực hiện:",
    "Trực tiếp\t",
    "Hình thức nộp: ",
    "Căn cứ pháp lý:",
    "Thủ tục: ",
    "Phí, lệ phí: ",
    "Thời hạn giải quyết: ",
    "03 ngày làm việc",
    "8.000 đồng",
    "Bản sao: 0",
    "(",
    ")",
    "\n",
    "\t",
    "- ",
    "a) ",
    "123/2015/NĐ-CP",
    "31/02/2020",
    "sau 25 giờ",
    "Bước 1: ",
    "Lưu ý:",
    "\u202e",
    "\x00",
    "9" * 20,
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=40).map("".join))
def test_no_text_whatever_breaks_the_reading(text):
    recognise(text)


@pytest.mark.parametrize(
    "piece", ["(", "a) ", "- ", "1/2/", "Nghị định ", "\t", "bản chính: ", "lệ phí ", "\n"]
)
def test_a_text_of_one_repeated_piece_is_read_at_once(piece):
    recognise("Thành phần hồ sơ:\nCăn cứ pháp lý:\n" + piece * (40_000 // len(piece)))
