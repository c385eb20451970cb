"""Commitments at the desk: leader and coordinators write down what was promised and what became of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from feedback.access import Reader
from feedback.commitments import keeping
from feedback.commitments.forms import PromiseForm, StepForm
from feedback.commitments.views import described
from feedback.forms import typed
from feedback.models import Commitment
from feedback.states import NotPossible
from feedback.views.desk.guard import for_overseers


@require_safe
@for_overseers
def commitments(request: HttpRequest, reader: Reader) -> HttpResponse:
    today = timezone.localdate()
    rows = [described(each, today) for each in Commitment.objects.order_by("-promised_on", "pk")]
    rows.sort(key=lambda row: not row["commitment"].is_open)
    return render(request, "feedback/commitments/desk.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_overseers
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    if request.method != "POST":
        return _new_page(request, PromiseForm())
    form = PromiseForm(typed(request.POST, tuple(PromiseForm.base_fields)))
    if not form.is_valid():
        return _new_page(request, form)
    try:
        made = keeping.promise(reader.user, now=timezone.now(), **form.cleaned_data)
    except NotPossible as sentence:
        form.add_error("promised_on", str(sentence))
        return _new_page(request, form)
    return redirect("commitments_desk:step", key=made.key)


@require_http_methods(["GET", "HEAD", "POST"])
@for_overseers
def step(request: HttpRequest, reader: Reader, key: str) -> HttpResponse:
    found = get_object_or_404(Commitment, key=key)
    if request.method != "POST":
        return _step_page(request, found, StepForm(initial={"done": found.done}))
    form = StepForm(typed(request.POST, tuple(StepForm.base_fields)))
    if not form.is_valid():
        return _step_page(request, found, form)
    try:
        _take(found, reader, form)
    except NotPossible as sentence:
        form.add_error(None, str(sentence))
        found.refresh_from_db()
        return _step_page(request, found, form)
    return redirect("commitments_desk:step", key=key)


def _take(found: Commitment, reader: Reader, form: StepForm) -> None:
    values, now = form.cleaned_data, timezone.now()
    if values["step"] == "progress":
        keeping.progress(found, reader.user, values["done"], values["words"], now)
    elif values["step"] == "keep":
        keeping.keep(found, reader.user, values["words"], now)
    elif values["step"] == "change":
        keeping.change(found, reader.user, values["promised_on"], values["words"], now)
    else:
        keeping.give_up(found, reader.user, values["words"], now)


def _new_page(request: HttpRequest, form: PromiseForm) -> HttpResponse:
    return render(request, "feedback/commitments/desk_new.html", {"form": form})


def _step_page(request: HttpRequest, found: Commitment, form: StepForm) -> HttpResponse:
    context = {**described(found, timezone.localdate()), "steps": found.steps.all(), "form": form}
    return render(request, "feedback/commitments/desk_step.html", context)
