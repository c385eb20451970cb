"""Which facts differ between two texts of a guide, as data that any language can put into words.

A fact is what decides where somebody goes, when, with what and under which law: place and unit, ways and online
level, time and fee (for each way and situation as a reader would look them up), situations, papers, steps,
requirements, who may apply, the result, the documents of the law, the last valid day. Title, summary, what people
call it, notes on papers, common rejections, names and phones copied from elsewhere, check dates and source are none.
Words that differ only in capitals, spaces, stops or the place of a tone mark are the same words.

Works on whatever has `sheet` and the fields named in SHOWN: a page, or an old version through its `shown`.
"""

import re
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any

from gandan.text import canonical
from guides.facts import ways
from guides.terms import fee_for, time_for

Sheet = dict[str, Any]
Change = dict[str, Any]

SHOWN = (
    *("title", "code", "official_name", "official_url", "online_url", "summary", "field", "who_may_apply"),
    *("no_papers", "result", "requirements", "valid_from", "valid_to"),
    *("checked_on", "check_again_on", "source_name", "source_url", "source_date"),
)
PAPER = ("kind", "originals", "copies", "only_if", "situations")


def shown_fields(page: Any) -> dict[str, Any]:
    kept = getattr(page, "shown", None)
    return kept if kept is not None else {name: getattr(page, name) for name in SHOWN}


def changes(old: Any, new: Any) -> list[Change]:
    """One entry a fact, in the order of a guide; each has `fact` and what was and is, in plain values."""
    before, after = old.sheet, new.sheet
    return [
        *_pair("where", _where, before, after),
        *_pair("unit", _unit, before, after),
        *_pair("online", _online, before, after),
        *_pair("ways", ways, before, after),
        *_terms("time", time_for, before, after),
        *_terms("fee", fee_for, before, after),
        *_situations(before, after),
        *_papers(before, after),
        *_pair("steps", _steps, before, after),
        *_texts(shown_fields(old), shown_fields(new)),
        *_law(before, after),
        *_end(shown_fields(old), shown_fields(new)),
    ]


def plain(value: Any) -> Any:
    """For comparing: words without capitals and stops, in lists and dicts too."""
    if isinstance(value, str):
        return " ".join(re.findall(r"\w+", canonical(value).lower()))
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def _pair(fact: str, read: Callable[[Sheet], Any], before: Sheet, after: Sheet) -> list[Change]:
    old, new = read(before), read(after)
    compared = [_identity(each) for each in (old, new)]
    return [] if compared[0] == compared[1] else [{"fact": fact, "old": old, "new": new}]


def _identity(value: Any) -> Any:
    """What a named thing is, whatever it is called today."""
    if isinstance(value, dict) and value.get("key"):
        return value["key"]
    if isinstance(value, dict):
        return {key: _identity(each) for key, each in value.items()}
    return [_identity(each) for each in value] if isinstance(value, list) else plain(value)


def _where(sheet: Sheet) -> Any:
    where = sheet.get("where", {})
    places = where.get("places", [])
    return {"counter": where.get("counter", ""), "note": where.get("note", ""), "places": places}


def _unit(sheet: Sheet) -> Any:
    unit = sheet.get("unit")
    return {name: value for name, value in unit.items() if name not in {"phone", "hours"}} if unit else None


def _online(sheet: Sheet) -> Any:
    return {name: sheet.get("online", {}).get(name, "") for name in ("level", "note", "url")}


def _steps(sheet: Sheet) -> Any:
    return [{name: row[name] for name in ("channel", "situation", "text")} for row in sheet.get("steps", [])]


def _terms(fact: str, look_up: Callable[..., Any], before: Sheet, after: Sheet) -> list[Change]:
    """One entry a pair of old and new, with the ways and situations it holds for; empty lists mean all of them."""
    methods = [way for way in ways(before) if way in ways(after)] or [""]
    situations = {row["key"]: row["label"] for row in [*_rows(before), *_rows(after)]}
    cells = [(way, key) for way in methods for key in (situations or {"": ""})]
    groups: dict[str, Change] = {}
    for way, key in cells:
        old, new = (look_up(sheet.get("terms", []), way, key) for sheet in (before, after))
        if _differ(old, new):
            entry = groups.setdefault(
                repr((old, new)), {"fact": fact, "old": dict(old), "new": dict(new), "cells": []}
            )
            entry["cells"].append((way, key))
    return [_named(entry, cells, situations) for entry in groups.values()]


def _differ(old: Any, new: Any) -> bool:
    """By what both know: a sheet written before a column was added does not differ by it."""
    return any(plain(old[name]) != plain(new[name]) for name in old if name in new)


def _rows(sheet: Sheet) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = sheet.get("situations", [])
    return rows


def _named(entry: Change, cells: list[tuple[str, str]], situations: dict[str, str]) -> Change:
    own = entry.pop("cells")
    own_ways, all_ways = ({way for way, _key in some} for some in (own, cells))
    own_keys, all_keys = ({key for _way, key in some} for some in (own, cells))
    entry["ways"] = [] if own_ways == all_ways else [way for way, _key in cells if way in own_ways]
    entry["ways"] = list(dict.fromkeys(entry["ways"]))
    entry["situations"] = (
        [] if own_keys == all_keys else [label for key, label in situations.items() if key in own_keys]
    )
    return entry


def _situations(before: Sheet, after: Sheet) -> list[Change]:
    old, new = ({row["key"]: row["label"] for row in _rows(sheet)} for sheet in (before, after))
    removed = [label for key, label in old.items() if plain(new.get(key, "")) != plain(label)]
    added = [label for key, label in new.items() if plain(old.get(key, "")) != plain(label)]
    return [{"fact": "situations", "removed": removed, "added": added}] if removed or added else []


def _papers(before: Sheet, after: Sheet) -> list[Change]:
    """Papers are told apart by name; of several with one name the first is compared with the first."""
    old, new = _by_name(before), _by_name(after)
    removed, added, changed = [], [], []
    for name in dict.fromkeys([*old, *new]):
        for was, now in zip_longest(old.get(name, []), new.get(name, [])):
            if now is None:
                removed.append(was)
            elif was is None:
                added.append(now)
            elif _paper(was) != _paper(now):
                changed.append({"old": was, "new": now})
    if not (removed or added or changed):
        return []
    return [{"fact": "papers", "removed": removed, "added": added, "changed": changed}]


def _by_name(sheet: Sheet) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for paper in sheet.get("papers", []):
        found.setdefault(plain(paper["name"]), []).append(paper)
    return found


def _paper(paper: dict[str, Any]) -> Any:
    """A form that is uploaded anew under another name is another form; its size is not."""
    form = (paper.get("form") or {}).get("url", "")
    values = {name: plain(paper.get(name)) for name in PAPER}
    return {**values, "situations": sorted(paper.get("situations") or []), "form": form}


def _texts(old: dict[str, Any], new: dict[str, Any]) -> Iterable[Change]:
    for name in ("requirements", "who_may_apply", "result"):
        if plain(old.get(name) or "") != plain(new.get(name) or ""):
            yield {"fact": name, "old": old.get(name) or "", "new": new.get(name) or ""}


def _law(before: Sheet, after: Sheet) -> list[Change]:
    old, new = ({row["number"]: row["name"] for row in sheet.get("law", [])} for sheet in (before, after))
    removed = [name for number, name in old.items() if number not in new]
    added = [name for number, name in new.items() if number not in old]
    return [{"fact": "law", "removed": removed, "added": added}] if removed or added else []


def _end(old: dict[str, Any], new: dict[str, Any]) -> Iterable[Change]:
    """Since when a text holds is no fact of its own; until when it does, is."""
    was, now = (str(each.get("valid_to") or "") for each in (old, new))
    if was != now:
        yield {"fact": "valid_to", "old": was, "new": now}
