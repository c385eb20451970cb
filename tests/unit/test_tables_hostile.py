"""Tables as they really arrive: old encodings, merged cells, formulas, bombs. A sentence each, nothing half-written."""

import csv
import io
import tracemalloc
import unicodedata
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from guides.importing.incoming import Origin
from guides.importing.values import read_values
from guides.models import ProcedurePage
from guides.tables.assembling import assemble
from guides.tables.csv_files import decoded, escaped, unescaped
from guides.tables.grids import MOST_ROWS, Grid, NotATable
from guides.tables.names import Names
from guides.tables.sheets import sheets
from guides.tables.site import Site
from guides.tables.table import read_table, table_of
from tests.unit.export_world import made
from tests.unit.tables_world import (
    CODE,
    GUIDES,
    PAPERS,
    change,
    commune,
    exported,
    faults,
    guide,
    in_english,
    of,
    only,
    page,
    run,
    write,
)

__all__ = ["commune", "in_english"]

pytestmark = pytest.mark.django_db

CSV = f"Mã thủ tục;Tiêu đề;Kết quả\n{CODE};Đăng ký việc thờ cúng ở xã;Giấy xác nhận hộ nghèo\n"


def windows_1258(text: str) -> bytes:
    """As old Windows saves it: a letter with its own mark, then the tone as a character of its own."""
    found = []
    for letter in text:
        try:
            found.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            rest = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark != tone))
            found.append(rest.encode("cp1258") + tone.encode("cp1258"))
    return b"".join(found)


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode("utf-8"),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.encode("utf-16-le"),
        CSV.encode("utf-16-be"),
        windows_1258(CSV),
        unicodedata.normalize("NFD", CSV).encode(),
        CSV.replace(";", ",").encode(),
        CSV.replace(";", "\t").encode(),
        CSV.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "le", "be", "windows-1258", "decomposed", "commas", "tabs", "crlf"],
)
def test_a_csv_file_is_read_in_whatever_encoding_it_was_saved(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bang.csv"
    file.write_bytes(content)
    only(run(file))
    assert (page().title, page().result) == ("Đăng ký việc thờ cúng ở xã", "Giấy xác nhận hộ nghèo")


def test_text_in_no_encoding_we_know_is_refused() -> None:
    with pytest.raises(NotATable, match="neither UTF-8 nor UTF-16 nor Windows-1258"):
        decoded(b"M\x8a \x9d\x9e \xff\x81")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200))
def test_utf_16_without_a_mark_is_never_taken_for_nonsense(text: str) -> None:
    whole = CSV + unicodedata.normalize("NFC", text)
    assert decoded(whole.encode("utf-16-le")) == unicodedata.normalize("NFC", whole)


@given(st.text(max_size=50))
def test_what_csv_hides_from_spreadsheets_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "-", "@"))


def test_a_csv_file_with_an_open_quotation_mark_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bang.csv"
    file.write_text(CSV + f'{CODE};"Dở dang\n' * 2, encoding="utf-8")
    with pytest.raises(NotATable, match="from line"):
        run(file)


def test_cells_merged_downwards_hold_their_value_in_each_row(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.xlsx",
        GUIDES=[guide()],
        PAPERS=[of(Giấy_tờ="Phiếu", Ghi_chú="Ở quầy"), *(of(None, Giấy_tờ=f"Giấy {n}") for n in range(3))],
    )
    book = load_workbook(file)
    book[PAPERS].merge_cells("A2:A5")
    book[PAPERS].merge_cells("C2:C3")
    book.save(file)
    only(run(file))
    assert [paper.note for paper in page().papers.all()] == ["Ở quầy", "Ở quầy", "", ""]


def test_cells_merged_across_columns_are_named(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", GUIDES=[guide()], PAPERS=[of(Giấy_tờ="Phiếu", Ghi_chú="x")])
    book = load_workbook(file)
    book[PAPERS].merge_cells("B2:C2")
    book.save(file)
    reason = "is merged across columns; unmerge it"
    assert faults(run(file)) == {"sheet “Giấy tờ”, row 2, column B (Giấy tờ)": reason}


def test_formulas_and_errors_are_refused_where_they_stand_and_never_worked_out(tmp_path: Path) -> None:
    rows = [of(Giấy_tờ="=1+1"), of(Giấy_tờ="Phiếu", Ghi_chú="#REF!")]
    report = run(write(tmp_path / "a.xlsx", GUIDES=[guide(), guide("6.900901")], PAPERS=rows))
    assert faults(report) == {
        "sheet “Giấy tờ”, row 2, column B (Giấy tờ)": "holds a formula; put its value there instead",
        "sheet “Giấy tờ”, row 3, column C (Ghi chú)": "holds an error of Excel (#REF!)",
    }
    assert [found.code for found in ProcedurePage.objects.all()] == ["6.900901"]


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "+84 912", "-1", "@nhà", "'=1", "\t=1", "1e5", "007", "TRUE"]
)
@pytest.mark.parametrize("form", ["all.xlsx", "all.zip"])
def test_text_that_looks_like_a_formula_goes_out_and_comes_back_as_text(
    tmp_path: Path, form: str, text: str
) -> None:
    made({"title": "Mượn loa", "result": text}, CODE)
    before = read_values(page())
    file = exported(tmp_path / form)
    if form == "all.xlsx":
        book = load_workbook(file)
        cells = [cell for row in book[GUIDES].iter_rows(min_row=3) for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    else:
        with zipfile.ZipFile(file) as archive:
            table = csv.reader(io.StringIO(archive.read("thu-tuc.csv").decode("utf-8-sig")))
            assert not any(cell.startswith(("=", "+", "-", "@")) for row in table for cell in row)
    assert only(run(file)).changed == ()
    ProcedurePage.objects.all().first().delete()
    only(run(file))
    assert read_values(page()) == before


def test_characters_that_turn_text_around_are_left_out_and_said(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", GUIDES=[guide(**{"Kết quả": "Giấy \u202egnod fdp\u202c 👶"})])
    found = only(run(file))
    assert page().result == "Giấy gnod fdp 👶"
    assert [f.detail for f in found.findings] == ["sheet “Thủ tục”, row 2, column C (Kết quả)"]


def refused(file: Path) -> str:
    with pytest.raises(NotATable) as said:
        run(file)
    assert not ProcedurePage.objects.exists()
    return str(said.value)


def test_a_file_of_20_megabytes_is_refused(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.csv", "a.zip"):
        file = tmp_path / name
        with file.open("wb") as stream:
            stream.truncate(20 * 1024 * 1024)
        assert refused(file) == "The file is larger than 10 MB."


def bomb(file: Path, megabytes: int) -> Path:
    """A small workbook whose sheet would unfold to many megabytes."""
    write(file, GUIDES=[guide()])
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        part = archive.open("xl/worksheets/sheet9.xml", "w", force_zip64=True)
        for _ in range(megabytes):
            part.write(b" " * 1024 * 1024)
        part.close()
    return file


def test_a_zip_bomb_is_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    file = bomb(tmp_path / "a.xlsx", 300)
    assert file.stat().st_size < 1024 * 1024
    tracemalloc.start()
    assert refused(file) == "Unpacked, the file would take 300 MB; 60 at most."
    assert tracemalloc.get_traced_memory()[1] < 20 * 1024 * 1024
    tracemalloc.stop()


def test_a_zip_file_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("thu-tuc.csv", CSV + "\n" * 5_000_000)
    content = bytearray(file.read_bytes())
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = len(CSV.encode()).to_bytes(4, "little")
    file.write_bytes(content)
    assert refused(file) == "The file is damaged and cannot be unpacked."


def test_xml_with_definitions_of_its_own_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", GUIDES=[guide()])
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    head, _, body = sheet.rpartition("?>") if "?>" in sheet else ("", "", sheet)
    doctype = f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{laughs}]>'
    parts["xl/worksheets/sheet1.xml"] = f"{head}{'?>' if head else ''}{doctype}{body}".encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert refused(file) == "The file holds definitions that no spreadsheet writes, and is not opened."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "The file is damaged and cannot be unpacked."),
        ("a.xlsx", b"PK\x03\x04 half", "The file is damaged and cannot be unpacked."),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "An old Excel file (.xls) or one with a password."),
        ("a.csv", b"", "There is no sheet of the template in this file."),
        ("a.csv", b"a,b\n1,2\n", "There is no sheet of the template in this file."),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 5, "The file is neither UTF-8 nor UTF-16 nor Windows-1258"),
        ("thu-tuc.csv", "Tiêu đề\nKhai\n".encode(), "Sheet “thu-tuc” has no column “Mã thủ tục”."),
        ("a.zip", b"PK\x05\x06" + b"\0" * 18, "The zip file holds no CSV files."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert refused(file).startswith(sentence)


def test_another_kind_of_zip_file_is_no_workbook(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(file) == "The file is no Excel workbook (.xlsx)."


def test_every_broken_part_of_a_workbook_gives_a_sentence(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.xlsx", GUIDES=[guide()])
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for broken in parts:
        for content in (b"", b"<", parts[broken][: len(parts[broken]) // 2], b"<a/>"):
            file = tmp_path / "b.xlsx"
            with zipfile.ZipFile(file, "w") as archive:
                for name, body in parts.items():
                    archive.writestr(name, content if name == broken else body)
            with suppress(NotATable):
                read_table(file)


def test_a_sheet_with_too_many_rows_is_refused(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(GUIDES)
    sheet.append(["Mã thủ tục", "Tiêu đề"])
    for _ in range(MOST_ROWS):
        sheet.append([CODE, "x"])
    book.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx") == f"Sheet “Thủ tục” has more than {MOST_ROWS} rows."


def test_two_sheets_of_the_same_kind_are_refused(tmp_path: Path) -> None:
    for name in ("giay-to.csv", "giay-to (1).csv"):
        (tmp_path / name).write_text("Mã thủ tục,Giấy tờ\n1.001193,Đơn\n", encoding="utf-8")
    assert refused(tmp_path) == "Two sheets hold “Giấy tờ”. Keep one of them."


def test_a_guide_that_stands_twice_is_refused_with_both_rows(tmp_path: Path) -> None:
    report = run(write(tmp_path / "a.xlsx", GUIDES=[guide(), guide()]))
    reason = "6.900900 stands in row 2 already"
    assert faults(report) == {"sheet “Thủ tục”, row 3, column A (Mã thủ tục)": reason}


def test_a_forged_base_changes_nothing_it_could_not_change_otherwise(tmp_path: Path) -> None:
    """Whoever edits the hidden sheet only makes fields look changed by a colleague."""
    made({"title": "Mượn loa", "result": "Loa"}, CODE)
    file = exported(tmp_path / "a.xlsx")
    change(file, GUIDES, 3, "Kết quả", "Đài")
    book = load_workbook(file)
    for row in book["Gốc"].iter_rows(min_row=2, min_col=2):
        for cell in row:
            cell.value = "0:0"
    book.save(file)
    assert "result" in only(run(file)).differs
    assert page().result == "Loa"


NUMBERS = st.integers(-10, 10**12) | st.floats() | st.sampled_from([float("inf"), float("nan"), 9.9])
ANYTHING = st.none() | NUMBERS | st.booleans() | st.dates() | st.times() | st.text(max_size=30)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(st.integers(0, 40), ANYTHING), max_size=12))
def test_whatever_stands_in_the_cells_nothing_breaks(tmp_path: Path, cells: list[tuple[int, Any]]) -> None:
    names, site = Names(), Site()
    for sheet in sheets().values():
        row: list[Any] = [CODE, *[None] * 40]
        for place, value in cells:
            row[place] = value
        grid = Grid(sheet.title, {1: [heading.label for heading in sheet.headings], 2: row})
        found = assemble(table_of([grid]), tmp_path, names, site)
        assert all(incoming.origin is Origin.TABLE for incoming in found.guides)
        assert all(remark.reason for held in found.held for remark in held.remarks)
