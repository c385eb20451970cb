"""What the address of the search page asks for, and the links that narrow it: plain ones, kept in the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from gandan.search.engine import BEST, NEWEST
from gandan.search.facets import NAMES, Facets, Filters
from gandan.search.kinds import KINDS
from gandan.search.query import LONGEST_TEXT
from gandan.search.registry import names_of

PARAMETERS = {
    "kind": "loai",
    "event": "viec",
    "field": "linh-vuc",
    "area": "khu-vuc",
    "language": "ngon-ngu",
    "level": "qua-mang",
}
SORT, AS_TYPED, NEWEST_WORD = "xep", "dung-chu", "moi"
MOST_CHOSEN, MOST_OFFERED = 8, 12  # values of a facet
LONGEST_VALUE = 200


@dataclass(frozen=True)
class Address:
    """The query of a search page. Anything unknown asks for nothing."""

    typed: str
    filters: Filters
    sort: str = BEST
    as_typed: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> "Address":
        def chosen(name: str) -> frozenset[str]:
            values = [
                value[:LONGEST_VALUE].replace("\0", "")
                for value in query.getlist(PARAMETERS[name])[:MOST_CHOSEN]
            ]
            return frozenset(value for value in values if value and (name != "kind" or value in KINDS))

        return cls(
            typed=query.get("q", ""),
            filters=Filters(**{name: chosen(name) for name in NAMES}),
            sort=NEWEST if query.get(SORT) == NEWEST_WORD else BEST,
            as_typed=query.get(AS_TYPED) == "1",
        )

    def query(self, **other: Any) -> str:
        """What stands after "?" in the address, with other values of some of the attributes."""
        wanted = replace(self, **other)
        pairs = [("q", wanted.typed[:LONGEST_TEXT])]
        pairs += [
            (PARAMETERS[name], value) for name in NAMES for value in sorted(wanted.filters.wanted(name))
        ]
        pairs += [(SORT, NEWEST_WORD)] if wanted.sort == NEWEST else []
        pairs += [(AS_TYPED, "1")] if wanted.as_typed else []
        return urlencode(pairs)

    def link(self, name: str, values: Iterable[str]) -> str:
        return "?" + self.query(filters=replace(self.filters, **{name: frozenset(values)}))


@dataclass(frozen=True)
class Group:
    """One facet as links, each with its count; `is_open` when something of it is chosen."""

    heading: str
    items: list[dict[str, Any]]
    is_open: bool


def kind_tabs(address: Address, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Everything, and each kind there is; nothing where there is nothing to choose."""
    chosen = address.filters.kind
    found = [name for name in KINDS if counts.get(name) or name in chosen]
    if len(found) < 2 and not chosen:
        return []
    everything = {
        "title": _("All"),
        "url": address.link("kind", ()),
        "count": sum(counts.values()),
        "current": not chosen,
    }
    return [everything, *(_item(address, "kind", name, counts.get(name, 0)) for name in found)]


def groups(address: Address, facets: Facets) -> list[Group]:
    """The other facets; one that would leave everything as it is is left out unless it is chosen."""
    headings = {
        "event": _("Life event"),
        "field": _("Field"),
        "level": _("Online?"),
        "area": _("Hamlet"),
        "language": _("Language"),
    }
    found = []
    for name, heading in headings.items():
        chosen = address.filters.wanted(name)
        counts = {**dict.fromkeys(sorted(chosen), 0), **facets.get(name, {})}
        offered = sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))[
            :MOST_OFFERED
        ]
        if len(offered) > 1 or chosen:
            names = {} if name == "language" else names_of(name)
            items = [_item(address, name, value, counts[value], names) for value in offered]
            found.append(Group(heading, items, bool(chosen)))
    return found


def _item(
    address: Address, name: str, value: str, count: int, names: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    chosen = address.filters.wanted(name)
    is_chosen = value in chosen
    kept = chosen - {value} if is_chosen else chosen | {value}
    return {
        "title": _title(name, value, names or {}),
        "url": address.link(name, kept),
        "count": count,
        "current": is_chosen,
    }


def _title(name: str, value: str, names: Mapping[str, Any]) -> str:
    if name == "kind":
        return str(KINDS[value].many)
    if name == "language" and value in dict(settings.LANGUAGES):
        return str(get_language_info(value)["name_translated"])
    return str(names.get(value, value))
