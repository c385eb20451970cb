"""Weekly opening hours as a clerk writes them: "7:30-11:30, 13:30-17:00".

Stored as {"0": "07:30-11:30, 13:30-17:00", …}, weekday 0 is Monday; a closed day is absent.
"""

import re
from collections.abc import Mapping
from datetime import time

Span = tuple[time, time]

SPAN = re.compile(r"^(\d{1,2})(?:[:hg.](\d{2})?)?\s*[-–—]\s*(\d{1,2})(?:[:hg.](\d{2})?)?$")


def parse_spans(typed: str) -> tuple[Span, ...]:
    """The spans of one day in order; ValueError names the piece that cannot be read or overlaps."""
    spans: list[Span] = []
    for piece in filter(None, (part.strip() for part in re.split(r"[,;]", typed))):
        match = SPAN.match(piece)
        if match is None:
            raise ValueError(piece)
        try:
            opens, closes = _clock(match[1], match[2]), _clock(match[3], match[4])
        except ValueError as error:
            raise ValueError(piece) from error
        if closes <= opens or (spans and opens < spans[-1][1]):
            raise ValueError(piece)
        spans.append((opens, closes))
    return tuple(spans)


def _clock(hour: str, minute: str | None) -> time:
    return time(int(hour), int(minute or 0))


def write_spans(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)


def weekly(stored: Mapping[str, str] | None) -> dict[int, tuple[Span, ...]]:
    return {int(day): parse_spans(spans) for day, spans in (stored or {}).items() if spans}


def read_clock(moment: time) -> str:
    """Hours as people read them: 7:30, 13:00."""
    return f"{moment.hour}:{moment.minute:02d}"


def grouped(stored: Mapping[str, str] | None) -> list[tuple[int, int, list[str]]]:
    """Runs of days with the same hours: (first weekday, last weekday, ["7:30–11:30", "13:30–17:00"])."""
    runs: list[tuple[int, int, list[str]]] = []
    for day, spans in sorted(weekly(stored).items()):
        shown = [f"{read_clock(opens)}–{read_clock(closes)}" for opens, closes in spans]
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == shown:
            runs[-1] = (runs[-1][0], day, shown)
        else:
            runs.append((day, day, shown))
    return runs
