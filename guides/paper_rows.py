"""Papers as a reader sees them: the word before each, how many, and when it is asked for."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.models.choices import PaperKind
from guides.wording import joined, listed


@dataclass(frozen=True)
class PaperRow:
    """`kind` is "submit", "show" or "none"; `condition` says when it is needed, `note` the rest.

    `is_common`: for most readers, with no "only if" and for no minority of the situations.
    """

    kind: str
    name: str
    condition: str
    note: str
    file_url: str
    file_text: str
    is_common: bool

    @property
    def full_note(self) -> str:
        return joined([self.condition, self.note])


def paper_rows(sheet: dict[str, Any]) -> list[PaperRow]:
    labels = {row["key"]: row["label"] for row in sheet.get("situations", [])}
    return [_row(paper, labels) for paper in sheet.get("papers", [])]


def _row(paper: dict[str, Any], labels: dict[str, str]) -> PaperRow:
    form = paper.get("form") or {}
    return PaperRow(
        kind="none" if paper["kind"] == PaperKind.NOT_NEEDED else paper["kind"],
        name=paper["name"],
        condition=paper["only_if"] or _situations(paper["situations"], labels),
        note=joined([_how_many(paper), paper["note"]]),
        file_url=form.get("url", ""),
        is_common=not paper["only_if"]
        and len(paper["situations"]) * 2 >= len(labels) * bool(paper["situations"]),
        file_text=_("Form to fill in (%(size)d KB)") % {"size": form.get("size", 0) // 1024} if form else "",
    )


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
