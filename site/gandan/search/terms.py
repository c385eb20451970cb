"""The dictionary of words people say and what the administration calls the same. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    ABBREVIATION = "abbreviation"
    OLD = "old"
    EVERYDAY = "everyday"
    DIALECT = "dialect"


@dataclass(frozen=True)
class Term:
    said: str
    means: tuple[str, ...]
    kind: Kind = Kind.EVERYDAY
    language: str = "vi"
    audience: str = ""


@dataclass(frozen=True)
class Dictionary:
    version: str
    terms: tuple[Term, ...]
