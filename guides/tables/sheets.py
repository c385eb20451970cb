"""The sheets of a table: what stands on each, under which Vietnamese headings, and how each cell is explained.

One row a guide, a situation, a way, a paper, a step, a citation. The headings are the words of the editor's form, so
that a clerk who knows one knows the other; they are Vietnamese whatever language is spoken around the table.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from gandan.text import fold, slug
from guides.importing.shape import Column, Kind, page_columns, row_kinds
from guides.models import LegalDocument
from home.models import BasePage

GUIDES = "guides"
DOCUMENTS = "documents"
LANGUAGE = "vi"
EXPLAINS = "Giải thích"  # opens the row below the headings that explains them
NAMES_SITUATIONS = ("situation", "situations")
FIRST = ("title", "summary")
LAST = ("key", "seo_title", "search_description")  # what few will ever fill in


class Special(StrEnum):
    """Columns that are no field of a guide or of one of its rows."""

    GUIDE = "guide"
    ADDRESS = "slug"


@dataclass(frozen=True)
class Heading:
    """`column` is None for the columns of `Special` and of legal documents."""

    name: str
    label: str
    hint: str
    column: Column | None = None

    def is_called(self, text: str) -> bool:
        return fold(text) in {fold(self.label), fold(self.name)}


@dataclass(frozen=True)
class Sheet:
    name: str
    title: str
    headings: tuple[Heading, ...]

    @property
    def file_name(self) -> str:
        return f"{slug(self.title)}.csv"

    def heading(self, text: str) -> Heading | None:
        return next((heading for heading in self.headings if heading.is_called(text)), None)


@cache
def sheets() -> dict[str, Sheet]:
    """By name, in the order of the workbook."""
    with override(LANGUAGE):
        found = [_guides(), *(_rows(name) for name in row_kinds()), _documents()]
    return {sheet.name: sheet for sheet in found}


def sheet_called(text: str) -> Sheet | None:
    words = fold(text)
    return next((s for s in sheets().values() if words in {fold(s.title), fold(s.name)}), None)


@cache
def choice_labels(column: Column) -> dict[str, str]:
    """The Vietnamese word for each key of a choice."""
    with override(LANGUAGE):
        return {key: capfirst(str(label)) for key, label in column.choices}


def yes_and_no() -> tuple[str, str]:
    with override(LANGUAGE):
        return _("Yes"), _("No")


def _guides() -> Sheet:
    own = [_heading(column) for column in _ordered(page_columns())]
    title, rest = own[0], own[1:]
    return Sheet(GUIDES, capfirst(_("procedures")), (_guide_heading(), title, _address(), *rest))


def _rows(name: str) -> Sheet:
    kind = row_kinds()[name]
    title = capfirst(str(kind.model._meta.verbose_name_plural))
    return Sheet(name, title, (_guide_heading(), *(_heading(column) for column in _ordered(kind.columns))))


def _documents() -> Sheet:
    title = capfirst(str(LegalDocument._meta.verbose_name_plural))
    fields: list[Any] = [LegalDocument._meta.get_field(name) for name in DOCUMENT_COLUMNS]
    headings = [
        Heading(name, capfirst(str(field.verbose_name)), _document_hint(field))
        for name, field in zip(DOCUMENT_COLUMNS, fields, strict=True)
    ]
    return Sheet(DOCUMENTS, title, tuple(headings))


DOCUMENT_COLUMNS = (
    *("number", "kind", "title", "date", "issuer", "url"),
    *("in_force_from", "in_force_to", "replaced_by"),
)


def _guide_heading() -> Heading:
    hint = _(
        "The procedure code, like 1.001193; without one a short word like muon-loa-keo. The same on every sheet."
    )
    return Heading(Special.GUIDE, capfirst(_("procedure code")), hint)


def _address() -> Heading:
    hint = _("The last part of the page's address, only for a new guide. Empty: made from the title.")
    return Heading(Special.ADDRESS, _("Page address"), hint)


def _ordered(columns: tuple[Column, ...]) -> list[Column]:
    """Title and summary, what is a guide's own, what every page has, what few will ever fill in."""
    shared = {field.name for field in BasePage._meta.local_fields}

    def place(column: Column) -> int:
        if column.name in FIRST or column.name in LAST:
            return FIRST.index(column.name) - 9 if column.name in FIRST else LAST.index(column.name) + 9
        return int(column.name in shared)

    return sorted(columns, key=place)


def _heading(column: Column) -> Heading:
    field = column.field
    hints = (
        [_kind_hint(column)]
        if column.name in NAMES_SITUATIONS
        else [str(field.help_text), _kind_hint(column)]
    )
    label = capfirst(str(field.verbose_name))
    return Heading(column.name, label, " ".join(hint for hint in hints if hint), column)


def _kind_hint(column: Column) -> str:
    if column.name in NAMES_SITUATIONS:
        return _("The key or the words of a situation of the same guide; empty: every situation.")
    if column.name == "key":
        return _("A short word without marks; may stay empty.")
    if column.choices and column.kind is not Kind.CHOICES:
        return _("Choose from the list.")
    return {
        Kind.NUMBER: _("A whole number."),
        Kind.DAY: _("A day, like 31/12/2027."),
        Kind.HOUR: _("An hour, like 15:00."),
        Kind.YES_NO: _("Yes or No."),
        Kind.CHOICES: _("Several are parted by semicolons: %(words)s") % {"words": _words(column)},
        Kind.KEY: _("A name as it stands in the admin, or its key."),
        Kind.KEYS: _("Names as they stand in the admin, parted by semicolons."),
        Kind.LAW: _("The number, like 123/2015/NĐ-CP. Its name and dates stand on the last sheet."),
        Kind.FORM: _("The title of a document in the library."),
    }.get(column.kind, "")


def _words(column: Column) -> str:
    return "; ".join(capfirst(str(label)) for _key, label in column.choices)


def _document_hint(field: Any) -> str:
    return _("A day, like 31/12/2027.") if field.get_internal_type() == "DateField" else str(field.help_text)
