"""Rows that may be published without pointing to a person: nothing below five, nor what it could be worked out from.

A topic or area with fewer than ten cases gets no row of its own; all of them make one row "others". Ten, and not
five, and never "the next smallest too": else a reader who knows the rule works out the small ones (a test looks at
every case). No number is blanked, all rows add up to the total, and where the others are fewer than five there is
no table. How the cases of a row ended is shown where none of these numbers is 1 to 4; where that hides a single
row, the smallest other row is hidden with it, or subtraction would bring it back.

Months are joined with the following ones until there are five cases: they say how the whole commune works, not
where or about what somebody wrote, so their ends are always shown. Late work is never hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from feedback.figures.counting import Key, Tally, total
from gandan.small_numbers import LEAST

OWN_ROW = 2 * LEAST  # cases


@dataclass(frozen=True)
class Group:
    """Several keys in one row; `shows_ends` when all numbers of it may be read, else only those received."""

    keys: Sequence[object]
    tally: Tally
    shows_ends: bool = True


def separated(tallies: Mapping[Key, Tally]) -> list[Group]:
    """Largest first, the others last; empty when nothing may be told apart."""
    ordered = sorted(tallies, key=lambda key: -tallies[key].received)
    alone = [key for key in ordered if tallies[key].received >= OWN_ROW]
    together = [key for key in ordered if key not in alone]
    others = total(tallies[key] for key in together)
    if 0 < others.received < LEAST:
        return []
    groups = [Group([key], tallies[key]) for key in alone]
    return _with_ends([*groups, Group(together, others)] if together else groups)


def _with_ends(groups: list[Group]) -> list[Group]:
    if len(groups) < 2:
        return []
    hidden = {place for place, group in enumerate(groups) if any(0 < n < LEAST for n in group.tally.numbers)}
    if len(hidden) == 1:
        others = [
            place for place in range(len(groups)) if place not in hidden and groups[place].tally.received
        ]
        hidden.add(min(others, key=lambda place: groups[place].tally.received))
    return [Group(group.keys, group.tally, place not in hidden) for place, group in enumerate(groups)]


def joined_months(tallies: Mapping[date, Tally], months: Iterable[date]) -> list[Group]:
    """`months` in their order; what is left over at the end joins the last row. Empty when there are fewer than five."""
    groups: list[Group] = []
    waiting: list[date] = []
    for month in months:
        waiting.append(month)
        found = total(tallies.get(each, Tally()) for each in waiting)
        if not 0 < found.received < LEAST:
            groups.append(Group(waiting, found))
            waiting = []
    if waiting:
        groups.append(Group(waiting, total(tallies.get(each, Tally()) for each in waiting)))
    while len(groups) > 1 and 0 < groups[-1].tally.received < LEAST:
        last, before = groups.pop(), groups.pop()
        groups.append(Group([*before.keys, *last.keys], before.tally + last.tally))
    return [] if total(group.tally for group in groups).received < LEAST else groups
