"""What the indexed texts are made of: how many documents hold a word, which words follow which. Pure.

Built of live and public pages only, since "did you mean" prints what it knows. Words are numbered, pairs are
kept as one number (first × words + second), and everything packs into one compressed text.
"""

import json
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from gandan.search.encoding import accented_words

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
    """`holding`: documents that hold a folded word. `counts`: how often it stands, more in a name.

    `forms` are the accented words a folded one stands for, with their counts. `version` changes whenever the
    content does.
    """

    version: str = ""
    documents: int = 0
    holding: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    _pairs: "Pairs" = field(default_factory=lambda: Pairs([], {}))
    _form_pairs: "Pairs" = field(default_factory=lambda: Pairs([], {}))

    @cached_property
    def cache(self) -> dict[str, Any]:
        """What others worked out by these statistics; goes with them."""
        return {}

    @cached_property
    def total(self) -> int:
        return sum(self.counts.values())

    def pair(self, first: str, second: str) -> int:
        """How often two folded words stand side by side."""
        return self._pairs.count(first, second)

    def form_pair(self, first: str, second: str) -> int:
        """The same of words as they are written, in lower case."""
        return self._form_pairs.count(first, second)

    def idf(self, word: str) -> float:
        """Near 0 for a word in every document; the most for one in none or one."""
        found = max(self.holding.get(word, 0), 1)
        return math.log(1 + (max(self.documents, 1) - found + 0.5) / (found + 0.5))

    def packed(self) -> bytes:
        content = {
            "format": FORMAT,
            "version": self.version,
            "documents": self.documents,
            "holding": self.holding,
            "counts": self.counts,
            "forms": self.forms,
            "pairs": self._pairs.flat(),
            "form_pairs": self._form_pairs.flat(),
        }
        return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6)

    @classmethod
    def unpacked(cls, packed: bytes) -> "Statistics":
        """ValueError when they were packed by another version of this module."""
        content = json.loads(zlib.decompress(packed))
        if content["format"] != FORMAT:
            raise ValueError(f"Statistics of format {content['format']}, not {FORMAT}.")
        return cls(
            content["version"],
            content["documents"],
            content["holding"],
            content["counts"],
            content["forms"],
            Pairs.of_flat(content["pairs"]),
            Pairs.of_flat(content["form_pairs"]),
        )


class Pairs:
    """Counts of neighbours, each pair one number: a third of the memory that pairs of texts take."""

    def __init__(self, words: Sequence[str], counts: Mapping[int, int]) -> None:
        self._numbers = {word: number for number, word in enumerate(words)}
        self._counts = counts

    def __len__(self) -> int:
        return len(self._counts)

    def count(self, first: str, second: str) -> int:
        numbers = self._numbers
        if first not in numbers or second not in numbers:
            return 0
        return self._counts.get(numbers[first] * len(numbers) + numbers[second], 0)

    def flat(self) -> list[Any]:
        """The words, then key and count in turn."""
        return [list(self._numbers), [number for entry in self._counts.items() for number in entry]]

    @classmethod
    def of_flat(cls, flat: Sequence[Any]) -> "Pairs":
        words, numbers = flat
        return cls(words, dict(zip(numbers[::2], numbers[1::2], strict=True)))

    @classmethod
    def of_counts(cls, counts: Mapping[tuple[str, str], int]) -> "Pairs":
        words = list(dict.fromkeys(word for pair in counts for word in pair))
        numbers = {word: number for number, word in enumerate(words)}
        keyed = {
            numbers[first] * len(words) + numbers[second]: count for (first, second), count in counts.items()
        }
        return cls(words, keyed)


def gather(documents: Iterable[Document], version: str) -> Statistics:
    holding: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    form_pairs: Counter[tuple[str, str]] = Counter()
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    number = 0
    for document in documents:
        number += 1
        here: set[str] = set()
        for text, times in [*((name, NAME_COUNTS) for name in document.names), (document.text, 1)]:
            words = [word for word in accented_words(text) if len(word[0]) <= LONGEST_WORD]
            here.update(folded for folded, _ in words)
            for folded, form in words:
                counts[folded] += times
                forms[folded][form] += times
            for (first, first_form), (second, second_form) in pairwise(words):
                pairs[first, second] += times
                form_pairs[first_form, second_form] += times
        holding.update(here)
    return Statistics(
        version, number, holding, counts, forms, Pairs.of_counts(pairs), Pairs.of_counts(form_pairs)
    )
