"""An official record as it was read: typed, bounded, in the words of the portal, not yet judged."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guides.importing.whole import WholeGuide


@dataclass(frozen=True)
class Duration:
    """`qty` is None when the record gives words (`text`) or nothing; `unit` is one of `durations.UNITS`."""

    qty: float | None
    unit: str
    text: str = ""


@dataclass(frozen=True)
class Fee:
    value: int | None  # đồng as the record says; 0 never means free
    text: str


@dataclass(frozen=True)
class Way:
    method: str  # DIRECT, ONLINE, POSTAL
    time: Duration
    fees: tuple[Fee, ...]
    note: str


@dataclass(frozen=True)
class PaperRow:
    group: str
    name: str
    originals: int
    copies: int


@dataclass(frozen=True)
class StepBlock:
    name: str
    text: str
    is_one_step: bool = False  # only in our own export: the text is a step already


@dataclass(frozen=True)
class LawRow:
    code: str
    name: str


@dataclass(frozen=True)
class OfficialRecord:
    file: Path
    fingerprint: str
    code: str
    name: str
    title: str  # only in our own export; the portal has none
    source_id: str
    category: str
    agency: str
    subjects: tuple[str, ...]
    results: tuple[str, ...]
    requirements: str
    ways: tuple[Way, ...]
    cases: tuple[Duration, ...]
    papers: tuple[PaperRow, ...]
    steps: tuple[StepBlock, ...]
    law: tuple[LawRow, ...]
    source_url: str
    source_date: date | None
    unknown_words: tuple[tuple[str, str], ...]  # (field, word): left out, and said so
    whole: WholeGuide | None = (
        None  # only in our own export: the guide itself, which the portal's fields repeat
    )

    @property
    def identity(self) -> str:
        """Its code; the address of a guide that has none."""
        return self.code or (self.whole.slug if self.whole else "")
