"""What the indexed texts are made of: how many documents hold a word, which words follow which. Pure.

Built of live and public pages only, since "did you mean" prints what it knows. Words are numbered, pairs are
kept as one number (first × words + second), and everything packs into one compressed text.
"""

import json
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from gandan.search.encoding import accented_words
from gandan.text import fold_words

LONGEST_WORD = 24  # letters; longer ones are addresses and codes
NAME_COUNTS = 3  # a name is read as often as that beside the body's once
FORMAT = 1


@dataclass(frozen=True)
class Document:
    """Original texts: what it is called, and all the rest."""

    names: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Statistics:
    """`holding`: documents that hold a folded word. `counts`, `pairs`: how often words and neighbours stand.

    `forms` are the accented words a folded one stands for, with their counts; `form_pairs` count accented
    neighbours. `version` changes whenever the content does.
    """

    version: str = ""
    documents: int = 0
    holding: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    form_pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @cached_property
    def total(self) -> int:
        return sum(self.counts.values())

    def idf(self, word: str) -> float:
        """0 for a word in every document; the most for one in none or one."""
        found = max(self.holding.get(word, 0), 1)
        return math.log(1 + (max(self.documents, 1) - found + 0.5) / (found + 0.5))


def gather(documents: Iterable[Document], version: str) -> Statistics:
    holding: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    forms: dict[str, Counter[str]] = {}
    form_pairs: Counter[tuple[str, str]] = Counter()
    number = 0
    for document in documents:
        number += 1
        here: set[str] = set()
        for text, times in [*((name, NAME_COUNTS) for name in document.names), (document.text, 1)]:
            accented = accented_words(text)
            folded = [part for part, _ in accented]
            here.update(folded)
            for word in folded:
                counts[word] += times
            for pair in pairwise(folded):
                pairs[pair] += times
            for part, form in accented:
                forms.setdefault(part, Counter())[form] += times
            for (_, first), (_, second) in pairwise(accented):
                form_pairs[first, second] += times
        holding.update(here)
    return Statistics(version, number, holding, counts, pairs, forms, form_pairs)
