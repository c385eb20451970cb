"""Best bets and the report on searches in the admin."""

import csv
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gandan.folded_lists import FoldedViewSet
from gandan.models import BestBet, SearchTerm
from gandan.search import bets, dictionary, log, stored, usage
from gandan.search.admin_dictionary import FilledCreateView
from gandan.search.usage import Question

DAYS = 28  # of which the lists speak


class BestBetForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first one."))
        if cleaned.get("said") and cleaned.get("language"):
            self._refuse_what_is_taken(cleaned["said"], cleaned["language"])
        return cleaned

    def _refuse_what_is_taken(self, said: str, language: str) -> None:
        known = stored.current(language), dictionary.current()
        key = bets.key_of(said, language, *known)
        if not key:
            self.add_error("said", _("There is no word in it."))
            return
        for other in BestBet.objects.filter(language=language, is_active=True).exclude(pk=self.instance.pk):
            if bets.key_of(other.said, language, *known) == key:
                message = _("This is the same question as “%(said)s”, which has a best bet already.")
                self.add_error("said", ValidationError(message % {"said": other.said}))
                return


class BestBetViewSet(FoldedViewSet):
    form_base = BestBetForm
    model = BestBet
    icon = "pick"
    menu_label = gettext_lazy("Best bets")
    list_display = ["said", "page", "language", "since", "until", "is_active"]
    list_filter = ["language", "is_active"]
    search_fields = ["said", "note"]
    add_view_class = FilledCreateView
    panels = [
        FieldPanel("said"),
        PageChooserPanel("page"),
        FieldPanel("language"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldPanel("note"),
        FieldPanel("is_active"),
    ]


class Report(WagtailAdminTemplateMixin, View):
    template_name = "wagtailadmin/search/report.html"
    page_title = gettext_lazy("What people search for")
    header_icon = "search"
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": "", "label": gettext_lazy("What people search for")},
    ]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("gandan.change_searchterm"):
            raise PermissionDenied
        log.write()
        today = timezone.localdate()
        since = today - timedelta(days=DAYS)
        lists = {
            "without_result": usage.without_result(since),
            "never_opened": usage.never_opened(since),
        }
        if request.GET.get("xuat") == "csv":
            return _as_table(lists)
        shown = {
            "weeks": usage.weeks(today - timedelta(days=today.weekday())),
            "days": DAYS,
            "effects": _effects(),
            **{name: [(each, _actions(each)) for each in found] for name, found in lists.items()},
        }
        return self.render_to_response(self.get_context_data(**shown))


def _actions(question: Question) -> list[tuple[str, str]]:
    """What an editor can do about a question: label and address."""
    given = urlencode({"said": question.key, "language": question.language})
    return [
        (_("Add to the dictionary"), f"{reverse('wagtailsnippets_gandan_searchterm:add')}?{given}"),
        (_("Recommend a page"), f"{reverse('wagtailsnippets_gandan_bestbet:add')}?{given}"),
        (_("Write a guide"), reverse("wagtailadmin_explore_root")),
    ]


def _effects() -> list[dict[str, Any]]:
    """The newest entries and best bets whose question was counted: four weeks before and after."""
    found = []
    newest_bets = BestBet.objects.order_by("-changed_at")[:20]
    newest_terms = SearchTerm.objects.order_by("-changed_at")[:20]
    made: list[BestBet | SearchTerm] = [*newest_bets, *newest_terms]
    for each in made:
        language = each.language
        key = bets.key_of(each.said, language, stored.current(language), dictionary.current())
        before, after = usage.share_around(key, language, timezone.localdate(each.changed_at))
        if before.searches and after.searches:
            found.append({"said": each.said, "before": before, "after": after})
    return found[:10]


def _as_table(lists: dict[str, list[Question]]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tim-kiem.csv"'
    rows = csv.writer(response)
    rows.writerow(["list", "question", "language", "searches", "without result", "opened"])
    for name, questions in lists.items():
        for each in questions:
            rows.writerow([name, each.key, each.language, each.searches, each.empty, each.opened])
    return response


def urls() -> list[URLPattern]:
    return [path("search-report/", Report.as_view(), name="search_report")]
