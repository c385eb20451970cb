"""What changed in a guide, in the words of the active language: "Fee. Before: 8.000 đ. Now: 5.000 đ"."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guides.facts import five_facts, local
from guides.paper_rows import PaperRow, paper_rows
from guides.versions_facts import Change, plain
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

LONGEST = 400  # characters of changed lines that are still shown


@dataclass(frozen=True)
class ChangeWords:
    """`old` and `new` stand beside each other; `note` alone says it where there is no pair."""

    label: str
    old: str = ""
    new: str = ""
    note: str = ""


def in_words(changes: Iterable[Change]) -> list[ChangeWords]:
    """An entry of a kind that this version of the site does not know is left out."""
    return [_TELLERS[change["fact"]](change) for change in changes if change["fact"] in _TELLERS]


def _where(change: Change) -> ChangeWords:
    old, new = (
        five_facts({"where": each}, _language())[0] if each else None
        for each in (change["old"], change["new"])
    )
    pair = [joined([fact.answer, fact.note]) if fact else not_known() for fact in (old, new)]
    return ChangeWords(_("Where to go"), *pair)


def _unit(change: Change) -> ChangeWords:
    pair = [local(unit, "name", _language()) or not_known() for unit in (change["old"], change["new"])]
    return ChangeWords(_("Unit in charge"), *pair)


def _online(change: Change) -> ChangeWords:
    old, new = (five_facts({"online": each}, _language())[4] for each in (change["old"], change["new"]))
    if (old.answer, old.note) == (new.answer, new.note):
        return ChangeWords(_("Online?"), note=_("The address to file at is another one."))
    return ChangeWords(_("Online?"), joined([old.answer, old.note]), joined([new.answer, new.note]))


def _ways(change: Change) -> ChangeWords:
    pair = [listed(map(way_in_words, methods)) or not_known() for methods in (change["old"], change["new"])]
    return ChangeWords(_("Ways to hand in"), *pair)


def _time(change: Change) -> ChangeWords:
    return _term(_("How long"), change, lambda time: joined([time_in_words(time), time_note(time)]))


def _fee(change: Change) -> ChangeWords:
    return _term(_("Fee"), change, _fee_words)


def _fee_words(fee: Any) -> str:
    exempt = _("Pay nothing: %(who)s") % {"who": fee["exemptions"]} if fee["exemptions"] else ""
    return joined([fee_in_words(fee), fee["note"], exempt])


def _term(label: str, change: Change, words: Callable[[Any], str]) -> ChangeWords:
    """The label names the ways and situations where it is not the same for all."""
    named = [*map(way_in_words, change["ways"]), *change["situations"]]
    whole = f"{label} ({inside(listed(named))})" if named else label
    return ChangeWords(whole, words(change["old"]), words(change["new"]))


def _situations(change: Change) -> ChangeWords:
    return ChangeWords(_("Situations"), note=_come_and_gone(change["added"], change["removed"]))


def _law(change: Change) -> ChangeWords:
    return ChangeWords(_("Legal basis"), note=_come_and_gone(change["added"], change["removed"]))


def _papers(change: Change) -> ChangeWords:
    added, removed = ([_first_line(paper["name"]) for paper in change[name]] for name in ("added", "removed"))
    changed = [_changed_paper(pair) for pair in change["changed"]]
    return ChangeWords(_("Papers"), note=" ".join(filter(None, [_come_and_gone(added, removed), *changed])))


def _changed_paper(pair: dict[str, Any]) -> str:
    old, new = (paper_rows({"papers": [{**paper, "note": ""}]})[0] for paper in (pair["old"], pair["new"]))
    words = {"name": _first_line(new.name), "old": _paper_words(old), "new": _paper_words(new)}
    if words["old"] == words["new"]:
        return _("%(name)s: asked for in other cases, or with another form.") % words
    return _("%(name)s: before %(old)s, now %(new)s.") % words


def _paper_words(row: PaperRow) -> str:
    kinds = {"submit": _("Hand in"), "show": _("Show"), "none": _("Not needed")}
    return inside(joined([kinds[row.kind], row.full_note]))


def _come_and_gone(added: list[str], removed: list[str]) -> str:
    """Names with commas of their own are kept apart by semicolons."""
    told = []
    if removed:
        told.append(_("No longer: %(items)s.") % {"items": "; ".join(removed)})
    if added:
        told.append(_("New: %(items)s.") % {"items": "; ".join(added)})
    return " ".join(told)


def _steps(change: Change) -> ChangeWords:
    return ChangeWords(_("Steps"), note=_("Written anew."))


def _text(label: Callable[[], str]) -> Callable[[Change], ChangeWords]:
    """The lines that came and went; a text of which most is new is only said to be new."""

    def tell(change: Change) -> ChangeWords:
        added = _lines_beside(change["new"], change["old"])
        removed = _lines_beside(change["old"], change["new"])
        whole = _come_and_gone(added, removed)
        return ChangeWords(label(), note=whole if 0 < len(whole) <= LONGEST else _("Written anew."))

    return tell


def _lines_beside(text: str, other: str) -> list[str]:
    known = {plain(line) for line in other.splitlines()}
    return [_first_line(line) for line in text.splitlines() if line.strip() and plain(line) not in known]


def _valid_to(change: Change) -> ChangeWords:
    pair = [_day(iso) if iso else _("without an end") for iso in (change["old"], change["new"])]
    return ChangeWords(_("Valid until"), *pair)


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def _first_line(name: str) -> str:
    return (name.strip().splitlines() or [""])[0].strip().rstrip(".;:")


def _language() -> str:
    return get_language() or "vi"


_TELLERS: dict[str, Callable[[Change], ChangeWords]] = {
    "where": _where,
    "unit": _unit,
    "online": _online,
    "ways": _ways,
    "time": _time,
    "fee": _fee,
    "situations": _situations,
    "papers": _papers,
    "steps": _steps,
    "requirements": _text(lambda: _("Requirements")),
    "who_may_apply": _text(lambda: _("Who may apply")),
    "result": _text(lambda: _("What you get")),
    "law": _law,
    "valid_to": _valid_to,
}
