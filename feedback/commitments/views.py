"""What leaders promised at meetings, for everybody: by year, with how many were kept."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feedback.commitments.rate import rate_of
from feedback.models import Commitment
from gandan.pages import keep_fresh

State = Commitment.State
CHIPS = {State.KEPT: "ok", State.KEPT_LATE: "late", State.BROKEN: "late", State.CHANGED: "wait"}
QUERY = "nam"


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    everything = list(Commitment.objects.all())
    years = sorted({each.first_promised_on.year for each in everything}, reverse=True)
    chosen = _year(request, years, today)
    found = [each for each in everything if each.first_promised_on.year == chosen]
    context = {
        "year": str(chosen),
        "years": [
            {"title": str(year), "url": f"?{QUERY}={year}", "current": year == chosen} for year in years
        ],
        "rows": [described(each, today) for each in found],
        "rate": rate_of(found, today),
    }
    return keep_fresh(render(request, "feedback/commitments/list.html", context))


@require_safe
def commitment(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Commitment, key=key)
    context = {**described(found, timezone.localdate()), "steps": found.steps.all()}
    return keep_fresh(render(request, "feedback/commitments/page.html", context))


def described(commitment: Commitment, today: date) -> dict[str, Any]:
    """The commitment, the look of its chip and the words in it."""
    is_overdue = commitment.is_overdue(today)
    words = _("Past its day") if is_overdue else commitment.get_state_display()
    if commitment.is_open and commitment.parts > 1:
        counts = {"state": words, "done": commitment.done, "parts": commitment.parts}
        words = _("%(state)s: %(done)d of %(parts)d") % counts
    chip = "late" if is_overdue else CHIPS.get(State(commitment.state), "new")
    return {"commitment": commitment, "chip": chip, "words": words, "is_overdue": is_overdue}


def _year(request: HttpRequest, years: list[int], today: date) -> int:
    """The year asked for, else the present one, else the newest there is."""
    asked = next((year for year in years if str(year) == request.GET.get(QUERY)), None)
    return asked or (today.year if today.year in years or not years else years[0])
