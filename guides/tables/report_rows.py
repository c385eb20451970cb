"""A report as the admin shows it: what happens to how many guides, then each guide and each fault in a table."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from guides.importing.findings import Kind
from guides.importing.report import OUTCOMES, RecordReport, Report, guide_fields
from guides.importing.storing import Outcome


@dataclass(frozen=True)
class GuideRow:
    code: str
    title: str
    outcome: str
    page: int | None
    changed: str
    differs: str
    remarks: list[str]


@dataclass(frozen=True)
class Fault:
    guide: str
    place: str
    reason: str


@dataclass(frozen=True)
class Summary:
    counts: list[tuple[str, int]]
    guides: list[GuideRow]
    faults: list[Fault]
    remarks: list[tuple[str, str]]
    written: int = 0
    most: int = 0
    held: list[str] = field(default_factory=list)

    @property
    def is_too_much(self) -> bool:
        return self.written > self.most

    @property
    def may_be_confirmed(self) -> bool:
        return 0 < self.written <= self.most


def summary_of(report: Report, most: int) -> Summary:
    outcomes = Counter(record.outcome for record in report.records)
    return Summary(
        counts=[(str(OUTCOMES[outcome]), outcomes[outcome]) for outcome in Outcome if outcomes[outcome]],
        guides=[_row(record) for record in report.records if record.outcome is not Outcome.UNCHANGED],
        faults=[Fault(found.guide, found.field, found.reason) for found in report.refusals],
        remarks=report.remarks,
        written=outcomes[Outcome.NEW] + outcomes[Outcome.UPDATED],
        most=most,
        held=sorted({found.guide for found in report.refusals if found.guide}),
    )


def _row(record: RecordReport) -> GuideRow:
    return GuideRow(
        code=record.code,
        title=record.title,
        outcome=str(OUTCOMES[record.outcome]),
        page=record.page,
        changed=guide_fields(record.changed),
        differs=guide_fields(record.differs),
        remarks=list(_remarks(record)),
    )


def _remarks(record: RecordReport) -> Iterator[str]:
    return (str(found) for found in record.findings if found.kind is not Kind.EMPTY)
