"""The guide one step a screen, for the grandchild who holds the phone while the elder does what it says.

The screens in order: which situation, each paper, what need not be brought, what it is often sent back for, where to
go, each step, the fee and when to come back. Every word is the sheet's; what it does not say is said as not known.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from guides.facts import five_facts, usual_way, who_is_exempt
from guides.paper_rows import PaperRow, paper_rows
from guides.promise_words import PromiseWords, in_words
from guides.reading import steps_of, warnings, who_helps
from guides.result_day import calendar_of, counter_hours, promise
from guides.situations import PARAMETER, SituationRow, chosen_of, key_of, query_of, situations_of
from guides.terms import fee_for, time_for
from guides.wording import fee_in_words, joined, not_known, time_in_words, time_note
from home.commune import hours_lines

SCREEN = "buoc"
Sheet = dict[str, Any]


@dataclass(frozen=True)
class Screen:
    """`heading` says what kind of thing it is, `act` is the one thing to do, `notes` the small print.

    `choices` are links that choose a situation, `listed` lines of the same weight, `promised` the stamp.
    """

    heading: str
    act: str
    icon: str
    notes: list[str] = field(default_factory=list)
    choices: list[SituationRow] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    phone: str = ""
    promised: PromiseWords | None = None


@dataclass(frozen=True)
class Shown:
    """One screen with its place among the others; `back` and `onward` are "" at the ends."""

    screen: Screen
    number: int
    total: int
    back: str
    onward: str

    @property
    def marks(self) -> range:
        return range(self.total)


def elder_context(page: Any, asked: dict[str, str], now: datetime) -> dict[str, Any]:
    """A number that is none, or beyond the ends, shows the nearest screen. One statement, for the calendar."""
    chosen = chosen_of(page.sheet, asked.get(PARAMETER, ""))
    screens = list(_screens(page, chosen, now))
    number = min(max(_number(asked.get(SCREEN, "")), 1), len(screens))
    return {
        "shown": Shown(
            screen=screens[number - 1],
            number=number,
            total=len(screens),
            back=query_of(chosen, **{SCREEN: number - 1}) if number > 1 else "",
            onward=query_of(chosen, **{SCREEN: number + 1}) if number < len(screens) else "",
        ),
        "chosen": chosen,
        "guide_query": query_of(chosen),
        "warnings": warnings(page, localdate(now)),
    }


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1


def _screens(page: Any, chosen: dict[str, Any] | None, now: datetime) -> Iterator[Screen]:
    sheet, situation = page.sheet, key_of(chosen)
    if chosen is None:
        yield from _which_situation(sheet)
    yield from _papers(sheet, situation)
    yield from _rejections(sheet)
    yield _where(page, localdate(now))
    yield from _steps(sheet, situation)
    yield _fee(sheet, situation)
    yield _when(page, situation, now)


def _which_situation(sheet: Sheet) -> Iterator[Screen]:
    rows = situations_of(sheet, None)
    choices = rows.shown + rows.folded
    if choices:
        yield Screen(_("Your situation"), _("Which of these is it?"), "ask", choices=choices)


def _papers(sheet: Sheet, situation: str) -> Iterator[Screen]:
    rows = paper_rows(sheet, situation, usual_way(sheet))
    needed = [row for row in rows if row.kind != "none"]
    if not needed:
        no_papers = sheet.get("bring", {}).get("no_papers")
        yield Screen(_("Papers"), _("No papers needed") if no_papers else not_known(), "paper")
    for number, row in enumerate(needed, start=1):
        yield _paper(row, number, len(needed))
    spared = [row.name for row in rows if row.kind == "none"]
    if spared:
        yield Screen(_("Papers"), _("These can stay at home"), "tick", listed=spared)


def _paper(row: PaperRow, number: int, total: int) -> Screen:
    heading = _("Paper %(number)d of %(total)d") % {"number": number, "total": total}
    notes = [
        _("Only to show: it is handed back.") if row.kind == "show" else _("It stays with the office."),
        row.full_note,
    ]
    return Screen(heading, row.name, "paper", notes=[note for note in notes if note])


def _rejections(sheet: Sheet) -> Iterator[Screen]:
    rows = sheet.get("rejections", [])
    if rows:
        listed = [joined([row["reason"], row["how_to_avoid"]]) for row in rows]
        yield Screen(
            _("Before you go"), _("Look once more: it is often sent back because"), "search", listed=listed
        )


def _where(page: Any, today: date) -> Screen:
    where, helper = five_facts(page.sheet, page.locale.language_code)[0], who_helps(page, today)
    notes = [where.note, *hours_lines(counter_hours(page.sheet))]
    notes += [joined([helper.name, helper.away])] if helper else []
    phone = helper.phone if helper else (page.sheet.get("unit") or {}).get("phone", "")
    return Screen(where.label, where.answer, "where", notes=[note for note in notes if note], phone=phone)


def _steps(sheet: Sheet, situation: str) -> Iterator[Screen]:
    steps = steps_of(sheet, usual_way(sheet), situation)
    for number, text in enumerate(steps, start=1):
        heading = _("Step %(number)d of %(total)d") % {"number": number, "total": len(steps)}
        yield Screen(heading, text, "next")
    if not steps:
        yield Screen(_("Steps"), not_known(), "next")


def _fee(sheet: Sheet, situation: str) -> Screen:
    fee = fee_for(sheet.get("terms", []), usual_way(sheet), situation)
    notes = [note for note in (fee["note"], who_is_exempt(fee)) if note]
    return Screen(_("Fee"), fee_in_words(fee), "cost", notes=notes)


def _when(page: Any, situation: str, now: datetime) -> Screen:
    sheet = page.sheet
    term_time = time_for(sheet.get("terms", []), usual_way(sheet), situation)
    promised = promise(sheet, calendar_of(sheet, localdate(now)), now, situation)
    result = _("You get: %(result)s") % {"result": page.result} if page.result else ""
    notes = [note for note in (time_note(term_time), result) if note]
    stamp = in_words(promised) if promised else None
    return Screen(_("How long"), time_in_words(term_time), "clock", notes=notes, promised=stamp)
