"""What readers see of a guide's old versions: the list of them, and one of them under its banner."""

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.models import Page

from guides.facts import five_facts
from guides.paper_rows import paper_rows
from guides.reading import checker, law_rows, way_sections
from guides.versions_words import ChangeWords, in_words

DATES = ("valid_from", "valid_to", "checked_on", "check_again_on", "source_date")


@dataclass(frozen=True)
class PastRow:
    number: int
    url: str
    span: str
    changes: list[ChangeWords]


def past_versions_context(page: Any) -> dict[str, Any]:
    """One statement, however many there are; newest first."""
    versions = page.past_versions.only("number", "first_day", "last_day", "changes", "page_id")
    return {"past_rows": [PastRow(v.number, f"{v.number}/", _span(v), in_words(v.changes)) for v in versions]}


def past_version_context(page: Any, number: int, address: str, today: date) -> dict[str, Any]:
    """Http404 for a number nobody knows. Promise, people and buttons of the present guide are left out.

    `address` is the path of the present guide, which is the one to be found by search engines.
    """
    version = page.past_versions.filter(number=number).first()
    if version is None:
        raise Http404
    old, sheet = as_it_was(page, version), version.sheet
    return {
        "old": old,
        "version": version,
        "span": _span(version),
        "changes": in_words(version.changes),
        "facts": five_facts(sheet, page.locale.language_code),
        "checker": checker(sheet, page.locale.language_code),
        "papers": paper_rows(sheet),
        "ways": way_sections(sheet),
        "rejections": sheet.get("rejections", []),
        "requirements": [line for line in old.requirements.splitlines() if line.strip()],
        "law": law_rows(sheet, today),
        "canonical": settings.BASE_URL.rstrip("/") + address,
    }


def as_it_was(page: Page, version: Any) -> Any:
    """A page to show and never to save: the present one with the fields and the sheet of then."""
    old = copy(page)
    for name, value in version.shown.items():
        setattr(old, name, date.fromisoformat(value) if name in DATES and value else value)
    old.sheet = version.sheet
    return old


def _span(version: Any) -> str:
    words = {"last": f"{version.last_day:%d/%m/%Y}"}
    if version.first_day is None or version.first_day > version.last_day:
        return _("Valid until %(last)s") % words
    return _("Valid from %(first)s to %(last)s") % {**words, "first": f"{version.first_day:%d/%m/%Y}"}
