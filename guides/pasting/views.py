"""The admin's screen for pasted official text: read, tick, put into a draft. Only the last of these saves."""

import hashlib
import unicodedata
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from gandan.text import canonical
from guides.drafting import newest
from guides.importing.findings import CONTRADICTIONS, Finding
from guides.importing.report import RECORD_FIELDS
from guides.importing.values import read_values
from guides.models import GuidesIndexPage, LegalDocument, ProcedurePage
from guides.pasting.forms import PasteForm
from guides.pasting.recognising import Recognised, Remark, recognise
from guides.pasting.suggestions import Group, groups
from guides.pasting.taking import put_into_guide, put_into_new_guide
from home.models import User

REMARKS = {
    Remark.SECOND_PROCEDURE: gettext_lazy(
        "The text goes on with another procedure, which was not read. Paste each procedure by itself."
    ),
    Remark.NO_HEADINGS: gettext_lazy(
        "No heading such as “Thành phần hồ sơ” was found, so only what is certain without one was read."
    ),
    Remark.NOTHING: gettext_lazy("Nothing of a procedure was recognised in this text."),
}


class PasteView(WagtailAdminTemplateMixin, View):
    template_name = "wagtailadmin/guides/paste.html"
    page_title = gettext_lazy("Paste official text")
    header_icon = "clipboard-list"
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse_lazy("paste_official_text"), "label": gettext_lazy("Paste official text")},
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        assert isinstance(request.user, User)  # the admin lets nobody else in
        self.person = request.user
        self.index = index_of_drafts()
        self.may_create = (
            self.index is not None and self.index.permissions_for_user(self.person).can_add_subpage()
        )
        if not (self.may_create or PasteForm(user=self.person).guides):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        form = PasteForm(user=self.person, initial={"guide": request.GET.get("guide", "")})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PasteForm(request.POST, user=self.person)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        found = recognise(form.cleaned_data["text"])
        seen = request.POST.get("seen") == mark_of(form)
        if request.POST.get("action") == "take" and seen:
            return self._take(form, found)
        if request.POST.get("action") == "take":
            messages.warning(request, _("The text or the guide was changed since. Look at the rows again."))
        return self._show(form, found)

    def _take(self, form: PasteForm, found: Recognised) -> HttpResponse:
        ticked, replaced = set(self.request.POST.getlist("take")), set(self.request.POST.getlist("replace"))
        if not ticked:
            form.add_error(None, _("Nothing is ticked. Tick the rows that belong in the guide."))
            return self._show(form, found)
        try:
            page = self._put(form.chosen, found, ticked, replaced)
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
            return self._show(form, found)
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def _put(
        self, guide: ProcedurePage | None, found: Recognised, ticked: set[str], replaced: set[str]
    ) -> ProcedurePage:
        user = self.person
        if guide is None:
            if not self.may_create or self.index is None:
                raise PermissionDenied
            page = put_into_new_guide(self.index, found, ticked, user)
            messages.success(self.request, _("A new draft was made. Residents do not see it yet."))
            return page
        if guide.permissions_for_user(user).page_locked():
            raise ValidationError(_("This guide is locked at the moment. Try again when it is unlocked."))
        if put_into_guide(guide, found, ticked, replaced, user):
            messages.success(
                self.request, _("The ticked rows are in a new draft. Residents do not see it yet.")
            )
        else:
            messages.info(self.request, _("The guide says all of this already. Nothing was changed."))
        return guide

    def _show(self, form: PasteForm, found: Recognised) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **shown(form, found)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "may_create": self.may_create}


def index_of_drafts() -> GuidesIndexPage | None:
    """Where a new guide stands: the index of procedures in the site's own language."""
    indexes = GuidesIndexPage.objects.filter(
        lists=GuidesIndexPage.Lists.PROCEDURES, locale=Locale.get_default()
    )
    return indexes.order_by("path").first()


def shown(form: PasteForm, found: Recognised) -> dict[str, Any]:
    guide = form.chosen
    current = {**read_values(newest(guide)), "code": newest(guide).code} if guide else {}
    known = LegalDocument.objects.filter(number__in=found.laws).values_list("number", "title")
    made: list[Group] = groups(found, current, dict(known))
    data = form.data
    assert isinstance(data, QueryDict)
    posted = data.getlist("take") if data.get("action") == "take" else None
    ticked = (
        {row.key for group in made for row in group.rows if row.is_ticked} if posted is None else set(posted)
    )
    return {
        "groups": made,
        "ticked": ticked,
        "replaced": set(data.getlist("replace")),
        "contradictions": [str(each) for each in found.findings if each.kind in CONTRADICTIONS],
        "remarks": [*(str(REMARKS[remark]) for remark in found.remarks), *_other_findings(found.findings)],
        "missing": [str(RECORD_FIELDS[name]) for name in found.missing if name in RECORD_FIELDS],
        "hidden": hidden_characters(form.cleaned_data["text"]),
        "twin": _twin(form, found),
        "seen": mark_of(form),
    }


def _other_findings(findings: list[Finding]) -> list[str]:
    return [str(found) for found in findings if found.kind not in CONTRADICTIONS]


def _twin(form: PasteForm, found: Recognised) -> ProcedurePage | None:
    """Another guide than the chosen one that has the code of the text."""
    twins = [page for page in form.guides.values() if found.code and page.code == found.code]
    return next((page for page in twins if page != form.chosen), None)


def mark_of(form: PasteForm) -> str:
    """Of the text and the guide that the rows were shown for."""
    return hashlib.sha256(
        "\n".join(form.cleaned_data[name] for name in ("guide", "text")).encode(errors="replace")
    ).hexdigest()


def hidden_characters(text: str) -> list[str]:
    """Names of the characters nobody sees (U+202E RIGHT-TO-LEFT OVERRIDE), which were left out."""
    kept = set(canonical(text))
    unseen = {c for c in text if not c.isspace() and c not in kept and unicodedata.category(c)[0] == "C"}
    return [f"U+{ord(c):04X} {unicodedata.name(c, '')}".rstrip() for c in sorted(unseen)]
