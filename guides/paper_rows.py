"""Papers as a reader sees them: the word before each, how many, and when it is asked for."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.facts import ways
from guides.models.choices import PaperKind
from guides.terms import rows_for
from guides.wording import inside, joined, listed, way_in_words


@dataclass(frozen=True)
class PaperRow:
    """`kind` is "submit", "show" or "none"; `condition` says when it is needed, `count` how many, `note` the rest.

    `is_common`: for most readers, with no "only if", for no minority of the situations and by the usual way.
    """

    kind: str
    name: str
    condition: str
    count: str
    note: str
    file_url: str
    file_text: str
    is_common: bool

    @property
    def short_note(self) -> str:
        return joined([self.condition, self.count])

    @property
    def full_note(self) -> str:
        return joined([self.condition, self.count, self.note])


def paper_rows(sheet: dict[str, Any], situation: str = "", way: str = "") -> list[PaperRow]:
    """Every paper, with the situations and ways it is for; only those of the situation or way, where one is given."""
    labels = {row["key"]: row["label"] for row in sheet.get("situations", [])}
    papers = sheet.get("papers", [])
    kept = rows_for(papers, way, situation) if situation else [p for p in papers if _fits_way(p, way)]
    told = {} if situation else labels
    return [_row(paper, told, [] if way else ways(sheet)) for paper in kept]


def _fits_way(paper: dict[str, Any], way: str) -> bool:
    return not way or not paper.get("ways") or way in paper["ways"]


def _row(paper: dict[str, Any], labels: dict[str, str], told_ways: list[str]) -> PaperRow:
    form = paper.get("form") or {}
    only_if = paper["only_if"] or _situations(paper["situations"], labels)
    return PaperRow(
        kind="none" if paper["kind"] == PaperKind.NOT_NEEDED else paper["kind"],
        name=paper["name"],
        condition=joined([only_if, _ways(paper.get("ways", []), told_ways)]),
        count=_how_many(paper),
        note=paper["note"],
        file_url=form.get("url", ""),
        file_text=_("Form to fill in (%(size)d KB)") % {"size": form.get("size", 0) // 1024} if form else "",
        is_common=_is_common(paper, labels, told_ways),
    )


def _is_common(paper: dict[str, Any], labels: dict[str, str], known_ways: list[str]) -> bool:
    wanted, usual = paper.get("ways", []), known_ways[:1]
    is_usual_way = not wanted or not usual or usual[0] in wanted
    is_majority = len(paper["situations"]) * 2 >= len(labels) * bool(paper["situations"])
    return not paper["only_if"] and is_usual_way and is_majority


def _ways(wanted: list[str], known: list[str]) -> str:
    """The ways it is for, where the guide has others."""
    if not wanted or not set(known) - set(wanted):
        return ""
    return _("Only: %(ways)s") % {"ways": listed(inside(way_in_words(way)) for way in wanted)}


def _situations(keys: list[str], labels: dict[str, str]) -> str:
    """The situations it is for, or those it is not for, whichever are fewer."""
    wanted = [label for key, label in labels.items() if key in keys]
    others = [label for key, label in labels.items() if key not in keys]
    if not wanted or not others:
        return ""
    if len(others) < len(wanted):
        return _("Not for: %(situations)s") % {"situations": listed(others)}
    return _("Only for: %(situations)s") % {"situations": listed(wanted)}


def _how_many(paper: dict[str, Any]) -> str:
    """One original needs no words; a paper that is not needed has no number."""
    originals, copies = paper["originals"], paper["copies"]
    if paper["kind"] == PaperKind.NOT_NEEDED or (originals <= 1 and not copies):
        return ""
    counted = []
    if originals:
        counted.append(
            ngettext("%(count)d original", "%(count)d originals", originals) % {"count": originals}
        )
    if copies:
        counted.append(ngettext("%(count)d copy", "%(count)d copies", copies) % {"count": copies})
    return listed(counted)
