"""Judges one record: everything an editor should look at before its guide is published."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from django.utils.translation import gettext as _

from gandan.text import fold
from guides.importing import durations
from guides.importing.durations import Stated
from guides.importing.fees import AMOUNT, amounts_in, defers_to_province, is_believable
from guides.importing.findings import Finding, Kind
from guides.importing.legal import named_law, shorten
from guides.importing.papers import is_note
from guides.importing.record import Fee, LawRow, OfficialRecord, Way

QUOTE = 120  # characters of a record's text shown in a finding

# Household and temporary-residence books lost their value on 1 January 2023 (Law on Residence 68/2020/QH14,
# art. 38), identity cards "chứng minh nhân dân" on 1 January 2025 (Law on Identification 26/2023/QH15, art. 46).
_REPEALED = re.compile(
    r"sổ\s+hộ\s+khẩu|sổ\s+tạm\s+trú|hộ\s+khẩu\s+gia\s+đình|bản\s+sao\s+hộ\s+khẩu|chứng\s+minh\s+nhân\s+dân|chứng\s+minh\s+thư"
    r"|\bCMND\b|\bCMTND\b|\bKT3\b",
    re.IGNORECASE,
)
# The district level ended with the two-tier local government on 1 July 2025 (Law 72/2025/QH15).
_DISTRICT = re.compile(
    r"(?:công\s+an|ủy\s+ban\s+nhân\s+dân|uỷ\s+ban\s+nhân\s+dân|ubnd|tòa\s+án\s+nhân\s+dân)\s+(?:cấp\s+)?(?:quận,?\s*)?huyện"
    r"|phòng\s+tư\s+pháp\b",
    re.IGNORECASE,
)


def judge(record: OfficialRecord) -> list[Finding]:
    found = chain(
        _fees(record.ways),
        _times(record),
        _texts(record, _REPEALED, Kind.REPEALED_PAPER),
        _texts(record, _DISTRICT, Kind.ABOLISHED_LEVEL),
        _empty(record),
        (Finding(Kind.NOT_A_PAPER, "checklist_raw", _quote(p.name)) for p in record.papers if is_note(p)),
        (
            Finding(Kind.LAW_WITHOUT_NUMBER, "legal_basis", _law(row))
            for row in record.law
            if not named_law(row)
        ),
        (Finding(Kind.UNKNOWN_WORD, field, shorten(word, QUOTE)) for field, word in record.unknown_words),
    )
    return list(dict.fromkeys(found))


def _fees(ways: Iterable[Way]) -> Iterator[Finding]:
    """One finding for a text, however many ways repeat it."""
    methods: dict[tuple[Kind, int | None, str], list[str]] = {}
    first: dict[tuple[Kind, int | None, str], Fee] = {}
    for method, fee in ((way.method, fee) for way in ways for fee in way.fees):
        kind = _fee_kind(fee)
        if kind:
            key = (kind, fee.value, fold(fee.text))
            first.setdefault(key, fee)
            methods.setdefault(key, []).append(method)
    for key, fee in first.items():
        field = f"channels.{'+'.join(dict.fromkeys(methods[key]))}.fees"
        yield Finding(key[0], field, _fee_words(fee))


def _fee_kind(fee: Fee) -> Kind | None:
    amounts = amounts_in(fee.text)
    if fee.value and not is_believable(fee.value):
        return Kind.FEE_NOT_BELIEVABLE
    if fee.value:
        return Kind.FEE_AMOUNTS_DIFFER if amounts and fee.value not in amounts else None
    if amounts:
        return Kind.FEE_TEXT_NAMES_AMOUNT
    return Kind.FEE_TEXT_DEFERS if defers_to_province(fee.text) else None


def _fee_words(fee: Fee) -> str:
    value = "–" if fee.value is None else f"{fee.value:,} đ".replace(",", ".")
    named = AMOUNT.search(fee.text)
    said = _around(fee.text, named) if named else _quote(fee.text)
    return f"{value} | {said}" if said else value


def _times(record: OfficialRecord) -> Iterator[Finding]:
    ways, cases = durations.of_ways(record.ways), durations.of_cases(record)
    text = durations.against(record.ways)
    totals = frozenset(chain.from_iterable(durations.totals_in_words(block.text) for block in record.steps))
    if totals & (ways | cases) or not ways | cases:
        totals = frozenset()
    if len(ways | cases | text | totals) > 1:
        yield Finding(Kind.TIMES_DIFFER, "processing", _time_words(ways, cases, text | totals))
    other = frozenset(chain.from_iterable(_all_said(way) for way in record.ways)) - (ways | cases | text)
    if other:
        yield Finding(Kind.TIMES_BY_CASE, "channels.note", _join(other))


def _all_said(way: Way) -> frozenset[Stated]:
    said = durations.in_words(f"{way.note}\n{way.time.text}")
    return said.whole | said.part


def _time_words(ways: frozenset[Stated], cases: frozenset[Stated], text: frozenset[Stated]) -> str:
    parts = [
        (_("ways to hand in %(times)s"), ways),
        (_("cases %(times)s"), cases),
        (_("text %(times)s"), text),
    ]
    return "; ".join(words % {"times": _join(times)} for words, times in parts if times)


def _join(times: frozenset[Stated]) -> str:
    return ", ".join(map(str, sorted(times)))


def _texts(record: OfficialRecord, pattern: re.Pattern[str], kind: Kind) -> Iterator[Finding]:
    """Where the record itself speaks of something gone; the names of legal texts do not count."""
    places = [
        *(("checklist_raw", f"{paper.group} {paper.name}") for paper in record.papers),
        *(("steps_raw", f"{block.name} {block.text}") for block in record.steps),
        *(("channels.note", way.note) for way in record.ways),
        ("requirements", record.requirements),
        ("executing_agency", record.agency),
        ("name", record.name),
    ]
    for field, text in places:
        found = pattern.search(text)
        if found:
            yield Finding(kind, field, _around(text, found))


def _around(text: str, found: re.Match[str]) -> str:
    start, end = max(0, found.start() - QUOTE // 3), found.end() + QUOTE // 3
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return before + " ".join(text[start:end].split()) + after


def _empty(record: OfficialRecord) -> Iterator[Finding]:
    fields = {
        "category": record.category,
        "executing_agency": record.agency,
        "subject_types": record.subjects,
        "results": record.results,
        "requirements": record.requirements,
        "channels": record.ways,
        "channels.processing": durations.of_ways(record.ways) | durations.of_cases(record),
        "channels.fees": any(fee.value or fee.text for way in record.ways for fee in way.fees),
        "checklist_raw": any(not is_note(paper) for paper in record.papers),
        "steps_raw": any(block.text or block.name for block in record.steps),
        "legal_basis": record.law,
        "source_id": record.source_id,
        "source.url": record.source_url,
        "source.updated_at": record.source_date,
    }
    return (Finding(Kind.EMPTY, field, field) for field, value in fields.items() if not value)


def _law(row: LawRow) -> str:
    return _quote(f"{row.code} {row.name}".strip())


def _quote(text: str) -> str:
    return shorten(" ".join(text.split()), QUOTE)
