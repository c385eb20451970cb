"""The dictionary of words people say and what the administration calls the same. Pure.

A table of it has a row an entry: `said,means,kind,language,audience,note,active`; several meanings are separated
by ";". What is wrong with an entry is said with its row, counted as a spreadsheet counts (the heading is row 1).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gandan.text import canonical

LANGUAGES = frozenset(["vi", "en", "ar"])
COLUMNS = ("said", "means", "kind", "language", "audience", "note", "active")
LONGEST_SAID, LONGEST_MEANING, MOST_MEANINGS = 80, 160, 6
NO = frozenset(["no", "0", "false", "không", "khong", "n"])


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
    note: str = ""
    is_active: bool = True

    @property
    def key(self) -> tuple[str, str]:
        """One entry a language for each spelling, whatever its capitals."""
        return self.language, canonical(self.said).lower()


@dataclass(frozen=True)
class Dictionary:
    """`version` is another one after every change."""

    version: str
    terms: tuple[Term, ...]


class Wrong(StrEnum):
    NOTHING_SAID = "nothing_said"
    NO_MEANING = "no_meaning"
    TOO_LONG = "too_long"
    MEANS_ITSELF = "means_itself"
    TWICE = "twice"
    LOOP = "loop"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_LANGUAGE = "unknown_language"
    NO_TABLE = "no_table"


@dataclass(frozen=True)
class Fault:
    """`about` is the entry's saying, or the word that is not understood; `row` counts from 2 in a table."""

    row: int
    wrong: Wrong
    about: str = ""


def read_csv(text: str) -> list[Term]:
    """The entries of a table that is in order. Raises ValueError otherwise."""
    terms, faults = read_table(text)
    if faults:
        raise ValueError(f"row {faults[0].row}: {faults[0].wrong} {faults[0].about}".strip())
    return terms


def read_table(text: str) -> tuple[list[Term], list[Fault]]:
    """All entries that can be read, and what is wrong, each with its row."""
    lines = text.removeprefix("\ufeff").splitlines()
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = csv.DictReader(io.StringIO("\n".join(lines)), delimiter=separator)
    if not {"said", "means"} <= set(rows.fieldnames or ()):
        return [], [Fault(1, Wrong.NO_TABLE)]
    terms: list[Term] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows, start=2):
        if not any(value.strip() for value in row.values() if isinstance(value, str)):
            continue
        found = read_row(row)
        if isinstance(found, Wrong):
            column = "language" if found is Wrong.UNKNOWN_LANGUAGE else "kind"
            faults.append(Fault(number, found, (row.get(column) or "").strip()))
            continue
        terms.append(found)
        faults += [Fault(number, wrong, found.said) for wrong in faults_of(found)]
    faults += [Fault(place + 2, wrong, terms[place].said) for place, wrong in conflicts(terms)]
    return terms, faults


def write_csv(terms: Iterable[Term]) -> str:
    """What `read_csv` reads, for a spreadsheet: with the mark that tells it UTF-8."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for term in terms:
        active = "yes" if term.is_active else "no"
        means = "; ".join(term.means)
        writer.writerow([term.said, means, term.kind, term.language, term.audience, term.note, active])
    return "\ufeff" + table.getvalue()


def faults_of(term: Term) -> Iterator[Wrong]:
    """What is wrong with an entry by itself."""
    if not canonical(term.said):
        yield Wrong.NOTHING_SAID
    if not term.means:
        yield Wrong.NO_MEANING
    too_long = any(len(meaning) > LONGEST_MEANING for meaning in term.means)
    if len(term.said) > LONGEST_SAID or len(term.means) > MOST_MEANINGS or too_long:
        yield Wrong.TOO_LONG
    if any(canonical(meaning).lower() == term.key[1] for meaning in term.means):
        yield Wrong.MEANS_ITSELF


def conflicts(terms: Sequence[Term]) -> Iterator[tuple[int, Wrong]]:
    """(place, what is wrong) for entries that stand twice, and for those whose meanings lead back to them."""
    meanings: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for place, term in enumerate(terms):
        if term.key in meanings:
            yield place, Wrong.TWICE
        meanings.setdefault(term.key, [(term.language, canonical(one).lower()) for one in term.means])
    for place, term in enumerate(terms):
        if term.is_active and _leads_back(term.key, meanings):
            yield place, Wrong.LOOP


def _leads_back(key: tuple[str, str], meanings: Mapping[tuple[str, str], list[tuple[str, str]]]) -> bool:
    """Whether following meanings that are sayings themselves comes back; what means itself is another fault."""
    seen, ahead = {key}, [meaning for meaning in meanings[key] if meaning != key]
    while ahead:
        here = ahead.pop()
        for onward in meanings.get(here, ()):
            if onward == key:
                return True
            if onward not in seen:
                seen.add(onward)
                ahead.append(onward)
    return False


def read_row(row: Mapping[str, str | None]) -> "Term | Wrong":
    """The entry of a row by the names of `COLUMNS`; not yet looked at for faults."""
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    kind = cells["kind"].lower() or Kind.EVERYDAY
    if kind not in set(Kind):
        return Wrong.UNKNOWN_KIND
    if (cells["language"].lower() or "vi") not in LANGUAGES:
        return Wrong.UNKNOWN_LANGUAGE
    return Term(
        said=canonical(cells["said"]),
        means=split_meanings(cells["means"]),
        kind=Kind(kind),
        language=cells["language"].lower() or "vi",
        audience=cells["audience"],
        note=cells["note"],
        is_active=cells["active"].lower() not in NO,
    )


def split_meanings(text: str) -> tuple[str, ...]:
    """Meanings separated by ";" or by lines."""
    parts = (canonical(part) for part in text.replace("\n", ";").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))
