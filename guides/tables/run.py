"""One import of a table, through the same planning and storing as records: only the reading is its own."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from guides.importing.reading import Refusal
from guides.importing.report import Report
from guides.importing.run import Orders, Watch, import_guides
from guides.importing.storing import Deleted
from guides.tables.assembling import Assembled, assemble
from guides.tables.grids import NotATable
from guides.tables.names import Names
from guides.tables.site import Site
from guides.tables.table import read_table


def import_table(path: Path, orders: Orders, now: datetime, watch: Watch) -> Report:
    """`NotATable` when nothing of the file can be read. A table of one guide brings it back if it was deleted."""
    table = read_table(path)
    found = assemble(table, path, Names(), Site())
    if not found.guides and not found.held:
        raise NotATable(_("The table names no guide yet."))
    report = Report(
        refusals=_refusals(found, path),
        remarks=[(remark.place, remark.reason) for remark in table.remarks],
        is_table=True,
    )
    deleted: Deleted = "bring back" if len(found.guides) == 1 and not found.held else "leave"
    import_guides(watch(found.guides, len(found.guides)), orders, now, deleted, report)
    return report


def _refusals(found: Assembled, path: Path) -> list[Refusal]:
    return [
        Refusal(Path(path.name), remark.place, remark.reason, held.guide)
        for held in found.held
        for remark in held.remarks
    ]
