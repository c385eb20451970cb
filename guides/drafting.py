"""Drafts that programs make of guides and lessons, saved the way the editors' own are."""

import itertools
from typing import TypeVar

from wagtail.models import Page

from gandan.references import references_of
from gandan.text import slug
from home.models import User

Kind = TypeVar("Kind", bound=Page)

# Set by the tree when the page takes its place; Wagtail itself checks only the title of a draft.
TREE_FIELDS = {field.name for field in Page._meta.concrete_fields} - {"title"}


def newest(page: Kind) -> Kind:
    """The page with an editor's unpublished work."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


def create_draft(index: Page, page: Kind, user: User | None) -> Kind:
    """Raises ValidationError for what no form would accept."""
    page.owner = user
    page.slug = page.slug or _free_slug(index, page)
    page.clean_fields(exclude=TREE_FIELDS)
    with references_of(page):
        index.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create")
    return page


def save_draft(page: Kind, latest: Kind, user: User | None) -> None:
    """A new revision. A live page keeps what readers see until someone publishes it."""
    latest.clean_fields(exclude=TREE_FIELDS)
    if not page.live:
        with references_of(latest):
            latest.save()
    latest.save_revision(user=user, log_action=True)


def _free_slug(index: Page, page: Page) -> str:
    code = getattr(page, "code", "").replace(".", "-")
    wanted = "-".join(filter(None, [slug(page.title), code])) or "trang"
    names = itertools.chain([wanted], (f"{wanted}-{number}" for number in itertools.count(2)))
    taken = set(index.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(name for name in names if name not in taken)
