"""The five facts on top of a guide and in every list row: where, how long, cost, what to bring, online or not.

Always all five, in this order, for the usual way (the counter where there is one). What differs in another way
or situation is said in the note; for a reader who chose a situation, nothing is said of another one. What the sheet
does not say is said as not known; nothing empty is ever free.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from guides.models.choices import FeeState, Method, OnlineLevel, PaperKind
from guides.terms import Fee, Term, Time, fee_for, rows_for, time_for
from guides.wording import (
    fee_in_words,
    inside,
    joined,
    listed,
    not_known,
    time_in_words,
    time_note,
    way_in_words,
)

Sheet = dict[str, Any]
Stated = TypeVar("Stated", Time, Fee)

LEADING_LABEL = 40  # characters: a longer situation would push the answer out of sight
NAMED_SITUATIONS = 2  # more than these are listed on the guide, not in a fact
NAMED_PAPERS = 3


@dataclass(frozen=True)
class Fact:
    """`answer` stands alone in lists; `note` may be empty."""

    key: str
    label: str
    answer: str
    note: str
    icon: str

    @property
    def is_known(self) -> bool:
        return self.answer != not_known()


def five_facts(sheet: Sheet, language: str, situation: str = "") -> list[Fact]:
    """Five facts in the language; a name without a translation stays Vietnamese. An empty sheet gives unknowns.

    Without a situation they are for everyone, else for that situation alone.
    """
    with override(language):
        return [
            _where(sheet, language),
            _how_long(sheet, situation),
            _cost(sheet, situation),
            _bring(sheet, situation),
            _online(sheet),
        ]


def local(words: dict[str, Any] | None, field: str, language: str) -> str:
    """The field of a sheet's named thing in the language, else in Vietnamese."""
    if not words:
        return ""
    return words.get(f"{field}_{language}") or words.get(field) or ""


def ways(sheet: Sheet) -> list[str]:
    """The ways to hand in, the counter first."""
    named = [row["method"] for row in sheet.get("channels", [])]
    found = named or [term["channel"] for term in sheet.get("terms", []) if term["channel"]]
    return sorted(dict.fromkeys(found), key=lambda way: way != Method.COUNTER)


def usual_way(sheet: Sheet) -> str:
    return next(iter(ways(sheet)), "")


def _where(sheet: Sheet, language: str) -> Fact:
    where = sheet.get("where", {})
    places = [local(place, "name", language) for place in where.get("places", [])]
    named = [where.get("counter", ""), *places] if places else [where.get("counter", "")]
    answer = listed(filter(None, named)) or local(sheet.get("unit"), "name", language)
    return Fact("where", _("Where to go"), answer or not_known(), where.get("note", ""), "where")


def _how_long(sheet: Sheet, situation: str) -> Fact:
    terms, way = sheet.get("terms", []), usual_way(sheet)
    usual = time_for(terms, way, situation)
    others = _differences(sheet, usual, time_for, time_in_words, situation)
    return Fact("how-long", _("How long"), time_in_words(usual), joined([time_note(usual), *others]), "clock")


def _cost(sheet: Sheet, situation: str) -> Fact:
    terms, way = sheet.get("terms", []), usual_way(sheet)
    usual = fee_for(terms, way, situation)
    first = None if situation else _definite_situation(sheet, usual)
    if first:
        answer = f"{first['label']}: {inside(fee_in_words(fee_for(terms, way, first['key'])))}"
        otherwise = _("Otherwise: %(fee)s") % {"fee": inside(fee_in_words(usual))}
        return Fact("cost", _("Fee"), answer, joined([otherwise, _why_unknown(usual)]), "cost")
    answer = fee_in_words(usual)
    if _other_ways(sheet, usual, fee_for, fee_in_words, situation):
        answer = f"{way_in_words(way)}: {inside(answer)}"
    others = _differences(sheet, usual, fee_for, fee_in_words, situation)
    return Fact("cost", _("Fee"), answer, joined([usual["note"], who_is_exempt(usual), *others]), "cost")


def who_is_exempt(fee: Fee) -> str:
    """Empty where nobody is; whoever pays nothing anyway needs no exemption."""
    if not fee["exemptions"] or fee["state"] == FeeState.FREE:
        return ""
    return _("Pay nothing: %(who)s") % {"who": fee["exemptions"]}


def _why_unknown(fee: Fee) -> str:
    return fee["note"] if fee["state"] == FeeState.UNKNOWN else ""


def _definite_situation(sheet: Sheet, usual: Fee) -> dict[str, Any] | None:
    """The first situation, when its fee is free or an amount and the usual fee is neither."""
    first = next(iter(sheet.get("situations", [])), None)
    if first is None or usual["state"] in {"free", "amount"} or len(first["label"]) > LEADING_LABEL:
        return None
    fee = fee_for(sheet.get("terms", []), usual_way(sheet), first["key"])
    return first if fee["state"] in {"free", "amount"} else None


def _differences(
    sheet: Sheet,
    usual: Stated,
    look_up: Callable[[list[Term], str, str], Stated],
    in_words: Callable[[Stated], str],
    situation: str,
) -> list[str]:
    """What other ways take, "Online: 10.000 đ", and other situations unless the reader chose one."""
    found = _other_ways(sheet, usual, look_up, in_words, situation)
    if not situation:
        found += _other_situations(sheet, usual, look_up, in_words)
    return found


def _other_ways(
    sheet: Sheet,
    usual: Stated,
    look_up: Callable[[list[Term], str, str], Stated],
    in_words: Callable[[Stated], str],
    situation: str,
) -> list[str]:
    terms = sheet.get("terms", [])
    answers = {way: in_words(look_up(terms, way, situation)) for way in ways(sheet)[1:]}
    return [
        f"{way_in_words(way)}: {inside(answer)}"
        for way, answer in answers.items()
        if answer != in_words(usual)
    ]


def _other_situations(
    sheet: Sheet,
    usual: Stated,
    look_up: Callable[[list[Term], str, str], Stated],
    in_words: Callable[[Stated], str],
) -> list[str]:
    terms, way = sheet.get("terms", []), usual_way(sheet)
    answers = {row["label"]: in_words(look_up(terms, way, row["key"])) for row in sheet.get("situations", [])}
    differing = {label: answer for label, answer in answers.items() if answer != in_words(usual)}
    if len(differing) > NAMED_SITUATIONS or any(len(label) > LEADING_LABEL for label in differing):
        return [_("Other situations differ: see below")]
    return [f"{label}: {inside(answer)}" for label, answer in differing.items()]


def _bring(sheet: Sheet, situation: str) -> Fact:
    bring = sheet.get("bring", {})
    text = bring.get("text", "") if _holds_for(sheet, situation) else ""
    note = bring.get("note", "") if _holds_for(sheet, situation) else ""
    if not text and bring.get("no_papers"):
        text = _("No papers needed")
    return Fact("bring", _("Bring"), text or _short_papers(sheet, situation) or not_known(), note, "paper")


def _holds_for(sheet: Sheet, situation: str) -> bool:
    """Whether the editor's words for what to bring, written for the usual case, hold in the situation too.

    The first situation is the usual one; the words hold wherever the papers are the same as in it.
    """
    first = next((row["key"] for row in sheet.get("situations", [])), "")
    papers = sheet.get("papers", [])
    return not situation or rows_for(papers, "", situation) == rows_for(papers, "", first)


def _short_papers(sheet: Sheet, situation: str) -> str:
    """The papers that everyone brings, by the usual way in the situation; the first line of their names."""
    papers, way = sheet.get("papers", []), usual_way(sheet)
    kept = rows_for(papers, way, situation) if situation else papers
    needed = [paper for paper in kept if paper["kind"] != PaperKind.NOT_NEEDED]
    always = [paper for paper in rows_for(needed, way, situation) if not paper["only_if"]]
    names = [paper["name"].strip().splitlines()[0] for paper in always if paper["name"].strip()]
    short = [name for name in names if len(name) <= LEADING_LABEL][:NAMED_PAPERS]
    if not needed:
        return ""
    if not short:
        return _("See the list of papers")
    if len(short) < len(needed):
        return _("%(papers)s and others in the list") % {"papers": listed(short)}
    return listed(short)


def _online(sheet: Sheet) -> Fact:
    online = sheet.get("online", {})
    note = online.get("note", "")
    answers = {
        OnlineLevel.FULL: pgettext("Online?", "Yes"),
        OnlineLevel.PARTIAL: _("Partly"),
        OnlineLevel.NONE: _("No"),
    }
    answer = answers.get(online.get("level", ""))
    if answer is None:  # an editor's note never turns "not known" into an answer
        return Fact("online", _("Online?"), not_known(), note, "mobile")
    return Fact("online", _("Online?"), note or answer, "", "mobile")
