"""The accents of a text typed without them, as the indexed texts most often write its words side by side. Pure."""

import math
from collections.abc import Sequence

from gandan.search.statistics import Statistics

MOST_FORMS = 6  # a word
PAIR_SHARE = 0.9


def restored(words: Sequence[tuple[str, str | None]], statistics: Statistics) -> list[str]:
    """A form for each (folded word, form where it is known): the known ones stay, the others get accents."""
    best: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    counts_before = {"": 1}
    for folded, known in words:
        counts = _forms(folded, known, statistics)
        step: dict[str, tuple[float, list[str]]] = {}
        share_of = sum(counts.values())
        for form, count in counts.items():
            alone = (1 - PAIR_SHARE) * count / share_of
            step[form] = min(
                (
                    (cost + _cost(before, form, counts_before[before], alone, statistics), [*path, form])
                    for before, (cost, path) in best.items()
                ),
                key=lambda found: found[0],
            )
        best, counts_before = step, counts
    return min(best.values(), key=lambda found: found[0])[1]


def _forms(folded: str, known: str | None, statistics: Statistics) -> dict[str, int]:
    counts = statistics.forms.get(folded, {})
    if known is not None or not counts:
        form = known or folded
        return {form: max(counts.get(form, 0), 1)}
    likeliest = sorted(counts, key=lambda form: (-counts[form], form))[:MOST_FORMS]
    return {form: counts[form] for form in likeliest}


def _cost(before: str, form: str, times_before: int, alone: float, statistics: Statistics) -> float:
    together = statistics.form_pair(before, form)
    return -math.log(PAIR_SHARE * min(together / times_before, 1.0) + alone)
