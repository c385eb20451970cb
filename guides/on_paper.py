"""What the printed sheets of guides and lessons carry besides their words: QR, short address, dates, source.

A sheet is one A4 side. Steps for single situations and notes of papers for single cases stay on the screen; a
long guide also leaves out its rejections and sets its papers in small type, but never leaves out a paper.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gandan.qr import qr_svg
from guides.facts import usual_way
from guides.paper_rows import PaperRow, paper_rows
from home.shortlinks import short_url

ROOMY, FULL = 800, 1_250  # characters that one side holds in usual and in small type, facts aside
LONG_NOTE = 110  # characters, more than two lines of a column


def paper_context(page: Any, today: date) -> dict[str, Any]:
    address = short_url(page)
    return {
        "qr": qr_svg(address, _("QR code of this page")),
        "short_address": address.split("://", 1)[1],
        "origin": origin(page),
        "printed": today,
    }


def guide_paper_context(page: Any, today: date) -> dict[str, Any]:
    papers = paper_rows(page.sheet)
    steps = _general_steps(page.sheet)
    needed = sum(len(text) for paper in papers for text in (paper.name, paper.full_note)) + sum(
        map(len, steps)
    )
    rejections = sum(len(row["reason"] + row["how_to_avoid"]) for row in page.sheet.get("rejections", []))
    is_dense = needed + rejections > ROOMY
    return {
        **paper_context(page, today),
        "bring": [(paper, _note(paper, is_dense)) for paper in papers if _is_for_most(paper)],
        "bring_if": [paper for paper in papers if not paper.is_common],
        "not_needed": "; ".join(paper.name for paper in papers if _is_named_shortly(paper)),
        "steps": steps,
        "is_dense": is_dense,
        "with_rejections": needed + rejections <= FULL,
    }


def _is_for_most(paper: PaperRow) -> bool:
    return paper.is_common and not _is_named_shortly(paper)


def _note(paper: PaperRow, is_dense: bool) -> str:
    return paper.condition if is_dense and len(paper.full_note) > LONG_NOTE else paper.full_note


def _is_named_shortly(paper: PaperRow) -> bool:
    return paper.kind == "none" and not paper.condition


def _general_steps(sheet: dict[str, Any]) -> list[str]:
    way = usual_way(sheet)
    rows = [step for step in sheet.get("steps", []) if step["channel"] in {"", way}]
    return [step["text"] for step in rows if not step["situation"]]


def origin(page: Any) -> list[str]:
    """Lines that say when the facts were checked and where they come from."""
    return [line for line in [_checked(page), _source(page)] if line]


def _checked(page: Any) -> str:
    if page.checked_on is None:
        return _("Not yet checked against its source.")
    words = {"day": f"{page.checked_on:%d/%m/%Y}"}
    if page.check_again_on is None:
        return _("Checked on %(day)s.") % words
    words["again"] = f"{page.check_again_on:%d/%m/%Y}"
    return _("Checked on %(day)s, to be checked again by %(again)s.") % words


def _source(page: Any) -> str:
    code = getattr(page, "code", "")
    if not page.source_name:
        return ""
    if not code:
        return _("Source: %(source)s.") % {"source": page.source_name}
    return _("Source: %(source)s, procedure %(code)s.") % {"source": page.source_name, "code": code}
