"""What the printed sheets of guides and lessons carry besides their words: QR, short address, dates, source.

A sheet is one A4 side. Steps for single situations and notes of papers for single cases stay on the screen; a
long guide is set in small type and leaves out, as far as it must, its rejections, what one gets and the next help
session, and notes of papers, but never a paper.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gandan.qr import qr_svg
from guides.facts import five_facts, usual_way
from guides.paper_room import EVERYTHING, Kept, is_named_shortly, what_fits
from guides.paper_rows import PaperRow, paper_rows
from guides.reading import steps_of
from guides.situations import chosen_of, key_of
from home.shortlinks import short_url

ROOMY = 800  # characters that one side holds in usual type, facts aside
LONG_NOTE = 110  # characters, more than two lines of a column


def paper_context(page: Any, today: date) -> dict[str, Any]:
    address = short_url(page)
    return {
        "qr": qr_svg(address, _("QR code of this page")),
        "short_address": address.split("://", 1)[1],
        "origin": origin(page),
        "printed": today,
    }


def guide_paper_context(page: Any, asked: str, today: date) -> dict[str, Any]:
    """`asked` is the key of a situation; the sheet then holds only what holds in it."""
    sheet, situation = page.sheet, key_of(chosen_of(page.sheet, asked))
    papers, steps = paper_rows(sheet, situation), steps_of(sheet, usual_way(sheet), situation)
    rejections = [row["reason"] + row["how_to_avoid"] for row in sheet.get("rejections", [])]
    texts = [*(paper.name + paper.full_note for paper in papers), *steps, *rejections]
    is_dense = sum(map(len, texts)) > ROOMY
    facts = five_facts(sheet, page.locale.language_code, situation)
    kept = what_fits(papers, steps, rejections, facts, page.result) if is_dense else EVERYTHING
    return {
        **paper_context(page, today),
        "bring": [(paper, _note(paper, is_dense, kept)) for paper in papers if _is_for_most(paper)],
        "bring_if": [paper for paper in papers if not paper.is_common],
        "not_needed": "; ".join(paper.name for paper in papers if is_named_shortly(paper)),
        "steps": steps,
        "is_dense": is_dense,
        "with_rejections": kept.rejections,
        "with_rest": kept.rest,
    }


def _is_for_most(paper: PaperRow) -> bool:
    return paper.is_common and not is_named_shortly(paper)


def _note(paper: PaperRow, is_dense: bool, kept: Kept) -> str:
    is_long = len(paper.full_note) > LONG_NOTE
    return paper.short_note if not kept.notes or (is_dense and is_long) else paper.full_note


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
    """With the date that the source itself gives, where it gives one."""
    code, name = getattr(page, "code", ""), page.source_name
    if not name:
        return ""
    if page.source_date:
        name = _("%(source)s of %(day)s") % {"source": name, "day": f"{page.source_date:%d/%m/%Y}"}
    if not code:
        return _("Source: %(source)s.") % {"source": name}
    return _("Source: %(source)s, procedure %(code)s.") % {"source": name, "code": code}
