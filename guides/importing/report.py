"""What an import did and found, for a clerk to read and, as JSON, for a program."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.importing.findings import CONTRADICTIONS, LABELS, Finding, Kind
from guides.importing.legal import shorten
from guides.importing.reading import Refusal
from guides.importing.storing import Outcome
from guides.models import ProcedurePage

TITLE = 90  # characters of a title in the list

OUTCOMES = {
    Outcome.NEW: gettext_lazy("new draft"),
    Outcome.UPDATED: gettext_lazy("updated"),
    Outcome.UNCHANGED: gettext_lazy("unchanged"),
    Outcome.DIFFERS: gettext_lazy("differs from what an editor wrote"),
    Outcome.BY_HAND: gettext_lazy("made by hand, left as it is"),
    Outcome.DELETED: gettext_lazy("deleted by an editor, not brought back"),
}
RECORD_FIELDS = {
    "category": gettext_lazy("field"),
    "executing_agency": gettext_lazy("who decides"),
    "subject_types": gettext_lazy("who may apply"),
    "results": gettext_lazy("result"),
    "requirements": gettext_lazy("requirements"),
    "channels": gettext_lazy("ways to hand in"),
    "channels.processing": gettext_lazy("time"),
    "channels.fees": gettext_lazy("fee"),
    "checklist_raw": gettext_lazy("papers"),
    "steps_raw": gettext_lazy("steps"),
    "legal_basis": gettext_lazy("legal basis"),
    "source_id": gettext_lazy("id on the national portal"),
    "source.url": gettext_lazy("address of the source"),
    "source.updated_at": gettext_lazy("date of the source"),
}


@dataclass(frozen=True)
class RecordReport:
    file: str
    code: str
    title: str
    outcome: Outcome
    changed: tuple[str, ...]
    differs: tuple[str, ...]
    findings: list[Finding]
    published: bool = False
    missing: list[tuple[str, str]] = field(default_factory=list)
    page: int | None = None

    def of_kind(self, kind: Kind) -> list[Finding]:
        return [found for found in self.findings if found.kind is kind]


@dataclass
class Report:
    """`remarks` are about a table as a whole: (place, what is not read)."""

    records: list[RecordReport] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    is_table: bool = False

    @property
    def refused_files(self) -> int:
        """In a table, guides."""
        return len({(refusal.file, refusal.guide) for refusal in self.refusals})

    def as_json(self) -> dict[str, Any]:
        """{"records": […], "refused": […], "totals": {…}}; kinds of findings as in `findings.Kind`."""
        refused = [{**asdict(refusal), "file": str(refusal.file)} for refusal in self.refusals]
        return {
            "records": [asdict(record) for record in self.records],
            "refused": refused,
            "remarks": self.remarks,
            "totals": {
                "outcomes": dict(Counter(str(record.outcome) for record in self.records)),
                "findings": dict(Counter(str(f.kind) for record in self.records for f in record.findings)),
                "records_with": {str(kind): count for kind, count in records_with(self).items()},
                "refused_files": self.refused_files,
            },
        }


def records_with(report: Report) -> dict[Kind, int]:
    return {kind: count for kind in Kind if (count := sum(bool(r.of_kind(kind)) for r in report.records))}


def lines(report: Report) -> Iterator[str]:
    for place, reason in report.remarks:
        yield f"- {place}: {reason}"
    for record in report.records:
        yield from record_lines(record)
    if report.refusals:
        yield ""
        yield _("Not imported:")
        yield from (f"  {_refusal(refusal)}" for refusal in report.refusals)
    yield ""
    yield from _totals(report)


def record_lines(record: RecordReport) -> Iterator[str]:
    yield f"{record.code}  {shorten(record.title, TITLE)} ({OUTCOMES[record.outcome]})"
    if record.changed:
        yield "  = " + _("set anew: %(fields)s") % {"fields": guide_fields(record.changed)}
    if record.differs:
        yield "  ≠ " + _("changed by an editor, left: %(fields)s") % {"fields": guide_fields(record.differs)}
    for found in record.findings:
        if found.kind not in (Kind.EMPTY, Kind.NOT_A_PAPER):
            mark = "!" if found.kind in CONTRADICTIONS else "-"
            yield f"  {mark} {found}"
    empty = [str(RECORD_FIELDS[found.field]) for found in record.of_kind(Kind.EMPTY)]
    if empty:
        yield "  - " + _("empty: %(fields)s") % {"fields": ", ".join(empty)}
    notes = record.of_kind(Kind.NOT_A_PAPER)
    if notes:
        words = {"count": len(notes), "first": shorten(notes[0].detail, TITLE)}
        yield "  - " + _("notes that are not papers: %(count)d, the first: %(first)s") % words
    if record.published:
        yield "  + " + _("published")
    for name, reason in record.missing:
        yield "  · " + _("not published, %(field)s: %(reason)s") % {
            "field": guide_fields([name]),
            "reason": reason,
        }


def _refusal(refusal: Refusal) -> str:
    named = ", ".join(part for part in (str(refusal.file), refusal.guide, refusal.field) if part)
    return f"{named}: {refusal.reason}"


def _totals(report: Report) -> Iterator[str]:
    outcomes = Counter(record.outcome for record in report.records)
    yield _("Records read: %(count)d") % {"count": len(report.records)}
    yield from (f"  {OUTCOMES[outcome]}: {outcomes[outcome]}" for outcome in Outcome if outcomes[outcome])
    words = _("Guides not imported: %(count)d") if report.is_table else _("Files not imported: %(count)d")
    yield words % {"count": report.refused_files}
    counted = records_with(report)
    contradictions = {kind: count for kind, count in counted.items() if kind in CONTRADICTIONS}
    if contradictions:
        affected = sum(any(f.kind in CONTRADICTIONS for f in r.findings) for r in report.records)
        yield _("Records with contradictions: %(count)d") % {"count": affected}
        yield from (f"  {LABELS[kind]}: {count}" for kind, count in contradictions.items())
    empty = Counter(found.field for record in report.records for found in record.of_kind(Kind.EMPTY))
    if empty:
        yield _("Empty fields, in how many records:")
        yield from (f"  {RECORD_FIELDS[name]}: {count}" for name, count in empty.most_common())
    notes = sum(len(record.of_kind(Kind.NOT_A_PAPER)) for record in report.records)
    if notes:
        numbers = {"count": notes, "records": counted[Kind.NOT_A_PAPER]}
        yield _("Notes that are not papers: %(count)d in %(records)d records") % numbers
    published = sum(record.published for record in report.records)
    held = sum(bool(record.missing) for record in report.records)
    if published or held:
        yield _("Published: %(published)d, held back: %(held)d") % {"published": published, "held": held}


def guide_fields(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(_guide_field(name) for name in names)


def _guide_field(name: str) -> str:
    try:
        found = ProcedurePage._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    if hasattr(found, "verbose_name"):
        return str(found.verbose_name)
    return str(found.related_model._meta.verbose_name_plural)
