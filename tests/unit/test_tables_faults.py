"""What is wrong in a table is said with its sheet, row and column; what is right comes in all the same."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from guides.importing.storing import Outcome
from guides.models import LegalDocument, ProcedurePage
from tests.unit.tables_world import (
    CODE,
    GUIDES,
    PAPERS,
    TERMS,
    commune,
    faults,
    guide,
    in_english,
    of,
    only,
    run,
    write,
)

__all__ = ["commune", "in_english"]

pytestmark = pytest.mark.django_db


BAD_CELLS = [
    ("GUIDES", guide(**{"Đúng từ ngày": "31/02/2030"}), "“31/02/2030” is no day; write it like 31/12/2027"),
    ("GUIDES", guide(**{"Đúng từ ngày": date(9999, 1, 1)}), "the year 9999 is not between 1900 and 2199"),
    ("GUIDES", guide(**{"Tiêu đề": "Dài " * 100}), "has 399 characters, 255 at most"),
    ("GUIDES", guide(**{"Tiêu đề": None, "Kết quả": "x"}), "is missing"),
    ("GUIDES", guide(**{"Bộ phận": "Phòng Khác"}), "“Phòng Khác” is not in this commune. There are: "),
    ("GUIDES", guide(**{"Cán bộ phụ trách": "Không ai"}), "“Không ai” is not in this commune. There are: "),
    ("GUIDES", guide(**{"Qua mạng?": "Có lẽ"}), "“Có lẽ” is none of: Làm trọn qua mạng; "),
    ("GUIDES", guide(**{"Địa chỉ nguồn": "cổng quốc gia"}), "is no web address"),
    ("GUIDES", guide(**{"Không cần giấy tờ": "chắc thế"}), "“chắc thế” is neither Có nor Không"),
    ("GUIDES", guide("1.00119"), "“1.00119” is no procedure code like 1.001193"),
    ("TERMS", of(Giờ_chốt="25:00"), "“25:00” is no hour of the day; write it like 15:00"),
    ("TERMS", of(Thời_hạn="vài"), "“vài” is not a whole number"),
    ("TERMS", of(Thời_hạn=2.5), "is not a whole number"),
    ("TERMS", of(Thời_hạn=-1), "is not between 0 and 2000000000"),
    ("TERMS", of(Lệ_phí="Một số tiền"), "Write the amount, or choose another kind of fee."),
    ("TERMS", of(Trường_hợp="Không có", Thời_hạn=1), "No situation has the key “Không có”. Keys of this guide: –."),
    ("PAPERS", of(Giấy_tờ=None, Ghi_chú="x"), "is missing"),
    ("PAPERS", of(Giấy_tờ="x") | {"Mẫu để điền": "Đơn"}, "The library has no document “Đơn”. Put it there first."),
    ("PAPERS", of(Giấy_tờ="x") | {"Số bản chính": 5000}, "is not between 0 and 1000"),
    ("PAPERS", of(None, Giấy_tờ="x"), "is missing: whose line is this?"),
    ("PAPERS", of("6.999999", Giấy_tờ="x"), "There is no guide 6.999999, neither on the first sheet nor on the site."),
    ("LAW", of(Văn_bản="luật đất đai"), "“luật đất đai” is no document the site knows."),
    ("DOCUMENTS", {"Số hiệu": "1/2030/NĐ-CP", "Ngày": "hôm qua"}, "“hôm qua” is no day"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "row", "reason"), BAD_CELLS, ids=[row[2][:40] for row in BAD_CELLS])
def test_a_cell_that_is_wrong_is_named_with_sheet_row_and_column(
    tmp_path: Path, sheet: str, row: dict[str, Any], reason: str
) -> None:
    rows: dict[str, list[dict[str, Any]]] = {"GUIDES": [guide("6.900901")]}
    rows.setdefault(sheet, []).append(row)
    if sheet != "GUIDES":
        rows["GUIDES"].append(guide())
    report = run(write(tmp_path / "a.xlsx", **rows))
    ((place, found),) = faults(report).items()
    assert found.startswith(reason)
    title = {"GUIDES": GUIDES, "PAPERS": PAPERS, "TERMS": TERMS}.get(sheet, "")
    number = 3 if sheet == "GUIDES" else 2
    assert place.startswith(f"sheet “{title}")
    assert f"row {number}" in place


def test_the_guides_without_a_fault_come_in_and_the_command_fails(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", GUIDES=[guide(), guide("6.900901", **{"Tiêu đề": ""})])
    out = StringIO()
    with pytest.raises(CommandError, match="1 guides were not imported") as stopped:
        call_command("import_procedures", str(file), stdout=out)
    assert stopped.value.returncode == 1
    assert "a.xlsx, 6.900901, sheet “Thủ tục”, row 3, column B (Tiêu đề): is missing" in out.getvalue()
    assert [found.code for found in ProcedurePage.objects.all()] == [CODE]


def test_a_line_without_a_code_holds_back_the_guide_above_it(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.xlsx",
        GUIDES=[guide(), guide("6.900901")],
        PAPERS=[of(Giấy_tờ="Phiếu"), of(None, Giấy_tờ="Căn cước"), of("6.900901", Giấy_tờ="Đơn")],
    )
    report = run(file)
    assert [refusal.guide for refusal in report.refusals] == [CODE]
    assert [found.code for found in ProcedurePage.objects.all()] == ["6.900901"]


def test_a_document_with_a_fault_holds_back_every_guide_that_cites_it(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.xlsx",
        GUIDES=[guide(), guide("6.900901"), guide("6.900902")],
        LAW=[of(Văn_bản="1/2030/NĐ-CP"), of("6.900901", Văn_bản="1/2030/NĐ-CP")],
        DOCUMENTS=[{"Số hiệu": "1/2030/NĐ-CP", "Ngày": "mai"}],
    )
    report = run(file)
    assert {refusal.guide for refusal in report.refusals} == {CODE, "6.900901"}
    assert not LegalDocument.objects.exists()


def test_a_column_or_sheet_nobody_knows_is_said_and_not_read(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", GUIDES=[guide(**{"Ghi chú của tôi": "x"})])
    book = load_workbook(file)
    book.create_sheet("Nháp").append(["gì đó"])
    book.save(file)
    report = run(file)
    assert only(report).outcome is Outcome.NEW
    assert [place for place, _reason in report.remarks] == [
        "sheet “Thủ tục”, row 1, column C (Ghi chú của tôi)",
        "sheet “Nháp”",
    ]
