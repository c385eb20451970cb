"""Exporting every guide, emptying the site, importing again: what the tests of exports share."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wagtail.documents.models import Document
from wagtail.models import Page

from guides.importing.exporting import guide_document, guides_to_export, write_record
from guides.importing.legal_documents import NamedLaw
from guides.importing.report import Report
from guides.importing.run import Orders, run_import
from guides.importing.values import Values, write_values
from guides.importing.whole_export import as_last_saved
from guides.models import ImportedRecord, LegalDocument, ProcedurePage

NOW = datetime(2031, 4, 2, 3, 0, tzinfo=UTC)
LAWS = [
    NamedLaw("1/2030/NĐ-CP", "Nghị định", "Việc một", "2030-01-02", "Chính phủ", "https://vanban.example/1"),
    NamedLaw("2/2029/NĐ-CP", "Nghị định", "", in_force_to="2029-12-31", replaced_by="1/2030/NĐ-CP"),
    NamedLaw("3/2020/QH14", "Luật", "Luật cũ", replaced_by="2/2029/NĐ-CP"),
]


def run(path: Path) -> Report:
    return run_import(path, Orders(), NOW, lambda records, _total: records)


def export(folder: Path) -> dict[str, Any]:
    """Writes every guide; what each holds, by its code."""
    pages = list(guides_to_export())
    for page in pages:
        write_record(folder, page)
    return held(pages)


def held(pages: list[ProcedurePage]) -> dict[str, Any]:
    return {page.code or page.slug: everything(page) for page in pages}


def everything(page: ProcedurePage) -> dict[str, Any]:
    """Rows, address, legal documents and translations; ties between rows of languages as places."""
    document = guide_document(page)["gan_dan"]
    document["forms"] = [
        {"sha1": form["sha1"], "title": form["title"]} for form in document["forms"]
    ]  # the library may have to name a file anew
    for name in ("documents", "forms"):
        document[name] = sorted(document[name], key=lambda row: sorted(row.values(), key=str))
    return document


def empty_the_site() -> None:
    """Guides, what imports remember, legal documents and forms go; the people and places of the commune stay."""
    ImportedRecord.objects.all().delete()
    for page in ProcedurePage.objects.all():
        Page.objects.get(pk=page.pk).delete()
    LegalDocument.objects.all().delete()
    Document.objects.all().delete()


def every_guide() -> dict[str, Any]:
    pages = ProcedurePage.objects.filter(locale__language_code="vi")
    return held([as_last_saved(page) for page in pages])


def made(values: Values, code: str) -> ProcedurePage:
    parent = Page.objects.get(slug="thu-tuc", locale__language_code="vi")
    page = ProcedurePage(code=code, locale_id=parent.locale_id, live=False)
    write_values(page, values, {law.number: law for law in LAWS})
    parent.add_child(instance=page)
    page.save_revision()
    return as_last_saved(page)
