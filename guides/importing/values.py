"""A guide as values: what an import can set, read from a page and written to it.

Rows are compared as whole lists: an editor who touched one step has touched the steps. Every column an editor can
change in a row is read, so that a cut-off hour added to an imported term counts as a touch.
"""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from guides.importing.legal import NamedLaw
from guides.models import Channel, LegalBasis, LegalDocument, Paper, ProcedurePage, Step, Term
from guides.models.rows import Row

PLAIN = (
    *("title", "official_name", "official_uuid", "official_url", "field", "audience", "who_may_apply"),
    *("where_note", "online_level", "result", "requirements", "source_name", "source_url"),
)
ROWS: dict[str, tuple[type[Row], tuple[str, ...]]] = {
    "channels": (Channel, ("method", "note")),
    "terms": (
        Term,
        (
            *("channel", "situation", "time_value", "time_unit", "cut_off", "time_note"),
            *("fee_state", "fee_amount", "fee_note", "exemptions"),
        ),
    ),
    "papers": (
        Paper,
        ("name", "kind", "originals", "copies", "only_if", "note", "situations", "form_file"),
    ),
    "steps": (Step, ("channel", "situation", "text")),
    "legal_basis": (LegalBasis, ("number", "note")),
}
_COLUMNS = {"form_file": "form_file_id", "number": "document_id"}


def read_values(page: ProcedurePage) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(page, name) for name in PLAIN}
    values["audience"] = list(page.audience)
    values["source_date"] = page.source_date.isoformat() if page.source_date else None
    for name, (_model, columns) in ROWS.items():
        values[name] = [_read_row(row, columns) for row in getattr(page, name).all()]
    _name_documents(values["legal_basis"])
    return values


def write_values(page: ProcedurePage, values: dict[str, Any], laws: dict[str, NamedLaw]) -> None:
    """Set the given fields of a page in memory; saves nothing but legal documents that are not known yet."""
    for name, value in values.items():
        if name in ROWS:
            _write_rows(page, name, value, laws)
        elif name == "source_date":
            page.source_date = date.fromisoformat(value) if value else None
        else:
            setattr(page, name, value)


def _read_row(row: Row, columns: Iterable[str]) -> dict[str, Any]:
    found = {column: getattr(row, _COLUMNS.get(column, column)) for column in columns}
    return {
        column: value.isoformat() if isinstance(value, time) else value for column, value in found.items()
    }


def _name_documents(rows: list[dict[str, Any]]) -> None:
    documents = LegalDocument.objects.in_bulk([row["number"] for row in rows])
    for row in rows:
        document = documents.get(row["number"])
        row["number"] = document.number if document else ""


def _write_rows(
    page: ProcedurePage, name: str, rows: list[dict[str, Any]], laws: dict[str, NamedLaw]
) -> None:
    """Rows that are already there are changed in place: they keep the key that ties them to translations."""
    model, _columns = ROWS[name]
    if name == "legal_basis":
        documents = _documents(rows, laws)
        rows = [{"document": documents[row["number"]], "note": row["note"]} for row in rows]
    kept = list(getattr(page, name).all())[: len(rows)]
    kept += [model(locale_id=page.locale_id) for _row in rows[len(kept) :]]
    for order, (row, columns) in enumerate(zip(kept, rows, strict=True)):
        row.sort_order = order
        for column, value in columns.items():
            setattr(row, _COLUMNS.get(column, column), value)
    setattr(page, name, kept)


def _documents(rows: list[dict[str, Any]], laws: dict[str, NamedLaw]) -> dict[str, LegalDocument]:
    """By number. A document that is there stays as its editor left it."""
    numbers = [row["number"] for row in rows]
    known = {document.number: document for document in LegalDocument.objects.filter(number__in=numbers)}
    for number in numbers:
        if number not in known:
            law = laws[number]
            known[number] = LegalDocument.objects.create(number=number, kind=law.kind, title=law.title)
    return known
