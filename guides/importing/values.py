"""A guide as values: what an import can set, read from a page and written to it.

Values are what JSON can hold. Rows are compared as whole lists: an editor who touched one step has touched the
steps. Text is read in its one spelling with its lines as "\\n", whatever a browser sent, so that an editor who
saves a form unchanged has touched nothing.
"""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from wagtail.documents.models import Document
from wagtail.utils.file import hash_filelike

from guides.importing.fields import clean_lines
from guides.importing.legal_documents import NamedLaw, documents_by_number
from guides.importing.shape import Column, Kind, RowKind, empty_values, page_columns, row_kinds
from guides.models import ProcedurePage
from guides.models.rows import Row

Values = dict[str, Any]


def read_values(page: ProcedurePage) -> Values:
    values: Values = {column.name: read_column(page, column) for column in page_columns()}
    for name, kind in row_kinds().items():
        values[name] = [_read_row(row, kind) for row in _rows(page, kind)]
    return values


def filled(values: Values) -> Values:
    """The same with every column of each row: values kept long ago or brought by a table may lack some."""
    defaults = {name: {c.name: c.empty for c in kind.columns} for name, kind in row_kinds().items()}
    return {
        name: [{**defaults[name], **row} for row in value] if name in defaults else value
        for name, value in values.items()
        if name in empty_values()
    }


def write_values(page: ProcedurePage, values: Values, laws: dict[str, NamedLaw]) -> None:
    """Set the given fields of a page in memory; saves nothing but legal documents that are not known yet."""
    for column in page_columns():
        if column.name in values:
            write_column(page, column, values[column.name])
    for name, kind in row_kinds().items():
        if name in values:
            setattr(page, name, _written_rows(page, kind, values[name], laws))


def _rows(page: ProcedurePage, kind: RowKind) -> list[Row]:
    """With the legal documents they name, in one statement."""
    rows = list(getattr(page, kind.name).all())
    for column in kind.columns:
        if column.kind is Kind.LAW:
            _fetch(rows, column)
    return rows


def _fetch(rows: list[Row], column: Column) -> None:
    found = column.related.objects.in_bulk({getattr(row, column.field.attname) for row in rows})
    for row in rows:
        linked = found.get(getattr(row, column.field.attname))
        if linked is not None:
            setattr(row, column.field.name, linked)


def _read_row(row: Row, kind: RowKind) -> Values:
    return {column.name: read_column(row, column) for column in kind.columns}


def read_column(holder: Any, column: Column) -> Any:
    if column.kind is Kind.KEYS:
        return sorted(thing.key for thing in getattr(holder, column.field.name).all())
    value = getattr(holder, column.field.name)
    match column.kind:
        case Kind.TEXT:
            return clean_lines(value or "")
        case Kind.DAY | Kind.HOUR:
            return value.isoformat() if value else None
        case Kind.CHOICES:
            return list(value)
        case Kind.KEY:
            return value.key if value else ""
        case Kind.LAW:
            return value.number if value else ""
        case Kind.FORM:
            return fingerprint_of(value) or None if value else None
    return value


def fingerprint_of(form: Document) -> str:
    """SHA-1 of a form's file; empty when the file is gone."""
    if form.file_hash:
        return str(form.file_hash)
    try:
        with form.open_file() as file:
            return str(hash_filelike(file))
    except OSError:
        return ""


def write_column(holder: Any, column: Column, value: Any) -> None:
    name = column.field.name
    match column.kind:
        case Kind.DAY:
            setattr(holder, name, date.fromisoformat(value) if value else None)
        case Kind.HOUR:
            setattr(holder, name, time.fromisoformat(value) if value else None)
        case Kind.KEY:
            setattr(holder, name, column.related.objects.filter(key=value).first() if value else None)
        case Kind.KEYS:
            setattr(holder, name, list(column.related.objects.filter(key__in=value)))
        case Kind.FORM:
            setattr(holder, name, Document.objects.filter(file_hash=value).first() if value else None)
        case Kind.TEXT | Kind.NUMBER | Kind.YES_NO | Kind.CHOICES:
            setattr(holder, name, value)


def _written_rows(
    page: ProcedurePage, kind: RowKind, wanted: list[Values], laws: dict[str, NamedLaw]
) -> list[Row]:
    rows = _kept_or_new(page, kind, wanted)
    documents = documents_by_number([value["number"] for value in wanted if "number" in value], laws)
    for order, (row, value) in enumerate(zip(rows, wanted, strict=True)):
        row.sort_order = order
        for column in kind.columns:
            if column.name not in value:
                continue
            if column.kind is Kind.LAW:
                setattr(row, column.field.name, documents[value[column.name]])
            else:
                write_column(row, column, value[column.name])
    return rows


def _kept_or_new(page: ProcedurePage, kind: RowKind, wanted: list[Values]) -> list[Row]:
    """Rows that are already there are changed in place: they keep the key that ties them to translations.

    A row of the same key or of the same words stays itself wherever it moved; the others follow in order.
    """
    there = list(getattr(page, kind.name).all())
    as_read = [(_read_row(row, kind), row) for row in there]
    chosen: list[Row | None] = [None] * len(wanted)
    for is_same in (_same_key, _same_words):
        for place, value in enumerate(wanted):
            found = next(
                (pair for pair in as_read if chosen[place] is None and is_same(pair[0], value)), None
            )
            if found:
                chosen[place] = found[1]
                as_read.remove(found)
    rest: Iterable[Row] = iter([row for _values, row in as_read])
    return [row or next(iter(rest), None) or kind.model(locale_id=page.locale_id) for row in chosen]


def _same_key(there: Values, wanted: Values) -> bool:
    return bool(there["key"]) and there["key"] == wanted.get("key")


def _same_words(there: Values, wanted: Values) -> bool:
    return all(there[name] == value for name, value in wanted.items())
