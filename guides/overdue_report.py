"""The report "To look at again" of the admin, and the panel on its first page that counts it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy

from gandan.refusals import edit_address
from guides.overdue import Owners, Why, because, failing_plans, old_documents, to_look_at

ALL = tuple(Why.values)
URGENT = tuple(why for why in Why.values if why != Why.SOON)


class ToLookAtFilterSet(WagtailFilterSet):
    why = django_filters.ChoiceFilter(label=gettext_lazy("Reason"), choices=Why.choices, method="filter_why")
    locale = django_filters.ModelChoiceFilter(label=gettext_lazy("Language"), queryset=Locale.objects.all())

    class Meta:
        model = Page
        fields: ClassVar[list[str]] = []

    def filter_why(self, pages: QuerySet[Page], name: str, why: str) -> QuerySet[Page]:
        now = timezone.now()
        return pages.filter(
            because(why, timezone.localdate(now), [plan.page_id for plan in failing_plans(now)])
        )


class ToLookAtView(PageReportView):
    page_title = gettext_lazy("To look at again")
    header_icon = "time"
    filterset_class = ToLookAtFilterSet
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = "to_look_at"
    index_results_url_name = "to_look_at_results"
    any_permission_required: ClassVar[list[str]] = ["add", "change", "publish"]
    export_filename = "xem-lai"
    list_export: ClassVar[list[str]] = [
        *(
            "title",
            "kind",
            "language",
            "owners",
            "checked_on",
            "check_again_on",
            "days_over",
            "reasons",
            "edit_url",
        ),
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": gettext_lazy("Title"),
        "kind": gettext_lazy("Kind"),
        "language": gettext_lazy("Language"),
        "owners": gettext_lazy("Looked after by"),
        "checked_on": gettext_lazy("Checked on"),
        "check_again_on": gettext_lazy("Check again on"),
        "days_over": gettext_lazy("Days over"),
        "reasons": gettext_lazy("Why"),
        "edit_url": gettext_lazy("Where to edit"),
    }
    columns: ClassVar[list[Any]] = [
        TitleColumn("title", label=gettext_lazy("Title"), get_url=lambda page: page.edit_url),
        Column("kind", label=gettext_lazy("Kind")),
        Column("language", label=gettext_lazy("Language")),
        Column("owners", label=gettext_lazy("Looked after by")),
        Column("check_again_words", label=gettext_lazy("Check again on")),
        Column("days_over", label=gettext_lazy("Days over")),
        Column("reasons", label=gettext_lazy("Why")),
    ]

    def get_queryset(self) -> QuerySet[Page]:
        return theirs(self.request.user, ALL).select_related("locale", "content_type")

    def decorate_paginated_queryset(self, object_list: Any) -> list[Page]:
        return described(list(object_list), timezone.now())


def theirs(user: Any, whys: tuple[str, ...]) -> QuerySet[Page]:
    own = page_permission_policy.instances_user_has_permission_for(user, "change").values("pk")
    return to_look_at(whys, timezone.now()).filter(pk__in=own)


def described(pages: list[Any], now: Any) -> list[Page]:
    """The pages of a list with what its columns show."""
    today = timezone.localdate(now)
    owners, laws = Owners(pages, today), old_documents(pages, today)
    plans: dict[int, list[str]] = {}
    for plan in failing_plans(now):
        plans.setdefault(plan.page_id, []).append(plan.told)
    for page in pages:
        page.kind = page.content_type.name
        page.language = page.locale.get_display_name()
        page.owners = ", ".join(map(str, owners.of(page)))
        page.checked_on, page.check_again_on = page.seen_on, page.again_on
        page.check_again_words = f"{page.again_on:%d/%m/%Y}" if page.again_on else ""
        over = (today - page.again_on).days if page.again_on else 0
        page.days_over = over if over > 0 else None
        page.reasons = " ".join(
            [*_reasons(page, today), *_law(laws.get(page.pk, [])), *plans.get(page.pk, [])]
        )
        page.edit_url = edit_address(page)
    return pages


def _reasons(page: Any, today: date) -> list[str]:
    if page.live and page.seen_on is None:
        return [f"{Why.NEVER.label}."]
    if page.live and page.again_on:
        return [f"{(Why.OVERDUE if page.again_on < today else Why.SOON).label}."]
    return []


def _law(documents: list[str]) -> list[str]:
    return (
        [_("No longer in force: %(documents)s.") % {"documents": ", ".join(documents)}] if documents else []
    )


class ToLookAtPanel(Component):
    """On the first page of the admin, for those who have something to look at."""

    name = "to_look_at"
    order = 90
    template_name = "guides/admin/to_look_at_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request: HttpRequest = (parent_context or {})["request"]
        return {"count": theirs(request.user, URGENT).count(), "address": reverse("to_look_at")}
