"""The paper sheet of a session, typed in afterwards: numbers of subject × outcome, as often as somebody corrects them."""

from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guides.counting.doors import for_session
from guides.helping.access import may_tally
from guides.models import Session, Tally
from guides.models.choices import Outcome, Subject
from guides.tallying import MOST_ON_PAPER, Cell, closed_because, paper_cells, record_paper
from home.models import User

SAVED = "da-luu"


class PaperForm(forms.Form):
    """One number a cell; empty is none."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for cell in paper_cells():
            self.fields[_name(cell)] = _number(cell)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "fields": [self[_name((subject, outcome))] for outcome in Outcome.values]}
            for subject, label in Subject.choices
        ]

    @property
    def counts(self) -> dict[Cell, int]:
        return {cell: self.cleaned_data[_name(cell)] or 0 for cell in paper_cells()}


@require_http_methods(["GET", "HEAD", "POST"])
@for_session(may_tally)
def paper(request: HttpRequest, session: Session) -> HttpResponse:
    now = timezone.now()
    closed = closed_because(session, timezone.localdate(now))
    form = PaperForm(request.POST if request.method == "POST" else None, initial=_typed_before(session))
    if form.is_bound and not closed and form.is_valid():
        assert isinstance(request.user, User)
        record_paper(session, form.counts, request.user, now)
        address = reverse("counting:paper", args=[session.pk])
        return HttpResponseRedirect(f"{address}?{SAVED}", status=303)
    context = {
        "session": session,
        "form": form,
        "closed": closed,
        "outcomes": Outcome.labels,
        "is_saved": SAVED in request.GET and not form.is_bound,
        "total": sum(_typed_before(session).values()) if SAVED in request.GET else 0,
    }
    return render(request, "guides/counting/paper.html", context)


def _typed_before(session: Session) -> dict[str, int]:
    on_paper = Tally.objects.counted().filter(session=session, source=Tally.Source.PAPER).order_by()
    rows = on_paper.values_list("subject", "outcome").annotate(n=Count("pk"))
    return {_name((subject, outcome)): n for subject, outcome, n in rows}


def _name(cell: Cell) -> str:
    return "-".join(cell)


def _number(cell: Cell) -> forms.IntegerField:
    subject, outcome = cell
    label = f"{Subject(subject).label}: {Outcome(outcome).label}"
    wrong = _("%(cell)s: write a whole number from 0 to %(most)d.") % {"cell": label, "most": MOST_ON_PAPER}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_ON_PAPER,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "aria-label": label}),
    )
