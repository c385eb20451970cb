"""One import from beginning to end: read, judge, plan, write (or not), report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from guides.importing.contradictions import judge
from guides.importing.fitting import map_whole
from guides.importing.incoming import Incoming, Origin
from guides.importing.mapping import map_record
from guides.importing.publishing import may_be_published, publish
from guides.importing.reading import Refusal, find_files, read_files
from guides.importing.record import OfficialRecord
from guides.importing.report import RecordReport, Report
from guides.importing.storing import (
    Deleted,
    Known,
    Plan,
    carry_out,
    known_guides,
    plan,
    remember_findings,
)
from guides.importing.values import filled
from guides.models import ProcedurePage
from home.models import User

Watch = Callable[[Iterable[Any], int], Iterable[Any]]


@dataclass(frozen=True)
class Orders:
    """`by` is who gave them; None for a command."""

    write: bool = True
    publish: bool = False
    by: User | None = None


def run_import(path: Path, orders: Orders, now: datetime, watch: Watch) -> Report:
    """`watch` passes the records on and shows how far the work is. NothingToRead when there is no record at all."""
    records, refusals = read_files(find_files(path))
    report = Report(refusals=refusals)
    deleted: Deleted = "bring back" if path.is_file() else "leave"
    import_guides(map(incoming, watch(records, len(records))), orders, now, deleted, report)
    return report


def incoming(record: OfficialRecord) -> Incoming:
    """The guide in a record, with everything an editor should look at before it is published."""
    mapped = map_whole(record, record.whole) if record.whole else map_record(record)
    return replace(mapped, values=filled(mapped.values), findings=judge(record) + mapped.findings)


def import_guides(
    guides: Iterable[Incoming], orders: Orders, now: datetime, deleted: Deleted, report: Report
) -> None:
    """Every guide by itself: one that is refused leaves nothing and stops no other."""
    known = known_guides()
    for guide in guides:
        try:
            report.records.append(_import(guide, known, deleted, orders, now))
        except ValidationError as error:
            report.refusals += _refusals(guide, error)


def _import(guide: Incoming, known: Known, deleted: Deleted, orders: Orders, now: datetime) -> RecordReport:
    planned = plan(guide, known, deleted)
    published, missing, page = False, [], planned.page
    if orders.write:
        wanted = orders.publish and may_be_published(planned, planned.page)
        page = carry_out(planned, now, orders.by)
        remember_findings(guide, guide.findings)
        if page is not None and wanted:
            missing = publish(page)
            published = not missing
    return _report(planned, page, published, missing)


def _report(
    planned: Plan, page: ProcedurePage | None, published: bool, missing: list[tuple[str, str]]
) -> RecordReport:
    guide = planned.guide
    return RecordReport(
        file=guide.file.name,
        code=guide.identity,
        title=guide.title,
        outcome=planned.outcome,
        changed=planned.changed,
        differs=planned.differs,
        findings=guide.findings,
        published=published,
        missing=missing,
        page=page.pk if page else None,
    )


def _refusals(guide: Incoming, error: ValidationError) -> list[Refusal]:
    name = guide.identity if guide.origin is Origin.TABLE else ""
    return [
        Refusal(
            guide.file,
            "" if field == NON_FIELD_ERRORS else field,
            " ".join(ValidationError(found).messages),
            name,
        )
        for field, found in error.update_error_dict({}).items()
    ]
