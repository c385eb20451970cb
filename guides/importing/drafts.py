"""Where imported drafts take their place in the tree of pages."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale

from gandan.text import slug
from guides.drafting import create_draft
from guides.importing.incoming import Incoming
from guides.models import GuidesIndexPage, ProcedurePage
from home.founding import found_site
from home.models import User


class NoIndex(Exception):
    """An editor changed the index of procedures into something else; the message is for people."""


def procedures_index() -> GuidesIndexPage:
    """The index that drafts stand below. A site without one is founded first: tree and sections, no content."""
    found = find_index(Locale.get_default())
    if found is None:
        found_site(timezone.localdate())
        found = find_index(Locale.get_default())
    if found is None:
        raise NoIndex(_("There is no index page that lists procedure guides."))
    return found


def find_index(locale: Locale) -> GuidesIndexPage | None:
    indexes = GuidesIndexPage.objects.filter(lists=GuidesIndexPage.Lists.PROCEDURES)
    return indexes.filter(locale=locale).order_by("path").first()


def add_draft(page: ProcedurePage, index: GuidesIndexPage, by: User | None) -> None:
    create_draft(index, page, by)


def free_address(guide: Incoming, wanted: str, title: str, index: GuidesIndexPage) -> str:
    """The address a guide had where it comes from, unless another page here has it."""
    if wanted and not index.get_children().filter(slug=wanted).exists():
        return wanted
    return f"{slug(wanted or title)}-{guide.code.replace('.', '-') or 2}".strip("-")
