"""Bars of the figures page: parts in per cent of the longest, for `components/bar.html`."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.figures.counting import Tally
from feedback.figures.year import Line

LATE_LEGEND = [("late", gettext_lazy("Answered late")), ("pending-late", gettext_lazy("Open and late"))]
ALL_LEGEND = [
    ("on-time", gettext_lazy("On time")),
    *LATE_LEGEND,
    ("working", gettext_lazy("Open, in time")),
    ("ended", gettext_lazy("Ended otherwise")),
]
Parts = Callable[[Tally], Sequence[tuple[str, int]]]


def late_bars(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Late work on a scale of its own, so that it cannot drown among the rest."""
    return _bars(lines, lambda tally: [("late", tally.late), ("pending-late", tally.open_late)], _late_words)


def all_bars(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return _bars(lines, _everything, lambda tally: str(tally.received))


def _everything(tally: Tally) -> list[tuple[str, int]]:
    return [
        ("on-time", tally.on_time),
        ("late", tally.late),
        ("pending-late", tally.open_late),
        ("working", tally.open),
        ("ended", tally.otherwise),
    ]


def _late_words(tally: Tally) -> str:
    if not tally.open_late:
        return str(tally.late)
    return _("%(late)d + %(open)d still open") % {"late": tally.late, "open": tally.open_late}


def _bars(lines: Sequence[Line], parts: Parts, words: Callable[[Tally], str]) -> list[dict[str, Any]]:
    shown = [(line.name, line.ends) for line in lines if line.ends is not None]
    longest = max((sum(number for _kind, number in parts(ends)) for _name, ends in shown), default=0)
    return [
        {"label": name, "parts": _placed(parts(ends), longest), "total": words(ends)} for name, ends in shown
    ]


def _placed(parts: Sequence[tuple[str, int]], longest: int) -> list[dict[str, Any]]:
    placed, start = [], 0
    for kind, number in parts:
        if number:
            left, width = 100 * start / longest, 100 * number / longest
            placed.append({"kind": kind, "start": round(left, 3), "width": round(width, 3)})
        start += number
    return placed
