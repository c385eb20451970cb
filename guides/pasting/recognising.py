"""Pasted official text as an official record, with the words each fact was read from.

The record is the one the import of portal records makes, so that one mapping turns both into values of a guide and
one judge looks for contradictions in both. Pure: nothing is asked of the database, nothing is kept.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any

from gandan.text import canonical
from guides.importing import durations, papers
from guides.importing.contradictions import judge
from guides.importing.fees import fee_facts
from guides.importing.fields import clean_lines
from guides.importing.findings import Finding, Kind
from guides.importing.legal import shorten
from guides.importing.legal_documents import NamedLaw
from guides.importing.mapping import LONGEST, METHODS, map_record, source_name
from guides.importing.record import OfficialRecord, StepBlock
from guides.importing.steps import readable_steps
from guides.models.choices import TimeUnit
from guides.pasting.laws import ReadLaw, laws_cited, laws_in
from guides.pasting.lists import ReadPaper, entries_in, papers_in, whole_lines
from guides.pasting.sections import Part, Sections, split, without_number
from guides.pasting.ways import ReadWay, ways_in
from guides.pasting.words import cut_off_in, cut_off_sentence

LONGEST_TEXT = 40_000  # characters
LONGEST_STEP_DAYS = 1  # working days: a cut-off hour told among the steps belongs to a time this short

_CODE = re.compile(r"(?<![\d.])[1-6]\.\d{6}(?!\d)")
_ADDRESS = re.compile(r"https?://(?:[\w-]+\.)*gov\.vn/[^\s<>\"“”]{0,400}", re.IGNORECASE)
_TITLE_LINE = re.compile(
    r"^\W*(?:\w{1,4}[.)]\s*)?((?:thủ\s+tục|đăng\s+ký|cấp|xác\s+nhận)\s+.{4,})",
    re.IGNORECASE,
)
_NOT_IN_TEXTS = {"source_id", "source.updated_at"}  # only the portal's own data has these
_ENOUGH_PARTS = 4  # as many headings make a text a procedure
_LONGEST_NAME = 1500  # characters
_LAST_DIGITS = re.compile(r"\s*[\s(\-–]*\(?[1-6]\.\d{6}(?:\.\d+)*(?:\.H\d+)?\)?\s*$")


class Remark(StrEnum):
    SECOND_PROCEDURE = "second_procedure"
    NO_HEADINGS = "no_headings"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Recognised:
    """`values` as `importing.values` reads them from a guide, only what the text says; `quotes` by the same names,
    rows as "papers.0". `code` is "" when the text names none."""

    code: str
    values: dict[str, Any]
    laws: dict[str, NamedLaw]
    quotes: dict[str, str]
    findings: list[Finding]
    missing: list[str]  # fields of a record the text says nothing about
    remarks: list[Remark] = field(default_factory=list)


def recognise(text: str) -> Recognised:
    lines = clean_text(text)
    sections = split(lines)
    read = _Read(sections, "\n".join(lines))
    record = read.record()
    mapped = map_record(record)
    values = _said(mapped.values)
    quotes = read.quotes(values, record)
    _add_hours(values, quotes, read)
    findings = judge(record) + mapped.findings
    return Recognised(
        code=read.code,
        values=values,
        laws={number: _detailed(law, read.laws) for number, law in mapped.laws.items()},
        quotes=quotes,
        findings=[found for found in findings if found.kind not in (Kind.EMPTY, Kind.NOT_A_PAPER)],
        missing=[
            found.field for found in findings if found.kind is Kind.EMPTY and found.field not in _NOT_IN_TEXTS
        ],
        remarks=_remarks(sections, values),
    )


def clean_text(text: str) -> list[str]:
    """Lines in canonical spelling, the tabs between cells kept, nothing invisible."""
    lines = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n").split("\n")
    )
    return ["\t".join(canonical(cell) for cell in line.split("\t")).rstrip() for line in lines]


class _Read:
    """The parts of the text, each read once."""

    def __init__(self, sections: Sections, text: str) -> None:
        self.sections = sections
        self.text = text
        self.ways: list[ReadWay] = ways_in(sections)
        self.papers: list[ReadPaper] = papers_in(sections.lines(Part.PAPERS))
        self.laws: list[ReadLaw] = laws_in(sections.lines(Part.LAW)) or laws_cited(text)
        self.code, self.code_quote = self._code()
        self.name, self.name_quote = self._name()
        self.results = whole_lines(sections.lines(Part.RESULT))
        self.subjects = entries_in(sections.lines(Part.WHO))
        found = _ADDRESS.search(text)
        self.address = found[0].rstrip(".,;:)") if found else ""
        self.agency = "; ".join(whole_lines(sections.lines(Part.AGENCY)[:3])).rstrip(".")
        self.steps = clean_lines(sections.text(Part.STEPS).replace("\t", " "))

    def record(self) -> OfficialRecord:
        ways = tuple(way.way for way in self.ways if way.way.method in METHODS)
        general = [way.way.time for way in self.ways if not way.way.method]
        return OfficialRecord(
            file=Path(),
            fingerprint="",
            code=self.code,
            name=self.name,
            title="",
            source_id="",
            category=canonical(self.sections.text(Part.FIELD))[:200],
            agency=self.agency,
            subjects=tuple(self.subjects),
            results=tuple(self.results),
            requirements=clean_lines(self.sections.text(Part.REQUIREMENTS).replace("\t", " ")),
            ways=ways,
            cases=tuple(general),
            papers=tuple(paper.row for paper in self.papers),
            steps=(StepBlock("", self.steps),) if self.steps else (),
            law=tuple(law.row for law in self.laws),
            source_url=self.address,
            source_date=None,
            unknown_words=(),
        )

    def _code(self) -> tuple[str, str]:
        for text in (self.sections.text(Part.CODE), self.text):
            for line in text.splitlines():
                found = _CODE.search(line)
                if found:
                    return found[0], line.strip()
        return "", ""

    def _name(self) -> tuple[str, str]:
        lines = self.sections.lines(Part.NAME)
        if lines:
            return _name_of(lines[:4]), lines[0].strip()
        front = self.sections.lines(Part.FRONT)[:12]
        for line in front:
            found = _TITLE_LINE.match(line)
            if found and len(line) <= _LONGEST_NAME:
                return _name_of([found[1]]), line.strip()
        return self._last_line(front)

    def _last_line(self, front: list[str]) -> tuple[str, str]:
        """In a decision the line above the first heading is the name, after its number."""
        if not front or len(self.sections.found) < _ENOUGH_PARTS or len(front[-1]) > _LONGEST_NAME:
            return "", ""
        return _name_of([without_number(front[-1])]), front[-1].strip()

    def quotes(self, values: dict[str, Any], record: OfficialRecord) -> dict[str, str]:
        parts = {
            "field": Part.FIELD,
            "who_may_apply": Part.WHO,
            "audience": Part.WHO,
            "where_note": Part.AGENCY,
            "result": Part.RESULT,
            "requirements": Part.REQUIREMENTS,
        }
        quotes = {name: self.sections.text(part) for name, part in parts.items()}
        quotes |= {"code": self.code_quote, "title": self.name_quote, "official_name": self.name_quote}
        quotes |= dict.fromkeys(("official_url", "source_url", "source_name"), self.address)
        quotes["online_level"] = "\n".join(way.quote for way in self.ways if way.quote)
        kept = [paper for paper in self.papers if not papers.is_note(paper.row)]
        quotes |= {f"papers.{i}": paper.quote for i, paper in enumerate(kept)}
        quotes |= {f"steps.{i}": text for i, text in enumerate(readable_steps(record.steps))}
        by_number = {law.law.number: law.quote for law in self.laws if law.law}
        for i, row in enumerate(values.get("legal_basis", [])):
            quotes[f"legal_basis.{i}"] = by_number.get(row["number"], "")
        for name in ("channels", "terms"):
            for i, row in enumerate(values.get(name, [])):
                method = row["method"] if name == "channels" else row["channel"]
                quotes |= self.way_quotes(f"{name}.{i}", method)
        return {name: quote for name, quote in quotes.items() if quote}

    def ways_of(self, method: str) -> list[ReadWay]:
        """Of one way, or every way for a row that holds for all."""
        return [way for way in self.ways if not method or METHODS.get(way.way.method) == method]

    def way_quotes(self, key: str, method: str) -> dict[str, str]:
        ways = self.ways_of(method)
        return {
            key: _lines(way.quote for way in ways),
            f"{key}.time": _lines(part for way in ways for part in (way.times.sentence, way.times.rest)),
            f"{key}.fee": _lines(way.fee_quote for way in ways),
        }


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in dict.fromkeys(texts) if text)


def _name_of(lines: list[str]) -> str:
    name = canonical(" ".join(line.strip() for line in lines))
    name = _LAST_DIGITS.sub("", name).strip(" .;:")
    return (name.capitalize() if name.isupper() else name)[:_LONGEST_NAME]


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """Only what the text says: an empty part is no suggestion to empty a field."""
    values = {name: value for name, value in values.items() if value not in ("", None, [], {})}
    if not values.get("channels"):
        values.pop("online_level", None)
    if values.get("online_level") == "unknown":
        values.pop("online_level")
    if "source_url" in values:
        values["source_name"] = source_name(values["source_url"])
    return values


def _add_hours(values: dict[str, Any], quotes: dict[str, str], read: _Read) -> None:
    """What a record of the portal has no place for: "in the same day", the cut-off hour, times of some cases."""
    if read.ways and not values.get("channels"):
        values["terms"] = [_general_term(read.ways, values.get("terms", []))]
        quotes |= read.way_quotes("terms.0", "")
    for i, term in enumerate(values.get("terms", [])):
        ways = read.ways_of(term["channel"])
        _settle_same_day(term, ways)
        rest = _lines(way.times.rest for way in ways)
        if term["time_value"] is not None and rest and not term["time_note"]:
            term["time_note"] = shorten(" ".join(rest.split()), LONGEST["time_note"])
        term["cut_off"] = _cut_off(term, ways, read, quotes, f"terms.{i}.time")


def _general_term(ways: list[ReadWay], terms: list[dict[str, Any]]) -> dict[str, Any]:
    """Time and fee of a text that names no way to hand in."""
    fee = fee_facts([fee for way in ways for fee in way.way.fees])
    time_words = "\n".join(way.way.time.text for way in ways if way.way.time.text)
    unknown = {
        "channel": "",
        "situation": "",
        "time_value": None,
        "time_unit": str(TimeUnit.OTHER),
        "time_note": shorten(time_words, LONGEST["time_note"]),
    }
    said = {
        "fee_state": str(fee.state),
        "fee_amount": fee.amount,
        "fee_note": fee.note,
        "exemptions": fee.exemptions,
    }
    return {**unknown, **(terms[0] if terms else {}), **said}


def _settle_same_day(term: dict[str, Any], ways: list[ReadWay]) -> None:
    only_that = all(way.times.same_day for way in ways) and bool(ways)
    if only_that and term["time_value"] is None and not _other_days(ways):
        term["time_value"], term["time_unit"] = 0, str(TimeUnit.WORKING_DAY)
        term["time_note"] = ""


def _other_days(ways: list[ReadWay]) -> bool:
    return any(durations.in_words(way.way.note).whole for way in ways)


def _cut_off(
    term: dict[str, Any], ways: list[ReadWay], read: _Read, quotes: dict[str, str], key: str
) -> str | None:
    own = {way.times.cut_off or cut_off_in(way.way.note) for way in ways} - {None}
    if len(own) == 1:
        return _hour(own.pop())
    from_steps = cut_off_in(read.steps)
    if own or from_steps is None or not _is_short(term):
        return None
    quotes[key] = _lines([quotes.get(key, ""), cut_off_sentence(read.steps)])
    return _hour(from_steps)


def _is_short(term: dict[str, Any]) -> bool:
    return term["time_value"] is not None and (
        term["time_unit"] == TimeUnit.WORKING_DAY and term["time_value"] <= LONGEST_STEP_DAYS
    )


def _hour(value: time | None) -> str | None:
    return value.isoformat() if value else None


def _detailed(law: NamedLaw, read: list[ReadLaw]) -> NamedLaw:
    return next((found.law for found in read if found.law and found.law.number == law.number), law)


def _remarks(sections: Sections, values: dict[str, Any]) -> list[Remark]:
    remarks = []
    if sections.has_more:
        remarks.append(Remark.SECOND_PROCEDURE)
    if not values:
        remarks.append(Remark.NOTHING)
    elif len(sections.found) == 1:
        remarks.append(Remark.NO_HEADINGS)
    return remarks
