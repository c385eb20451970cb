"""Who looks after a page: the account of the official who checked it, else whoever made it, as long as it is open."""

from django.db.models import Q
from wagtail.models import Page

from home.groups import APPROVER
from home.models import BasePage, User


def owner_of(page: Page) -> User | None:
    """None for a page whose people have all gone; `owners_of` then names the approvers."""
    checker = page.checked_by.user if isinstance(page, BasePage) and page.checked_by else None
    return next((user for user in (checker, page.owner) if user is not None and user.is_active), None)


def owners_of(page: Page) -> list[User]:
    owner = owner_of(page)
    return [owner] if owner else list(User.objects.filter(Q(groups__name=APPROVER), is_active=True))
