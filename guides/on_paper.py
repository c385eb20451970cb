"""What the printed sheets of guides and lessons carry besides their words: QR, short address, dates, source.

A sheet is one A4 side. Too long, it first leaves out rejections, then the notes of papers, never papers.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gandan.qr import qr_svg
from home.shortlinks import short_url

PAPERS_WITH_REJECTIONS = 9
PAPERS_WITH_NOTES = 12


def paper_context(page: Any, today: date) -> dict[str, Any]:
    address = short_url(page)
    papers = len(page.sheet.get("papers", []))
    return {
        "qr": qr_svg(address, _("QR code of this page")),
        "short_address": address.split("://", 1)[1],
        "origin": origin(page),
        "printed": today,
        "with_rejections": papers <= PAPERS_WITH_REJECTIONS,
        "with_notes": papers <= PAPERS_WITH_NOTES,
    }


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
