"""Guides come in from tables that clerks filled in, and go out into tables that come back unchanged."""

from datetime import date, time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from wagtail.documents.models import Document
from wagtail.models import Revision

from guides.importing.shape import page_columns, row_kinds
from guides.importing.storing import Outcome
from guides.importing.values import read_values
from guides.models import ImportedRecord, LegalDocument, ProcedurePage
from guides.tables.grids import NotATable
from guides.tables.sheets import sheets
from home.models import Official, Unit
from tests.unit.export_world import LAWS, made
from tests.unit.tables_world import (
    CODE,
    GUIDES,
    PAPERS,
    TERMS,
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


WHOLE: dict[str, Any] = {
    "title": "Mượn loa kéo",
    "summary": "=Mượn một buổi",
    "unit": "mot-cua",
    "official": "lan",
    "places": ["nha-van-hoa-bai", "trung-tam"],
    "life_events": ["moving", "business"],
    "audience": ["citizen"],
    "no_papers": False,
    "checked_on": "2031-01-05",
    "valid_to": "2032-12-31",
    "priority": 2,
    "also_called": "mượn loa\n- mượn đài",
    "situations": [
        {"key": "thon", "label": "Thôn mượn", "note": "", "icon": "house"},
        {"key": "nha", "label": "Nhà có việc, đám", "note": "Báo trước.", "icon": "person"},
    ],
    "channels": [
        {"key": "", "method": "counter", "note": ""},
        {"key": "", "method": "phone", "note": "Gọi."},
    ],
    "terms": [
        {
            **{"key": "", "channel": "", "situation": "", "time_value": 0, "time_unit": "hour"},
            **{"cut_off": "15:30:00", "time_note": "", "fee_state": "free", "fee_amount": None},
            **{"fee_note": "", "exemptions": ""},
        },
        {
            **{
                "key": "",
                "channel": "phone",
                "situation": "nha",
                "time_value": 2,
                "time_unit": "working_day",
            },
            **{"cut_off": None, "time_note": "Gọi trước", "fee_state": "amount", "fee_amount": 12_000},
            **{"fee_note": "Mỗi buổi", "exemptions": "Hộ nghèo"},
        },
    ],
    "papers": [
        {
            **{
                "key": "phieu",
                "name": "- Phiếu mượn\n+ có chữ ký",
                "kind": "submit",
                "originals": 1,
                "copies": 2,
            },
            **{"form_file": None, "only_if": "@nhà ở xa", "note": "", "situations": "thon,nha"},
            "ways": ["counter", "phone"],
        }
    ],
    "steps": [{"key": "", "channel": "counter", "situation": "thon", "text": "Đến quầy 2."}],
    "rejections": [{"key": "", "reason": "Thiếu chữ ký", "how_to_avoid": "Ký trước khi đi"}],
    "legal_basis": [{"key": "", "number": "3/2020/QH14", "note": "Điều 5"}],
}


def test_every_column_of_a_guide_has_one_heading_and_no_two_are_alike() -> None:
    for name, sheet in sheets().items():
        labels = [heading.label for heading in sheet.headings]
        assert len(labels) == len(set(labels)), name
        assert len(sheet.title) <= 31
    columns = {heading.name for heading in sheets()["guides"].headings}
    assert {column.name for column in page_columns()} <= columns
    for name, kind in row_kinds().items():
        assert {c.name for c in kind.columns} <= {heading.name for heading in sheets()[name].headings}


@pytest.mark.parametrize("form", ["all.xlsx", "all.zip", "all"])
def test_a_table_of_guides_is_read_back_unchanged(tmp_path: Path, form: str) -> None:
    made(WHOLE, CODE)
    before, revisions = read_values(page()), Revision.objects.count()
    assert {name: before[name] for name in WHOLE} == WHOLE
    file = exported(tmp_path / form)
    done = only(run(file))
    assert (done.outcome, done.changed, done.differs) == (Outcome.UNCHANGED, (), ())
    assert Revision.objects.count() == revisions


@pytest.mark.parametrize("form", ["all.xlsx", "all.zip", "all"])
def test_a_table_of_guides_makes_the_same_guides_elsewhere(tmp_path: Path, form: str) -> None:
    made(WHOLE, CODE)
    before = read_values(page())
    file = exported(tmp_path / form)
    ProcedurePage.objects.all().first().delete()
    LegalDocument.objects.all().delete()
    assert only(run(file)).outcome is Outcome.NEW
    assert read_values(page()) == before
    old = LegalDocument.objects.get(number="3/2020/QH14")
    assert (old.title, old.replaced_by.number) == (LAWS[2].title, LAWS[1].number)
    assert old.replaced_by.replaced_by.date == date(2030, 1, 2)


def test_a_filled_in_template_becomes_a_draft(tmp_path: Path) -> None:
    file = write(
        tmp_path / "bang.xlsx",
        GUIDES=[
            guide(
                **{"Bộ phận": "đơn vị mot-cua", "Ngày kiểm tra": "5/1/2031"},
                **{"Dành cho": "công dân việt nam; Người nước ngoài"},
            )
        ],
        SITUATIONS=[of(Trường_hợp="Nhà có việc")],
        TERMS=[
            of(Thời_hạn="2", Giờ_chốt="15h30", Lệ_phí="Một số tiền") | {"Số tiền bằng đồng": "12.000 đ"},
            of(Trường_hợp="nhà có việc", Lệ_phí="không thu phí"),
        ],
        PAPERS=[
            of(Giấy_tờ="Phiếu mượn") | {"Các trường hợp": "Nhà có việc"},
            of(Giấy_tờ="Căn cước") | {"Việc cần làm": "cho xem"},
        ],
        LAW=[of(Văn_bản="12/2031/nd-cp", Điều="Điều 3")],
    )
    assert only(run(file)).outcome is Outcome.NEW
    found = page()
    assert not ProcedurePage.objects.get().live
    assert (found.slug, found.unit.key, found.checked_on) == (
        "muon-loa-keo-6-900900",
        "mot-cua",
        date(2031, 1, 5),
    )
    assert found.audience == ["citizen", "foreigner"]
    general, own = found.terms.all()
    assert (general.time_value, general.time_unit, general.cut_off) == (2, "working_day", time(15, 30))
    assert (general.fee_state, general.fee_amount) == ("amount", 12_000)
    assert (own.situation, own.fee_state, own.time_value) == ("nha-co-viec", "free", None)
    assert [(p.kind, p.originals, p.situations) for p in found.papers.all()] == [
        ("submit", 1, "nha-co-viec"),
        ("show", 1, ""),
    ]
    assert found.legal_basis.get().document.kind == "Nghị định"
    assert found.legal_basis.get().document.number == "12/2031/NĐ-CP"


def test_a_second_run_changes_nothing_and_a_third_only_what_was_changed(tmp_path: Path) -> None:
    rows = {"GUIDES": [guide()], "PAPERS": [of(Giấy_tờ="Phiếu"), of(Giấy_tờ="Căn cước")]}
    file = write(tmp_path / "a.xlsx", **rows)
    run(file)
    kept = page().papers.all()[1].pk
    assert only(run(file)).outcome is Outcome.UNCHANGED
    rows["PAPERS"].insert(0, of(Giấy_tờ="Đơn"))
    assert only(run(write(file, **rows))).changed == ("papers",)
    assert [paper.name for paper in page().papers.all()] == ["Đơn", "Phiếu", "Căn cước"]
    assert page().papers.all()[2].pk == kept


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", GUIDES=[guide()], LAW=[of(Văn_bản="12/2031/NĐ-CP")])
    assert only(run(file, write=False)).outcome is Outcome.NEW
    assert not ProcedurePage.objects.exists()
    assert not ImportedRecord.objects.exists()
    assert not LegalDocument.objects.exists()


def test_one_cell_of_an_exported_table_changes_one_field_of_a_guide_made_by_hand(tmp_path: Path) -> None:
    made(WHOLE, CODE)
    file = exported(tmp_path / "all.xlsx")
    change(file, GUIDES, 3, "Kết quả", "Cái loa")
    change(file, TERMS, 4, "Số tiền bằng đồng", 15000)
    done = only(run(file))
    assert (done.outcome, set(done.changed)) == (Outcome.UPDATED, {"result", "terms"})
    assert page().result == "Cái loa"
    assert page().terms.all()[1].fee_amount == 15000
    assert only(run(file)).outcome is Outcome.UNCHANGED
    change(file, GUIDES, 3, "Kết quả", "Cái loa kéo")
    assert only(run(file)).changed == ("result",)


def test_what_a_colleague_changed_after_the_export_stays_and_is_listed(tmp_path: Path) -> None:
    made(WHOLE, CODE)
    file = exported(tmp_path / "all.xlsx")
    theirs = page()
    theirs.result = "Lời của đồng nghiệp"
    theirs.save_revision()
    change(file, GUIDES, 3, "Kết quả", "Cái loa")
    change(file, GUIDES, 3, "Tóm tắt", "Mượn cả ngày")
    done = only(run(file))
    assert (done.changed, done.differs) == (("summary",), ("result",))
    assert (page().result, page().summary) == ("Lời của đồng nghiệp", "Mượn cả ngày")


def test_a_locked_guide_is_left(tmp_path: Path) -> None:
    made(WHOLE, CODE)
    file = exported(tmp_path / "all.xlsx")
    ProcedurePage.objects.update(locked=True)
    change(file, GUIDES, 3, "Kết quả", "Cái loa")
    assert only(run(file)).differs == ("result",)


def test_a_table_that_was_not_exported_leaves_a_guide_made_by_hand(tmp_path: Path) -> None:
    made(WHOLE, CODE)
    assert only(run(write(tmp_path / "a.xlsx", GUIDES=[guide()]))).outcome is Outcome.BY_HAND


def test_an_official_record_does_not_overwrite_what_a_table_brought(tmp_path: Path) -> None:
    records = Path(__file__).parents[1] / "data" / "procedures"
    run(write(tmp_path / "a.xlsx", GUIDES=[guide("6.900001", **{"Kết quả": "Cái loa"})]))
    out = StringIO()
    call_command("import_procedures", str(records / "6.900001.json"), stdout=out)
    assert "made by hand" in out.getvalue()
    assert page("6.900001").result == "Cái loa"


def test_rows_taken_out_of_an_exported_table_are_taken_out_of_the_guide(tmp_path: Path) -> None:
    made(WHOLE, CODE)
    file = exported(tmp_path / "all.xlsx")
    book = load_workbook(file)
    book[PAPERS].delete_rows(3)
    book.save(file)
    assert only(run(file)).changed == ("papers",)
    assert not page().papers.exists()


def test_a_column_taken_out_of_an_exported_table_empties_nothing(tmp_path: Path) -> None:
    made(WHOLE, CODE)
    file = exported(tmp_path / "all.xlsx")
    book = load_workbook(file)
    book[PAPERS].delete_cols(7)
    book[GUIDES].delete_cols(4)
    book.save(file)
    assert faults(run(file)) == {"sheet “Giấy tờ”": "The column “Chỉ khi” is gone."}
    assert page().papers.get().only_if == "@nhà ở xa"


def test_a_single_csv_file_of_papers_changes_only_the_papers(tmp_path: Path) -> None:
    run(
        write(
            tmp_path / "a.xlsx",
            GUIDES=[guide(**{"Kết quả": "Loa"})],
            SITUATIONS=[of(Trường_hợp="Nhà có việc")],
        )
    )
    file = tmp_path / "giay-to.csv"
    file.write_text(f"Mã thủ tục;Giấy tờ;Các trường hợp\n{CODE};Phiếu;nha-co-viec\n", encoding="utf-8-sig")
    assert only(run(file)).changed == ("papers",)
    assert (page().papers.get().situations, page().result) == ("nha-co-viec", "Loa")


def test_a_guide_with_27_situations_and_33_papers_comes_in(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.xlsx",
        GUIDES=[guide()],
        SITUATIONS=[of(Trường_hợp=f"Trường hợp {n}") for n in range(27)],
        PAPERS=[of(Giấy_tờ=f"Giấy {n}") | {"Các trường hợp": f"Trường hợp {n % 27}"} for n in range(33)],
    )
    only(run(file))
    assert (page().situations.count(), page().papers.count()) == (27, 33)
    assert page().papers.all()[28].situations == "truong-hop-1"


def test_a_guide_without_a_code_is_known_by_a_word(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", GUIDES=[guide("muon-loa")], PAPERS=[of("muon-loa", Giấy_tờ="Phiếu")])
    assert only(run(file)).code == "muon-loa"
    assert only(run(file)).outcome is Outcome.UNCHANGED
    found = ProcedurePage.objects.get()
    assert (found.code, found.slug) == ("", "muon-loa")


def test_a_code_that_excel_took_for_a_number_is_the_same_code(tmp_path: Path) -> None:
    run(write(tmp_path / "a.xlsx", GUIDES=[{"Mã thủ tục": 1.00422, "Tiêu đề": "Khai"}]))
    assert ProcedurePage.objects.get().code == "1.004220"


def test_a_form_is_named_by_its_title_in_the_library(tmp_path: Path) -> None:
    form = Document.objects.create(title="Phiếu mượn", file=ContentFile(b"x", name="phieu.pdf"))
    rows = {"GUIDES": [guide()], "PAPERS": [of(Giấy_tờ="Phiếu") | {"Mẫu để điền": "phiếu mượn"}]}
    form.get_file_hash()
    only(run(write(tmp_path / "a.xlsx", **rows)))
    assert page().papers.get().form_file == form
    assert only(run(exported(tmp_path / "b.xlsx"))).outcome is Outcome.UNCHANGED


def test_the_blank_template_explains_itself_and_holds_no_guide(tmp_path: Path) -> None:
    file = tmp_path / "mau.xlsx"
    call_command("export_procedures", str(file), "--blank", stdout=StringIO())
    book = load_workbook(file)
    assert book.sheetnames[:2] == ["Đọc trước", "Thủ tục"]
    assert book["Giấy tờ"]["A2"].value.startswith("Giải thích: ")
    lists = {str(v.sqref): v.formula1 for v in book["Giấy tờ"].data_validations.dataValidation}
    column = lists["C3:C20000"].split("!$")[1][0]
    assert [cell.value for cell in book["Danh mục"][column]][:3] == ["Nộp", "Cho xem", "Khỏi cần"]
    assert book["Danh mục"].sheet_state == "hidden"
    with pytest.raises(NotATable, match="names no guide yet"):
        run(file)


def test_a_template_that_was_filled_in_below_its_explanations_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mau.xlsx"
    call_command("export_procedures", str(file), "--blank", stdout=StringIO())
    change(file, GUIDES, 3, "Mã thủ tục", CODE)
    change(file, GUIDES, 3, "Tiêu đề", "Mượn loa")
    assert only(run(file)).title == "Mượn loa"


def test_tables_go_out_by_the_ending_of_the_path(tmp_path: Path) -> None:
    made(WHOLE, CODE)
    for path in ("all.xlsx", "all.zip"):
        call_command("export_procedures", str(tmp_path / path), stdout=StringIO())
        assert (tmp_path / path).read_bytes()[:2] == b"PK"
    call_command("export_procedures", str(tmp_path / "csv"), "--csv", stdout=StringIO())
    names = {file.name for file in (tmp_path / "csv").iterdir()}
    assert {"thu-tuc.csv", "giay-to.csv", "goc.csv"} <= names
    assert (tmp_path / "csv" / "giay-to.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(CommandError, match="A template is a table"):
        call_command("export_procedures", str(tmp_path / "x"), "--blank")


def test_people_of_the_same_name_are_told_apart_by_key(tmp_path: Path) -> None:
    unit = Unit.objects.get(key="mot-cua")
    Official.objects.create(key="lan-2", name="Nguyễn Thị Lan", title="Khác", unit=unit)
    report = run(write(tmp_path / "a.xlsx", GUIDES=[guide(**{"Cán bộ phụ trách": "Nguyễn Thị Lan"})]))
    (reason,) = faults(report).values()
    assert reason == "“Nguyễn Thị Lan” may be one of several; write the key: lan, lan-2"
    only(run(write(tmp_path / "a.xlsx", GUIDES=[guide(**{"Cán bộ phụ trách": "lan-2"})])))
    assert page().official.key == "lan-2"
    assert only(run(exported(tmp_path / "b.xlsx"))).outcome is Outcome.UNCHANGED
