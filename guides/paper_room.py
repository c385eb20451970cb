"""How much of a guide fits on one A4 side in small type, reckoned from its lines.

The measures are CSS px of the sheet as sheet.css sets it (`.flow.dense`), fitted on the printed sheets of the sample
guides in three languages; a reckoning is off by 20 px at most times, so a margin is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from guides.facts import Fact
from guides.paper_rows import PaperRow

SIDE = 1_032  # px between the margins
MARGIN = 40
FRAME = 498  # letterhead, titles, lines to fill in, QR
LINE, ROW, FACT_LINE = 6.5, 11.4, 20.7  # px each adds; lines and rows run through two columns
COLUMN, ANSWER, NOTE = 46, 24, 30  # characters in a line of a column, of an answer and of its note
WORDS_BESIDE = 10  # characters of "– hand in" after a paper's name


@dataclass(frozen=True)
class Kept:
    """`rest` is what one gets and the next help session."""

    rejections: bool
    rest: bool
    notes: bool


EVERYTHING = Kept(rejections=True, rest=True, notes=True)
LESS_AND_LESS = (
    EVERYTHING,
    Kept(rejections=False, rest=True, notes=True),
    Kept(rejections=False, rest=False, notes=True),
    Kept(rejections=False, rest=False, notes=False),
)


def what_fits(
    papers: Sequence[PaperRow], steps: list[str], rejections: list[str], facts: list[Fact], result: str
) -> Kept:
    """The most that fits on a side; the least when nothing does, and the sheet takes a second side."""
    fixed = FRAME + FACT_LINE * _fact_lines(facts) + _height(steps)
    for kept in LESS_AND_LESS:
        height = fixed + _papers(papers, kept)
        height += _height(rejections) * kept.rejections + _height([result, " " * 2 * COLUMN]) * kept.rest
        if height <= SIDE - MARGIN:
            return kept
    return LESS_AND_LESS[-1]


def is_named_shortly(paper: PaperRow) -> bool:
    """One that nobody needs to bring stands in a single line with its like."""
    return paper.kind == "none" and not paper.condition


def _papers(papers: Sequence[PaperRow], kept: Kept) -> float:
    rows = [paper for paper in papers if not is_named_shortly(paper)]
    notes = [paper.full_note if kept.notes and paper.is_common else paper.short_note for paper in rows]
    named = [paper.name + note + " " * WORDS_BESIDE for paper, note in zip(rows, notes, strict=True)]
    spared = ", ".join(paper.name for paper in papers if is_named_shortly(paper))
    return _height([*named, spared])


def _height(texts: list[str]) -> float:
    return sum(ROW + LINE * ceil(len(text) / COLUMN) for text in texts if text)


def _fact_lines(facts: list[Fact]) -> int:
    """Three facts beside each other, then the papers on two thirds of the width beside the last."""
    lines = [ceil(len(fact.answer) / ANSWER) + ceil(len(fact.note) / NOTE) for fact in facts]
    bring = ceil(len(facts[3].answer) / (2 * ANSWER)) + ceil(len(facts[3].note) / (2 * NOTE))
    return max(lines[:3]) + max(bring, lines[4])
