"""One line of a table as the values of a guide or of one of its rows."""

import re
from typing import Any

from django.utils.translation import gettext as _

from gandan.text import fold, slug
from guides.guide_form import KEY_LENGTH
from guides.importing.shape import Column, RowKind
from guides.importing.typed import Wrong, checked
from guides.importing.values import Values
from guides.tables.cells import text_in, value_of
from guides.tables.grids import Remark
from guides.tables.lines import Line
from guides.tables.names import Names
from guides.tables.sheets import NAMES_SITUATIONS

_PARTED = re.compile(r"[;\n]")


class Situations:
    """The situations of one guide: those of its lines, else those the site knows. Named by key or by their words."""

    def __init__(self, lines: list[Line] | None, known: dict[str, str]) -> None:
        self.labels = dict(known) if lines is None else {situation_key(line): _label(line) for line in lines}

    @property
    def keys(self) -> list[str]:
        return [key for key in self.labels if key]

    def named(self, text: str) -> list[str]:
        """Keys for what a cell says; `Wrong` for a situation the guide does not have."""
        whole = self._find(text)
        if whole is not None:
            return [whole]
        parts = [part.strip() for part in _PARTED.split(text) if part.strip()]
        if any(self._find(part) is None for part in parts) and "," in text:
            parts = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
        unknown = [part for part in parts if self._find(part) is None]
        if unknown:
            words = {"key": ", ".join(unknown), "keys": ", ".join(self.keys) or "–"}
            raise Wrong(_("No situation has the key “%(key)s”. Keys of this guide: %(keys)s.") % words)
        return [key for part in parts if (key := self._find(part))]

    def _find(self, text: str) -> str | None:
        if text in self.labels:
            return text
        found = [key for key, label in self.labels.items() if label and fold(label) == fold(text)]
        return found[0] if len(found) == 1 else None


def situation_key(line: Line) -> str:
    """As the editor's form does it: a situation without a key gets one from its words."""
    return text_in(line.cell("key")) or slug(_label(line), KEY_LENGTH)


def guide_values(line: Line, names: Names, remarks: list[Remark]) -> Values:
    """Only the columns the sheet has."""
    found: Values = {}
    for heading in line.sheet.headings:
        if heading.column is not None and line.has(heading.name):
            _read(found, heading.column, line, names, remarks)
    return found


def row_values(
    kind: RowKind, line: Line, names: Names, situations: Situations, remarks: list[Remark]
) -> dict[str, Any]:
    found: Values = {}
    for column in kind.columns:
        if column.name in NAMES_SITUATIONS:
            _read_situations(found, column, line, situations, remarks)
        else:
            _read(found, column, line, names, remarks)
    if kind.name == "situations":
        found["key"] = situation_key(line)
    return found


def _read(found: Values, column: Column, line: Line, names: Names, remarks: list[Remark]) -> None:
    reason = line.refused(column.name)
    try:
        if not reason:
            found[column.name] = value_of(column, line.cell(column.name), names)
    except Wrong as wrong:
        reason = str(wrong)
    if reason:
        remarks.append(line.remark(column.name, reason))


def _read_situations(
    found: Values, column: Column, line: Line, situations: Situations, remarks: list[Remark]
) -> None:
    reason = line.refused(column.name)
    try:
        keys = situations.named(text_in(line.cell(column.name)))
        if len(keys) > 1 and column.name == "situation":
            raise Wrong(_("One row holds one situation; write a row for each."))
        found[column.name] = checked(column, ",".join(keys))
    except Wrong as wrong:
        reason = reason or str(wrong)
    if reason:
        remarks.append(line.remark(column.name, reason))


def _label(line: Line) -> str:
    return text_in(line.cell("label"))
