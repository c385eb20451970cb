"""Ways to hand in, each with its time and fees: from the portal's table, its cards, or sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from gandan.text import fold
from guides.importing.papers import without_bullet
from guides.importing.record import Fee, Way
from guides.pasting.sections import Part, Section, Sections
from guides.pasting.words import NOTHING, Times, times_in

_METHODS = [
    ("ONLINE", re.compile(r"\btruc tuyen\b|\bmoi truong dien tu\b|\bqua mang\b|\btren cong dich vu cong\b")),
    ("POSTAL", re.compile(r"\bbuu (?:chinh|dien)\b|\bdich vu buu\b")),
    ("DIRECT", re.compile(r"\btruc tiep\b|\btai bo phan\b|\btai trung tam phuc vu\b|\btai tru so\b")),
]
_ROW = re.compile(
    r"^[\s\-–+*•]*(trực tiếp|trực tuyến|(?:qua )?(?:dịch vụ )?bưu chính(?: công ích)?)\s*(?:\t|:|$)",
    re.IGNORECASE,
)
_FEE_LINE = re.compile(
    r"^[\s\-–+*•]*(?:(?:phí|lệ phí)\b[^:\n]{0,20}:|(?:miễn|không(?: thu)?)\s+(?:lệ\s+)?phí\b)", re.IGNORECASE
)
_LABEL = re.compile(
    r"^[\s\-–+*•]*(?:phí,?\s*(?:và\s*)?)?(?:lệ\s*phí|phí)\s*(?:\(nếu có\))?\s*:\s*", re.IGNORECASE
)
_VALUE = re.compile(r"^(\d{1,3}(?:[.,]\d{3})+|\d{1,9})\s*(?:đồng|đ|vnđ|vnd)\b\.?\s*", re.IGNORECASE)
_NOTHING_TO_PAY = re.compile(
    r"^(?:không|không có|không thu|miễn|miễn phí|không mất phí|không thu tiền)\s*[.;]?$", re.IGNORECASE
)
_SAYS_NOTHING = {"", "khong quy dinh", "khong co quy dinh", "chua quy dinh"}
FREE = "Không thu phí, lệ phí"
_TABLE_HEAD = re.compile(
    r"^hinh thuc nop(?: ho so)?(?: thoi (?:han|gian).*)?$|^(?:phi le phi|mo ta|thoi (?:han|gian) giai quyet)$"
)
_UNITS = "ngày|giờ|tháng|ngay"
_TIME_CELL = re.compile(
    rf"^\s*(?:không quá\s+|tối đa\s+)?\d[\d.,]*\s*(?:\([^)]*\)\s*)?(?:{_UNITS})\b", re.IGNORECASE
)


@dataclass(frozen=True)
class ReadWay:
    """`quotes`: the words the way, its time and its fees were read from."""

    way: Way
    times: Times
    quote: str
    fee_quote: str = ""


@dataclass
class _Cells:
    method: str
    first: str
    time: list[str] = field(default_factory=list)
    fees: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)


def ways_in(sections: Sections) -> list[ReadWay]:
    """In the order of the text. Time and fee from a part of their own hold for every way that has none itself."""
    ways = [*_cards(sections), *_rows(sections.lines(Part.WAYS))] or list(
        _sentences(sections.lines(Part.WAYS))
    )
    times, fees, fee_quote = _general(sections)
    if not ways and (times != NOTHING or fees):
        ways = [ReadWay(Way("", NOTHING.duration, (), ""), NOTHING, "")]
    return [_completed(way, times, fees, fee_quote) for way in ways]


def _general(sections: Sections) -> tuple[Times, tuple[Fee, ...], str]:
    """Parts that stand for themselves, not those inside a card."""
    own = list(_outside_cards(sections.found))
    time_text = "\n".join(s.text for s in own if s.part is Part.TIME).strip()
    fee_lines = [line for s in own if s.part is Part.FEE for line in s.lines if line.strip()]
    return times_in(time_text), fees_of(fee_lines), "\n".join(fee_lines)


def _completed(read: ReadWay, times: Times, fees: tuple[Fee, ...], fee_quote: str) -> ReadWay:
    if read.times == NOTHING and times != NOTHING:
        read = replace(read, times=times, way=replace(read.way, time=times.duration))
    if not read.way.fees and fees:
        read = replace(read, way=replace(read.way, fees=fees), fee_quote=fee_quote)
    return read


def _outside_cards(sections: Iterable[Section]) -> Iterator[Section]:
    in_card = False
    for section in sections:
        in_card = section.part is Part.CARD or (
            in_card and section.part in (Part.TIME, Part.FEE, Part.CARD_NOTE)
        )
        if not in_card:
            yield section


def _cards(sections: Sections) -> Iterator[ReadWay]:
    cells: _Cells | None = None
    for section in sections.found:
        if section.part is Part.CARD:
            if cells:
                yield _way(cells)
            cells = _Cells(method_in(section.text), section.text)
        elif cells and section.part in (Part.TIME, Part.FEE, Part.CARD_NOTE):
            place = {Part.TIME: cells.time, Part.FEE: cells.fees, Part.CARD_NOTE: cells.note}[section.part]
            place += section.lines
        elif cells:
            yield _way(cells)
            cells = None
    if cells:
        yield _way(cells)


def _rows(lines: list[str]) -> Iterator[ReadWay]:
    """The portal's table: a row begins with the name of a way, its cells are behind tabs or on lines below."""
    cells: _Cells | None = None
    for line in lines:
        begins = _ROW.match(line)
        if begins:
            if cells:
                yield _way(cells)
            cells = _Cells(method_in(begins[1]), line.strip())
            line = line[begins.end() :]
            _fill(cells, line.split("\t") if "\t" in line or line.strip() else [])
        elif cells and not _TABLE_HEAD.match(fold(line[:120])):
            _fill(cells, line.split("\t"))
    if cells:
        yield _way(cells)


def _fill(cells: _Cells, parts: Iterable[str]) -> None:
    for part in parts:
        if not part.strip():
            continue
        if _FEE_LINE.match(part):
            cells.fees.append(part.strip())
        elif not (cells.time or cells.fees or cells.note) and _is_time(part):
            cells.time.append(part.strip())
        elif cells.fees and not cells.note and _is_open(cells.fees[-1]):
            cells.fees[-1] += "\n" + part.strip()
        else:
            cells.note.append(part.strip())


def _is_time(part: str) -> bool:
    return bool(_TIME_CELL.match(part)) or times_in(part).same_day or fold(part).startswith("theo mo ta")


def _is_open(text: str) -> bool:
    """A bracket that is not closed yet goes on in the next line."""
    return text.count("(") > text.count(")")


def _sentences(lines: list[str]) -> Iterator[ReadWay]:
    """One way a line; a line that names several gives several ways and belongs to none of them alone."""
    found: dict[str, list[str]] = {}
    quotes: dict[str, str] = {}
    for line in lines:
        methods = methods_in(line)
        for method in methods:
            found.setdefault(method, [])
            quotes.setdefault(method, line.strip())
            if len(methods) == 1:
                found[method].append(without_bullet(line).rstrip(" ;"))
    for method, notes in found.items():
        note = "\n".join(dict.fromkeys(notes))
        yield ReadWay(Way(method, NOTHING.duration, (), note), NOTHING, quotes[method])


def methods_in(text: str) -> list[str]:
    folded = fold(text)
    places = [(found.start(), method) for method, words in _METHODS if (found := words.search(folded))]
    return [method for _place, method in sorted(places)]


def method_in(text: str) -> str:
    return next(iter(methods_in(text)), "")


def _way(cells: _Cells) -> ReadWay:
    time_text = "\n".join(cells.time).strip()
    note = "\n".join(line for line in cells.note if fold(line) not in {"mo ta", ""})
    fees = fees_of(cells.fees)
    times = times_in(time_text) if time_text else NOTHING
    way = Way(cells.method, times.duration, fees, note)
    return ReadWay(way, times, cells.first, "\n".join(cells.fees))


def fees_of(lines: Iterable[str]) -> tuple[Fee, ...]:
    fees = [_fee(line) for line in _joined(lines)]
    return tuple(fee for fee in fees if fee is not None)


def _joined(lines: Iterable[str]) -> list[str]:
    """Lines below a fee that begin no fee of their own go on with its words."""
    joined: list[str] = []
    for line in lines:
        if joined and not _FEE_LINE.match(line):
            joined[-1] += "\n" + line.strip()
        else:
            joined.append(line.strip())
    return joined


def _fee(line: str) -> Fee | None:
    text = _LABEL.sub("", line).strip()
    if fold(text) in _SAYS_NOTHING:
        return None
    if _NOTHING_TO_PAY.match(text):
        return Fee(None, FREE)
    value, rest = None, text
    found = _VALUE.match(text)
    if found:
        value, rest = int(re.sub(r"\D", "", found[1])), text[found.end() :].strip()
        rest = _unwrapped(rest)
        return Fee(value, rest if rest or not value else "") if rest or value else None
    return Fee(None, rest)


def _unwrapped(text: str) -> str:
    return (
        text[1:-1].strip() if text.startswith("(") and text.endswith(")") and text.count("(") == 1 else text
    )
