"""Times, hours of the day and days of documents in the words of official texts."""

import re
from dataclasses import dataclass
from datetime import date, time

from guides.importing import durations
from guides.importing.record import Duration

_NEXT = r"(?!\s+(?:tiếp\s+theo|kế\s+tiếp|liền\s+kề|sau)\b|\s*\d)"
_SAME_DAY = re.compile(
    rf"\btrong\s+ngày(?:\s+làm\s+việc{_NEXT}|{_NEXT}(?!\s+làm\s+việc))|\bgiải\s+quyết\s+ngay\b|\btrả\s+(?:kết\s+quả\s+)?ngay\b",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"\bsau\s+(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{2})?\b", re.IGNORECASE)
_SENTENCES = re.compile(r"\n+|(?<=[.;])\s+")
_DAY = re.compile(
    r"(?:ngày\s+)?\b(\d{1,2})\s*(?:/|-|\.|\s+tháng\s+)\s*(\d{1,2})\s*(?:/|-|\.|\s+năm\s+)\s*(\d{4})\b",
    re.IGNORECASE,
)
_CODE_OF_UNIT = {str(unit): code for code, unit in durations.UNITS.items()}


@dataclass(frozen=True)
class Times:
    """What a text says about time: `duration` for the whole work, `rest` for some cases, `same_day`, `cut_off`."""

    duration: Duration
    same_day: bool
    cut_off: time | None
    rest: str
    sentence: str


NOTHING = Times(Duration(None, "OTHER"), False, None, "", "")


def times_in(text: str) -> Times:
    """Read as generously as the words allow; several times for the whole work stay words, undecided."""
    sentences = [sentence.strip() for sentence in _SENTENCES.split(text) if sentence.strip()]
    if not sentences:
        return NOTHING
    alone = durations.stated_alone(text)
    stated = frozenset([alone]) if alone else durations.in_words(text).whole
    is_same_day = any(says_same_day(sentence) for sentence in sentences)
    if len(stated) == 1 and not is_same_day:
        (one,) = stated
        main = next((s for s in sentences if one in _stated(s)), sentences[0])
        rest = "\n".join(s for s in sentences if s != main and durations.in_words(s).part)
        return Times(Duration(one.value, _CODE_OF_UNIT[one.unit]), False, cut_off_in(text), rest, main)
    if is_same_day and not stated:
        main = next(s for s in sentences if says_same_day(s))
        rest = "\n".join(s for s in sentences if s != main and durations.in_words(s).part)
        return Times(Duration(None, "OTHER"), True, cut_off_in(text), rest, main)
    return Times(Duration(None, "OTHER", text.strip()), False, cut_off_in(text), "", text.strip())


def _stated(sentence: str) -> frozenset[durations.Stated]:
    alone = durations.stated_alone(sentence)
    return frozenset([alone]) if alone else durations.in_words(sentence).whole


def says_same_day(text: str) -> bool:
    """ "Ngay trong ngày tiếp nhận", and not "trong ngày làm việc tiếp theo"."""
    return bool(_SAME_DAY.search(text))


def cut_off_in(text: str) -> time | None:
    """The hour behind "sau 15 giờ"; None when there is none or the text names several."""
    found = {_hour(match) for match in _CUT_OFF.finditer(text)} - {None}
    return found.pop() if len(found) == 1 else None


def cut_off_sentence(text: str) -> str:
    return next((s.strip() for s in _SENTENCES.split(text) if _CUT_OFF.search(s)), "")


def _hour(match: re.Match[str]) -> time | None:
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if 6 <= hour <= 20 and minute < 60 else None


def day_in(text: str) -> date | None:
    """The first day a text names ("ngày 15 tháng 11 năm 2015", "15/11/2015", "15-11-2015")."""
    for match in _DAY.finditer(text):
        try:
            return date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            continue
    return None
