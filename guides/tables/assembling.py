"""From the lines of a table to guides that come in; whatever is wrong is said with its sheet, row and column.

A guide with a fault anywhere is held back whole. A line that does not say whose it is holds back the guide of the
line above, to which it most likely belongs: without it that guide would come in with a paper too few.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gandan.text import slug
from guides.importing.coherence import faults
from guides.importing.findings import Finding, Kind
from guides.importing.incoming import Incoming, Origin, mark
from guides.importing.legal_documents import NamedLaw
from guides.importing.shape import row_kinds
from guides.importing.values import Values
from guides.models.procedures import CODE
from guides.tables.cells import code_in
from guides.tables.documents import Documents, read_documents
from guides.tables.grids import Remark
from guides.tables.lines import Line
from guides.tables.names import Names
from guides.tables.row_values import Situations, guide_values, row_values
from guides.tables.sheets import DOCUMENTS, GUIDES, Special
from guides.tables.site import Site
from guides.tables.table import Table


@dataclass
class Held:
    """A guide that does not come in, and why."""

    guide: str
    remarks: list[Remark]


@dataclass
class Assembled:
    guides: list[Incoming] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)


@dataclass
class _Draft:
    """The lines of one guide, by sheet."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    faults: list[Remark] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.lines.setdefault(line.sheet.name, []).append(line)


def assemble(table: Table, file: Path, names: Names, site: Site) -> Assembled:
    documents = read_documents(table.sheets.get(DOCUMENTS), site)
    drafts, stray = _drafts(table)
    found = Assembled(held=[Held("", stray)] if stray else [])
    for guide, draft in drafts.items():
        try:
            found.guides.append(_incoming(guide, draft, table, file, names, site, documents))
        except _Refused as refused:
            found.held.append(Held(guide, refused.remarks))
    unread = documents.unread_faults()
    return Assembled(found.guides, [*found.held, *([Held("", unread)] if unread else [])])


class _Refused(Exception):
    def __init__(self, remarks: list[Remark]) -> None:
        super().__init__()
        self.remarks = remarks


def _drafts(table: Table) -> tuple[dict[str, _Draft], list[Remark]]:
    """By code or address, in the order of the table; and lines that are nobody's."""
    drafts: dict[str, _Draft] = {}
    stray: list[Remark] = []
    for name, lines in table.sheets.items():
        above = ""
        for line in lines.lines if name != DOCUMENTS else []:
            guide, reason = _whose(line)
            if reason and (above or guide) in drafts:
                drafts[above or guide].faults.append(line.remark(Special.GUIDE, reason))
            elif reason:
                stray.append(line.remark(Special.GUIDE, reason))
            else:
                drafts.setdefault(guide, _Draft()).add(line)
                above = guide
    return drafts, stray


def _whose(line: Line) -> tuple[str, str]:
    """The guide a line belongs to, or why that cannot be said."""
    if line.refused(Special.GUIDE):
        return "", line.refused(Special.GUIDE)
    text = code_in(line.cell(Special.GUIDE))
    if not text:
        return "", _("is missing: whose line is this?")
    try:
        CODE(text)
    except ValidationError:
        if text != slug(text, 255) or text.isdigit():
            return "", _("“%(code)s” is no procedure code like 1.001193") % {"code": text}
    return text, ""


def _incoming(
    guide: str,
    draft: _Draft,
    table: Table,
    file: Path,
    names: Names,
    site: Site,
    documents: Documents,
) -> Incoming:
    remarks = list(draft.faults)
    values = _guide_line(guide, draft, names, site, remarks)
    base = table.base.get(guide)
    situations = Situations(draft.lines.get("situations"), site.situations(guide, table, draft.lines))
    kept: dict[str, list[Line]] = {}
    laws: dict[str, NamedLaw] = {}
    for name, kind in row_kinds().items():
        lines = draft.lines.get(name, [])
        if name in table.sheets and (lines or base is not None):
            remarks += _missing_columns(table, name, base is not None)
            values[name] = [row_values(kind, line, names, situations, remarks) for line in lines]
            kept[name] = lines
    for row, line in zip(values.get("legal_basis", []), kept.get("legal_basis", []), strict=False):
        remarks += documents.cite(row, line, laws)
    if not remarks:
        remarks += _incoherent(values, kept, situations.keys)
    if remarks:
        raise _Refused(remarks)
    code = guide if "." in guide else ""
    return Incoming(
        file=file,
        code=code,
        fingerprint=mark(values),
        origin=Origin.TABLE,
        values=values,
        laws=laws,
        findings=list(_findings(draft)),
        slug=_address(draft, "" if code else guide),
        base=base,
    )


def _guide_line(guide: str, draft: _Draft, names: Names, site: Site, remarks: list[Remark]) -> Values:
    lines = draft.lines.get(GUIDES, [])
    for line in lines[1:]:
        words = {"code": guide, "row": lines[0].number}
        remarks.append(line.remark(Special.GUIDE, _("%(code)s stands in row %(row)d already") % words))
    if lines:
        values = guide_values(lines[0], names, remarks)
        if "title" not in values and guide not in site.guides and not remarks:
            remarks.append(lines[0].remark("title", _("is missing")))
        return values
    if guide not in site.guides:
        line = next(line for found in draft.lines.values() for line in found)
        reason = _("There is no guide %(code)s, neither on the first sheet nor on the site.")
        remarks.append(line.remark(Special.GUIDE, reason % {"code": guide}))
    return {}


def _missing_columns(table: Table, name: str, is_exported: bool) -> Iterator[Remark]:
    """An exported sheet without one of its columns would empty it in every row."""
    lines = table.sheets[name]
    for heading in lines.sheet.headings if is_exported else []:
        if heading.name not in lines.headings:
            place = _("sheet “%(sheet)s”") % {"sheet": lines.sheet.title}
            yield Remark(place, _("The column “%(label)s” is gone.") % {"label": heading.label})


def _incoherent(values: Values, kept: dict[str, list[Line]], keys: list[str]) -> Iterator[Remark]:
    for name, place, column, reason in faults(values, keys):
        yield kept[name][place].remark(column, reason)


def _address(draft: _Draft, address: str) -> str:
    lines: Iterable[Line] = draft.lines.get(GUIDES, [])
    wanted = next((slug(str(line.cell(Special.ADDRESS) or "")) for line in lines), "")
    return address or wanted


def _findings(draft: _Draft) -> Iterator[Finding]:
    for lines in draft.lines.values():
        for line in lines:
            yield from (Finding(Kind.UNSEEN, place, place) for place in line.unseen())
