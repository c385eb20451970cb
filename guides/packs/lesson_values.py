"""A lesson as values that JSON can hold, read from a page and written to it. Rows are compared as whole lists."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from wagtail.documents.models import Document
from wagtail.images import get_image_model

from guides.importing.values import fingerprint_of as document_fingerprint
from guides.importing.values import read_column, write_column
from guides.packs.columns import Cell, Link, Rows, shape_of
from guides.packs.naming import name_of, names_of, page_named
from guides.packs.pictures import fingerprint_of

Values = dict[str, Any]


def read_lesson(page: Any) -> Values:
    shape = shape_of(type(page))
    values = _read(page, shape.cells)
    for rows in shape.rows:
        values[rows.name] = [_read(row, rows.cells) for row in getattr(page, rows.name).all()]
    return values


def write_lesson(page: Any, values: Values) -> None:
    """Set the given fields of a page in memory; saves nothing."""
    shape = shape_of(type(page))
    _write(page, shape.cells, values)
    for rows in shape.rows:
        if rows.name in values:
            setattr(page, rows.name, _written(page, rows, values[rows.name]))


def linked(page: Any, wanted: type[Any]) -> Iterator[Any]:
    """The pictures or documents that a page and its rows show."""
    shape = shape_of(type(page))
    holders: list[tuple[Any, tuple[Cell, ...]]] = [(page, shape.cells)]
    holders += [(row, rows.cells) for rows in shape.rows for row in getattr(page, rows.name).all()]
    for holder, cells in holders:
        for cell in cells:
            found = getattr(holder, cell.name, None)
            if isinstance(found, wanted):
                yield found


def pictures_of(page: Any) -> dict[str, Any]:
    """By fingerprint; one whose file is gone is left out."""
    found = {fingerprint_of(image): image for image in linked(page, get_image_model())}
    return {name: image for name, image in found.items() if name}


def documents_of(page: Any) -> dict[str, Any]:
    found = {document_fingerprint(document): document for document in linked(page, Document)}
    return {name: document for name, document in found.items() if name}


def with_each_cell(page_model: Any, values: Values, change: Callable[[Cell, Any, str], Any]) -> Values:
    """The values after `change(cell, value, place)`; a row for which it raises `LeaveOut` is left out."""
    shape = shape_of(page_model)
    changed = {
        cell.name: change(cell, values[cell.name], cell.name) for cell in shape.cells if cell.name in values
    }
    for rows in shape.rows:
        if rows.name in values:
            changed[rows.name] = list(_changed_rows(rows, values[rows.name], change))
    return changed


class LeaveOut(Exception):
    """A row cannot be without this."""


def _changed_rows(
    rows: Rows, wanted: Iterable[Values], change: Callable[[Cell, Any, str], Any]
) -> Iterator[Values]:
    for number, row in enumerate(wanted):
        place = f"{rows.name}[{number}]"
        try:
            yield {cell.name: change(cell, row[cell.name], f"{place}.{cell.name}") for cell in rows.cells}
        except LeaveOut:
            continue


def _read(holder: Any, cells: tuple[Cell, ...]) -> Values:
    return {cell.name: _read_cell(holder, cell) for cell in cells}


def _read_cell(holder: Any, cell: Cell) -> Any:
    if cell.column:
        return read_column(holder, cell.column)
    if cell.link is Link.PAGES:
        return names_of(getattr(holder, cell.name).all())
    value = getattr(holder, cell.name)
    if value is None:
        return ""
    return fingerprint_of(value) if cell.link is Link.PICTURE else name_of(value)


def _write(holder: Any, cells: tuple[Cell, ...], values: Values) -> None:
    for cell in cells:
        if cell.name in values:
            _write_cell(holder, cell, values[cell.name])


def _write_cell(holder: Any, cell: Cell, value: Any) -> None:
    if cell.column:
        write_column(holder, cell.column, value)
    elif cell.link is Link.PAGES:
        found = (page_named(name, cell.field.related_model) for name in value)
        setattr(holder, cell.name, [page for page in found if page is not None])
    elif cell.link is Link.PAGE:
        setattr(holder, cell.name, page_named(value, cell.field.related_model) if value else None)
    else:
        pictures = get_image_model().objects.filter(file_hash=value)
        setattr(holder, cell.name, pictures.first() if value else None)


def _written(page: Any, rows: Rows, wanted: list[Values]) -> list[Any]:
    """Rows that are there are changed in place, by key and then in order: they keep what ties them to translations."""
    there = list(getattr(page, rows.name).all())
    by_key = {row.key: row for row in there if getattr(row, "key", "")}
    chosen: list[Any] = [by_key.pop(value.get("key", ""), None) for value in wanted]
    rest = iter([row for row in there if row not in chosen])
    made = [row or next(rest, None) or _new_row(page, rows) for row in chosen]
    for order, (row, value) in enumerate(zip(made, wanted, strict=True)):
        row.sort_order = order
        _write(row, rows.cells, value)
    return made


def _new_row(page: Any, rows: Rows) -> Any:
    has_locale = any(field.name == "locale" for field in rows.model._meta.fields)
    return rows.model(locale_id=page.locale_id) if has_locale else rows.model()
