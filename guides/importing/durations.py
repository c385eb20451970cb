"""Times in a record: what a field states, what a sentence states, and how we write one.

What we add to a guide is Vietnamese, not translated: it stands between sentences of a Vietnamese record, and an
import must give the same values whatever language the commands speak.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from guides.importing.record import Duration, OfficialRecord, Way
from guides.models.choices import TimeUnit

UNITS = {
    "HOUR": TimeUnit.HOUR,
    "DAY": TimeUnit.DAY,
    "WORKING_DAY": TimeUnit.WORKING_DAY,
    "MONTH": TimeUnit.MONTH,
    "OTHER": TimeUnit.OTHER,
}
_WORDS = {
    TimeUnit.HOUR: "giờ",
    TimeUnit.DAY: "ngày",
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.MONTH: "tháng",
}
_UNIT_OF_WORD = {word: unit for unit, word in _WORDS.items()}
_NUMBER = r"(?<![\d/.,-])(\d{1,3}(?:[.,]\d{1,2})?)"
_STATED = re.compile(
    rf"{_NUMBER}\s*(?:\([^()]{{1,30}}\)\s*)?(ngày\s+làm\s+việc|ngày)(?!\s*\d)", re.IGNORECASE
)
_WHOLE = re.compile(
    rf"(?:thời\s+(?:hạn|gian)(?:\s+(?:giải\s+quyết|thực\s+hiện))?:?\s*)?(?:là\s+)?(?:không\s+quá\s+|tối\s+đa\s+)?"
    rf"{_NUMBER}\s*(ngày\s+làm\s+việc|ngày|giờ|tháng)\.?",
    re.IGNORECASE,
)
# Words that tie a number to some places, some cases, one part of the work or the payer: not the time of the whole.
_ONLY_PART = re.compile(
    r"đối với|trường hợp|miền núi|hải đảo|vùng sâu|khó khăn|tăng thêm|trong đó|thuế|nghĩa vụ tài chính|thẩm định"
    r"|kể từ ngày có|trước ngày|bước \d",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:tổng\s+thời\s+(?:gian|hạn)|thời\s+(?:hạn|gian)\s+(?:giải\s+quyết|thực\s+hiện\s+thủ\s+tục))",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"\n+|(?<=[.;])\s+")


@dataclass(frozen=True, order=True)
class Stated:
    """A time someone states: 7.5 working days is (7.5, "working_day")."""

    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.value:g} {_WORDS[TimeUnit(self.unit)]}".replace(".", ",")


@dataclass(frozen=True)
class InWords:
    """Times that a text states for the whole of the work, and for parts of it or for some cases."""

    whole: frozenset[Stated]
    part: frozenset[Stated]


def stated(duration: Duration) -> Stated | None:
    """The time of a field. None for 0, for words and for "other": the record then leaves the time open."""
    if duration.qty and duration.unit != "OTHER":
        return Stated(duration.qty, UNITS[duration.unit])
    return stated_alone(duration.text)


def stated_alone(text: str) -> Stated | None:
    """The time when a text says nothing but it ("Không quá 10 ngày làm việc")."""
    found = _WHOLE.fullmatch(text.strip())
    return _stated(found[1], found[2]) if found else None


def in_words(text: str) -> InWords:
    """The days that the sentences of a note state."""
    whole: set[Stated] = set()
    part: set[Stated] = set()
    for sentence in _SENTENCES.split(text):
        found = [_stated(match[1], match[2]) for match in _STATED.finditer(sentence)]
        (part if _ONLY_PART.search(sentence) else whole).update(found)
    return InWords(frozenset(whole), frozenset(part))


def totals_in_words(text: str) -> frozenset[Stated]:
    """The days of sentences that speak of the time of the whole procedure."""
    sentences = [s for s in _SENTENCES.split(text) if _TOTAL.search(s) and not _ONLY_PART.search(s)]
    return frozenset(_stated(m[1], m[2]) for s in sentences for m in _STATED.finditer(s))


def of_ways(ways: Iterable[Way]) -> frozenset[Stated]:
    return frozenset(time for way in ways if (time := stated(way.time)))


def of_cases(record: OfficialRecord) -> frozenset[Stated]:
    return frozenset(time for case in record.cases if (time := stated(case)))


def against(ways: Iterable[Way]) -> frozenset[Stated]:
    """Times of the whole work in the notes of ways whose own time is none of them; empty when all is well."""
    contradicting: set[Stated] = set()
    for way in ways:
        time, said = stated(way.time), in_words(way.note)
        if time and said.whole and time not in said.whole | said.part:
            contradicting |= said.whole
    return frozenset(contradicting)


def _stated(number: str, word: str) -> Stated:
    return Stated(float(number.replace(",", ".")), _UNIT_OF_WORD[" ".join(word.lower().split())])
