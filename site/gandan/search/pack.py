"""The part "dictionary" of a content pack: what people say in one commune helps the search of the next.

What comes in never changes an entry that is there: another commune's editors own theirs. A faulty entry is refused
with its reason, the others are taken.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan import packs
from gandan.packs import Line, Orders, Pack, PackWriter
from gandan.search import dictionary
from gandan.search.terms import COLUMNS, Fault, Term, Wrong, conflicts, faults_of, read_row

NAME = "dictionary"
FILE = f"{NAME}/terms.json"
MOST_TERMS = 20_000


def register() -> None:
    label = gettext_lazy("Search dictionary")
    packs.register(packs.Part(30, NAME, label, export_terms, receive_terms, may_take, may_take))


def may_take(user: Any) -> bool:
    return bool(user.has_perm("gandan.add_searchterm"))


def export_terms(pack: PackWriter) -> list[Line]:
    terms = [term for term in dictionary.everything() if term.is_active]
    pack.add_json(FILE, [_written(term) for term in terms])
    pack.count(NAME, len(terms))
    return [Line(_("%(count)d entries") % {"count": len(terms)}, _("written"))] if terms else []


def receive_terms(pack: Pack, orders: Orders, now: datetime) -> list[Line]:
    if pack.body(FILE) is None:
        return []
    rows = pack.json(FILE)
    if not isinstance(rows, list) or len(rows) > MOST_TERMS:
        return [Line(FILE, _("refused"), (_("It is no list of entries."),), is_refused=True)]
    known = {term.key: term for term in dictionary.everything()}
    new: list[Term] = []
    kept, refused = 0, []
    for number, row in enumerate(rows, start=1):
        term = _read(row)
        wrong = [term] if isinstance(term, Wrong) else list(faults_of(term))
        if wrong or isinstance(term, Wrong):
            refused.append(_refusal(number, "" if isinstance(term, Wrong) else term.said, wrong[0]))
        elif term.key in known:
            kept += 1
        else:
            new.append(term)
    taken = _without_loops(list(known.values()), new, refused)
    if orders.write:
        dictionary.store(taken)
    done = _("%(new)d new, %(kept)d were there and stay as they are") % {"new": len(taken), "kept": kept}
    return [Line(_("%(count)d entries") % {"count": len(rows)}, done), *refused]


def _without_loops(known: list[Term], new: list[Term], refused: list[Line]) -> list[Term]:
    """The new entries without those that stand twice or whose meanings lead back to them."""
    wrong = {place - len(known): found for place, found in conflicts([*known, *new]) if place >= len(known)}
    refused += [_refusal(0, new[place].said, found) for place, found in wrong.items()]
    return [term for place, term in enumerate(new) if place not in wrong]


def _written(term: Term) -> dict[str, Any]:
    return {
        "said": term.said,
        "means": list(term.means),
        "kind": str(term.kind),
        "language": term.language,
        "audience": term.audience,
        "note": term.note,
    }


def _read(row: Any) -> Term | Wrong:
    if not isinstance(row, Mapping):
        return Wrong.NOTHING_SAID
    means = row.get("means")
    cells = {name: row[name] for name in COLUMNS if isinstance(row.get(name), str)}
    if isinstance(means, list):
        cells["means"] = "\n".join(each for each in means if isinstance(each, str))
    return read_row(cells)


def _refusal(number: int, said: str, wrong: Wrong) -> Line:
    title = said or _("entry %(number)d") % {"number": number}
    return Line(
        title[:80], _("refused"), (dictionary.in_words(Fault(0, wrong, said or title)),), is_refused=True
    )
