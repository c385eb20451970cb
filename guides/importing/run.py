"""One import from beginning to end: read, judge, plan, write (or not), report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from guides.importing.contradictions import judge
from guides.importing.findings import Finding
from guides.importing.mapping import map_record
from guides.importing.publishing import may_be_published, publish
from guides.importing.reading import Refusal, find_files, read_files
from guides.importing.record import OfficialRecord
from guides.importing.report import RecordReport, Report
from guides.importing.storing import Known, Plan, carry_out, known_guides, plan, remember_findings

Watch = Callable[[Iterable[OfficialRecord], int], Iterable[OfficialRecord]]


@dataclass(frozen=True)
class Orders:
    write: bool = True
    publish: bool = False


def run_import(path: Path, orders: Orders, now: datetime, watch: Watch) -> Report:
    """`watch` passes the records on and shows how far the work is. NothingToRead when there is no record at all."""
    records, refusals = read_files(find_files(path))
    report = Report(refusals=refusals)
    known = known_guides()
    deleted: Literal["leave", "bring back"] = "bring back" if path.is_file() else "leave"
    for record in watch(records, len(records)):
        try:
            report.records.append(_import(record, known, deleted, orders, now))
        except ValidationError as error:
            report.refusals += _refusals(record.file, error)
    return report


def _import(
    record: OfficialRecord,
    known: Known,
    deleted: Literal["leave", "bring back"],
    orders: Orders,
    now: datetime,
) -> RecordReport:
    mapped = map_record(record)
    planned = plan(record, mapped, known, deleted)
    findings = judge(record) + mapped.findings
    published, missing = False, []
    if orders.write:
        before = planned.imported.page if planned.imported else None
        wanted = orders.publish and may_be_published(planned, before)
        page = carry_out(planned, now)
        remember_findings(record.code, findings)
        if page is not None and wanted:
            missing = publish(page)
            published = not missing
    return _report(planned, findings, published, missing)


def _report(
    planned: Plan, findings: list[Finding], published: bool, missing: list[tuple[str, str]]
) -> RecordReport:
    return RecordReport(
        file=planned.record.file.name,
        code=planned.record.code,
        title=planned.mapped.values["title"],
        outcome=planned.outcome,
        changed=planned.changed,
        differs=planned.differs,
        findings=findings,
        published=published,
        missing=missing,
    )


def _refusals(file: Path, error: ValidationError) -> list[Refusal]:
    return [
        Refusal(file, "" if field == NON_FIELD_ERRORS else field, " ".join(ValidationError(found).messages))
        for field, found in error.update_error_dict({}).items()
    ]
