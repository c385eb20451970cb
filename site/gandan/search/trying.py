"""What a search understands and finds, with the dictionary as it is and with an entry that is not saved yet."""

from dataclasses import dataclass, replace

from gandan.search import dictionary
from gandan.search.finding import Hits, find
from gandan.search.plan import Variant
from gandan.search.terms import Dictionary, Term, split_meanings

SHOWN = 5


@dataclass(frozen=True)
class Outcome:
    hits: Hits

    @property
    def variants(self) -> list[str]:
        """Each reading of the text with its weight, best first."""
        plan = self.hits.plan
        return [f"{_words(variant)} ({variant.weight:.2f})" for variant in plan.variants] if plan else []


@dataclass(frozen=True)
class Tried:
    """`after` is None when no entry was given."""

    before: Outcome
    after: Outcome | None


def try_out(typed: str, said: str = "", means: str = "") -> Tried:
    present = dictionary.current()
    before = _outcome(typed, present)
    if not said:
        return Tried(before, None)
    entry = Term(said, split_meanings(means))
    others = tuple(term for term in present.terms if term.key != entry.key)
    return Tried(before, _outcome(typed, replace(present, version="", terms=(*others, entry))))


def _outcome(typed: str, known: Dictionary) -> Outcome:
    return Outcome(find(typed, limit=SHOWN, dictionary=known))


def _words(variant: Variant) -> str:
    return " ".join(token.fold for token in variant.tokens)
