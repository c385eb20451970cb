"""What an editor is told when a page may not be published: which page, which fields, and a link to each of them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from gandan.planned import PublishingRefused


class RefusedPublishingMiddleware:
    """Every road of the admin that publishes ends here when the page refuses; the draft is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PublishingRefused):
            return None
        tell(request, exception)
        page, (field, _reason) = exception.page, exception.gaps[0]
        return redirect(edit_address(page, field) if page.pk else reverse("wagtailadmin_home"))


def tell(request: HttpRequest, refusal: PublishingRefused) -> None:
    messages.error(request, in_words(refusal))


def in_words(refusal: PublishingRefused) -> SafeString:
    """The page and what it lacks, each as a link to its field of the edit form."""
    page = refusal.page
    begin = format_html(_("“{title}” was not published."), title=page.get_admin_display_title())
    if not page.pk:
        return format_html("{} {}", begin, " ".join(reason for _field, reason in refusal.gaps))
    links = [(edit_address(page, field), reason) for field, reason in refusal.gaps]
    return format_html("{} {}", begin, format_html_join(" ", '<a href="{}">{}</a>', links))


def edit_address(page: Page, field: str = "") -> str:
    """The edit form, opened at a field or at the rows of that name."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if not field:
        return address
    rows = {relation.get_accessor_name() for relation in get_all_child_relations(type(page))}
    return f"{address}#id_{field}-FORMS" if field in rows else f"{address}#:w:contentpath={field}"
