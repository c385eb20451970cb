"""What a typed text may mean: a few weighted readings of it, the same for every engine. Pure.

An engine turns a `Plan` into its own query: a result counts by its best variant. The text as it was typed is
always one of the variants, so that nothing understood wrongly hides what was asked.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gandan.search.encoding import code
from gandan.search.query import read

if TYPE_CHECKING:
    from gandan.search.statistics import Statistics
    from gandan.search.terms import Dictionary

MOST_VARIANTS = 8


@dataclass(frozen=True)
class Token:
    """One word sought. `accented` is its code in the index (`encoding.code`) when its accents are known.

    `weight` is 1 for a word that tells something, less for the fillers of a question. With `is_prefix` the word
    may go on; only the last of a variant does, while somebody is typing.
    """

    fold: str
    accented: str | None = None
    weight: float = 1.0
    is_prefix: bool = False


@dataclass(frozen=True)
class Variant:
    """One reading. Neighbours in `tokens` were neighbours in the text. `weight` is at most 1."""

    weight: float
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Plan:
    """`variants` best first, none when nothing was typed that can be sought.

    `typed` is what was typed, cut to what is read of it. `key` is the same for all spellings of one question
    (folded, corrected, fillers out): for promotions and counts. `understood` is the accented text the search
    is really for where that differs from `typed`, else None.
    """

    typed: str
    key: str
    variants: tuple[Variant, ...]
    understood: str | None = None
    was_cut: bool = False


def plan(
    text: str,
    language: str,
    statistics: "Statistics | None" = None,
    dictionary: "Dictionary | None" = None,
    *,
    while_typing: bool = False,
) -> Plan:
    """The readings of any text. While typing, the last word may be cut short."""
    query = read(text, language)
    last = len(query.words) - 1
    tokens = tuple(
        Token(word, code(word), query.weight(word), is_prefix=while_typing and place == last)
        for place, word in enumerate(query.words)
    )
    variants = (Variant(1.0, tokens),) if tokens else ()
    return Plan(query.text, " ".join(query.telling), variants, was_cut=query.was_cut)
