"""Which other case says the same? Suggested by words and place, for a person to decide.

Words are compared in memory over the recent open cases that the reader may see; nothing of the comparison is kept.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from feedback.access import Reader
from feedback.models import Case, CaseText, Kind
from gandan.text import fold_words

RECENT = timedelta(days=60)
COMPARED = 300  # newest cases
SUGGESTED = 5
ALIKE = 0.2  # share of words and word pairs in common, from which a case is suggested
SAME_PLACE = 0.15  # worth of the same area, added to the share
_COMMON = "la va cua co khong duoc cho o thi ma nay do voi toi em anh chi xa thon nha a da gi bi"
COMMON_WORDS = frozenset(_COMMON.split())


@dataclass(frozen=True)
class Likeness:
    case: Case
    same_area: bool


def alike(case: Case, reader: Reader, now: datetime) -> list[Likeness]:
    """The cases that come closest, the closest first; remarks about conduct are never compared."""
    if case.kind == Kind.CONDUCT:
        return []
    others = reader.cases().open().filter(sent_at__gte=now - RECENT).exclude(pk=case.pk)
    others = others.exclude(kind=Kind.CONDUCT).select_related("topic", "area")
    found = {other.pk: other for other in others.order_by("-sent_at")[:COMPARED]}
    said = _said([case.pk, *found])
    ours = said[case.pk]
    scored = [(_score(case, other, ours, said[pk]), pk) for pk, other in found.items()]
    best = sorted((pair for pair in scored if pair[0] >= ALIKE), reverse=True)[:SUGGESTED]
    return [Likeness(found[pk], _same_area(case, found[pk])) for _, pk in best]


def share(one: set[str], other: set[str]) -> float:
    """Words and word pairs in common, of all that either says: 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def terms(text: str) -> set[str]:
    words = [word for word in fold_words(text) if word not in COMMON_WORDS]
    return {*words, *(f"{first} {second}" for first, second in pairwise(words))}


def _score(case: Case, other: Case, ours: set[str], theirs: set[str]) -> float:
    return share(ours, theirs) + (SAME_PLACE if _same_area(case, other) else 0.0)


def _same_area(case: Case, other: Case) -> bool:
    return case.area_id is not None and case.area_id == other.area_id


def _said(cases: list[int]) -> defaultdict[int, set[str]]:
    said: defaultdict[int, set[str]] = defaultdict(set)
    texts = CaseText.objects.filter(case__in=cases, role=CaseText.Role.QUESTION, hidden_at=None)
    for case_id, text in texts.values_list("case_id", "text"):
        said[case_id] |= terms(text)
    return said
