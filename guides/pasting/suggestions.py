"""What was recognised, as rows a clerk ticks: each with its words and the sentence it came from.

A row's key ("papers.2", "terms.0.fee") is what the form sends back; nothing else of it is trusted, the text is read
again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.text import fold
from guides.importing.legal_documents import NamedLaw
from guides.models.choices import AUDIENCES, FeeState, Method, OnlineLevel, PaperKind, TimeUnit
from guides.pasting.recognising import Recognised

Row = dict[str, Any]

TIME_COLUMNS = ("time_value", "time_unit", "cut_off", "time_note")
FEE_COLUMNS = ("fee_state", "fee_amount", "fee_note", "exemptions")
PLAIN = {
    "title": gettext_lazy("title"),
    "official_name": gettext_lazy("official name"),
    "code": gettext_lazy("procedure code"),
    "field": gettext_lazy("field"),
    "audience": gettext_lazy("for"),
    "who_may_apply": gettext_lazy("who may apply"),
    "where_note": gettext_lazy("note on where"),
    "online_level": gettext_lazy("online?"),
    "result": gettext_lazy("result"),
    "requirements": gettext_lazy("requirements"),
    "official_url": gettext_lazy("page on the national portal"),
    "source_name": gettext_lazy("source"),
    "source_url": gettext_lazy("address of the source"),
}
LISTS = {
    "channels": gettext_lazy("Ways to hand in"),
    "terms": gettext_lazy("Times and fees"),
    "papers": gettext_lazy("Papers"),
    "steps": gettext_lazy("Steps"),
    "legal_basis": gettext_lazy("Legal basis"),
}


@dataclass(frozen=True)
class Suggestion:
    """`state`: "" new, "same" the guide says so already, "other" the guide says something else (`now`)."""

    key: str
    label: str
    words: str
    quote: str
    state: str = ""
    now: str = ""
    note: str = ""

    @property
    def is_ticked(self) -> bool:
        return self.state != "same"


@dataclass(frozen=True)
class Group:
    name: str
    heading: str
    rows: tuple[Suggestion, ...]
    has_rows_now: int = 0  # how many rows of this list the guide has; 0 for plain fields


def groups(found: Recognised, current: Mapping[str, Any], known_laws: Mapping[str, str]) -> list[Group]:
    """`current`: values of the guide they would go into, {} for a new one; `known_laws`: titles by number."""
    plain = tuple(_plain(found, current))
    made = [Group("plain", _("What it is and for whom"), plain)] if plain else []
    for name, heading in LISTS.items():
        rows = tuple(_list_rows(name, found, current, known_laws))
        if rows:
            made.append(Group(name, str(heading), rows, len(current.get(name, []))))
    return made


def _plain(found: Recognised, current: Mapping[str, Any]) -> Iterator[Suggestion]:
    values = {**found.values, **({"code": found.code} if found.code else {})}
    for name, label in PLAIN.items():
        if name not in values:
            continue
        now = _plain_words(name, current.get(name))
        words = _plain_words(name, values[name])
        state = "" if not now else "same" if now == words else "other"
        yield Suggestion(
            name, str(label), words, found.quotes.get(name, ""), state, now if state == "other" else ""
        )


def _plain_words(name: str, value: Any) -> str:
    if name == "audience":
        return ", ".join(str(label) for key, label in AUDIENCES if key in (value or []))
    if name == "online_level":
        return str(OnlineLevel(value).label) if value and value != OnlineLevel.UNKNOWN else ""
    return str(value or "")


def _list_rows(
    name: str, found: Recognised, current: Mapping[str, Any], known_laws: Mapping[str, str]
) -> Iterator[Suggestion]:
    now = current.get(name, [])
    for i, row in enumerate(found.values.get(name, [])):
        key = f"{name}.{i}"
        if name == "terms":
            yield from _term(key, row, found, now)
        elif name == "legal_basis":
            yield _law(key, row, found, now, known_laws)
        else:
            yield _row(name, key, row, found, now)


def _row(name: str, key: str, row: Row, found: Recognised, now: list[Row]) -> Suggestion:
    label, words = {"channels": _channel_words, "papers": _paper_words, "steps": _step_words}[name](row)
    twin = same_row(name, row, now)
    twin_words = {"channels": _channel_words, "papers": _paper_words, "steps": _step_words}[name](
        twin or row
    )[1]
    state = "" if twin is None else "same" if twin_words == words else "other"
    return Suggestion(
        key, label, words, found.quotes.get(key, ""), state, twin_words if state == "other" else ""
    )


def _channel_words(row: Row) -> tuple[str, str]:
    return str(Method(row["method"]).label), row["note"] or str(Method(row["method"]).label)


def _paper_words(row: Row) -> tuple[str, str]:
    counts = []
    if row["originals"]:
        counts.append(_("%(count)d originals") % {"count": row["originals"]})
    if row["copies"]:
        counts.append(_("%(count)d copies") % {"count": row["copies"]})
    only_if = _("only if: %(case)s") % {"case": row["only_if"]} if row["only_if"] else ""
    return str(PaperKind(row["kind"]).label), " · ".join(filter(None, [row["name"], *counts, only_if]))


def _step_words(row: Row) -> tuple[str, str]:
    return _("Step"), str(row["text"])


def _term(key: str, row: Row, found: Recognised, now: list[Row]) -> Iterator[Suggestion]:
    way = str(Method(row["channel"]).label) if row["channel"] else _("Every way")
    twin = same_row("terms", row, now)
    for part, label, in_words in (("time", _("Time"), time_words), ("fee", _("Fee"), fee_words)):
        words = in_words(row)
        if not words:
            continue
        before = in_words(twin) if twin else ""
        state = "" if not before else "same" if before == words else "other"
        quote = found.quotes.get(f"{key}.{part}", "")
        yield Suggestion(
            f"{key}.{part}", f"{label}, {way}", words, quote, state, before if state == "other" else ""
        )


def time_words(row: Row) -> str:
    """Empty when the row says nothing about time."""
    said = []
    if row["time_value"] is not None:
        is_same_day = row["time_value"] == 0 and row["time_unit"] == TimeUnit.WORKING_DAY
        number = f"{row['time_value']} {TimeUnit(row['time_unit']).label}"
        said.append(_("the same day") if is_same_day else number)
    if row["cut_off"]:
        said.append(
            _("handed in after %(hour)s counts from the next working day") % {"hour": row["cut_off"][:5]}
        )
    return " · ".join([*said, *([row["time_note"]] if row["time_note"] else [])])


def fee_words(row: Row) -> str:
    """Empty when nothing is known; an empty fee is never free."""
    if row["fee_state"] == FeeState.UNKNOWN and not row["fee_note"]:
        return ""
    said = [str(FeeState(row["fee_state"]).label)]
    if row["fee_state"] == FeeState.AMOUNT and row["fee_amount"] is not None:
        said = [f"{row['fee_amount']:,} đ".replace(",", ".")]
    exempt = _("exempt: %(who)s") % {"who": row["exemptions"]} if row["exemptions"] else ""
    return " · ".join(filter(None, [*said, row["fee_note"], exempt]))


def _law(key: str, row: Row, found: Recognised, now: list[Row], known_laws: Mapping[str, str]) -> Suggestion:
    law = found.laws[row["number"]]
    is_known = row["number"] in known_laws
    note = _("in the list of documents already") if is_known else _("new: a document will be added")
    state = "same" if same_row("legal_basis", row, now) else ""
    return Suggestion(key, law.kind, law_words(law), found.quotes.get(key, ""), state, note=note)


def law_words(law: NamedLaw) -> str:
    dated = _("of %(day)s") % {"day": f"{date.fromisoformat(law.date):%d/%m/%Y}"} if law.date else ""
    return " · ".join(filter(None, [law.number, dated, law.issuer, law.title]))


def same_row(name: str, row: Row, rows: Iterable[Row]) -> Row | None:
    """The row of a guide that speaks of the same thing; rows for one situation only are never it."""
    return next((other for other in rows if _identity(name, other) == _identity(name, row)), None)


def _identity(name: str, row: Row) -> tuple[str, ...]:
    if name == "channels":
        return (row["method"],)
    if name == "terms":
        return (row["channel"], row["situation"])
    if name == "papers":
        return (fold(row["name"]), row["situations"])
    if name == "steps":
        return (fold(row["text"]), row["channel"], row["situation"])
    return (row["number"],)
