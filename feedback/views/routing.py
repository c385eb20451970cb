"""Who would answer, and why: the admin's page about routing, its problems and the promises a calendar touches."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from feedback.calendar_changes import touched
from feedback.checking import problems, stranded
from feedback.explaining import explain
from feedback.models import Kind, Topic
from feedback.plan import Plan
from feedback.promise import calendar_of, promise
from home.models import Area, Official

SHOWN = 50  # rows of one list


class TryItForm(forms.Form):
    topic = forms.ModelChoiceField(Topic.objects.filter(is_open=True), label=gettext_lazy("Topic"))
    area = forms.ModelChoiceField(
        Area.objects.all(), label=gettext_lazy("Area"), required=False, empty_label=gettext_lazy("no area")
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    about = forms.ModelChoiceField(
        Official.objects.all(),
        label=gettext_lazy("Remark about"),
        required=False,
        help_text=gettext_lazy("Only for remarks about an official's conduct."),
    )


@permission_required("feedback.change_routingrule")
@require_safe
def routing_page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    today, plan = timezone.localdate(now), Plan.load()
    form = TryItForm(request.GET if "topic" in request.GET else None, initial={"kind": Kind.QUESTION})
    lost = stranded(today, plan)
    changed = touched(now)
    context: dict[str, Any] = {
        "page_title": _("Who answers?"),
        "header_icon": "redirect",
        "form": form,
        "problems": problems(today, plan),
        "lost": lost[:SHOWN],
        "touched": changed[:SHOWN],
        "counts": {"lost": len(lost), "touched": len(changed)},
    }
    if form.is_valid():
        asked = form.cleaned_data
        about = asked["about"] if asked["kind"] == Kind.CONDUCT else None
        found = explain(plan.staff, asked["topic"], asked["area"], asked["kind"], today, about)
        context["explanation"] = found
        if found.decision is not None:
            unit = found.decision.unit
            context["promise"] = promise(calendar_of(unit, today), unit, asked["topic"].working_days, now)
    return render(request, "feedback/routing.html", context)
