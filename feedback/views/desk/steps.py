"""Steps on a case. Whoever comes second is told what happened, nothing is overwritten, and what was typed is kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from feedback import handling
from feedback.access import Reader
from feedback.desk_forms import AnswerForm
from feedback.desk_steps import STEPS, Step, leads_away
from feedback.forms import typed
from feedback.models import Case, CaseText, ReplyTemplate
from feedback.reply_templates import filled
from feedback.routing import NobodyCanAnswer
from feedback.similar import alike
from feedback.states import MoveRefused, NotPossible
from feedback.views.desk.guard import for_staff, last_step, moved_since, opened
from feedback.views.desk.page import show

FASTER = _("Somebody has moved this case since you opened it. Your text is kept; look at the state above.")
NOBODY = _("Nobody can be reached for this topic just now. Choose another, or give it to somebody else.")
Simple = Callable[[Case, Reader, datetime], None]


@require_POST
@for_staff
def answer(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    found, now = opened(reader, code), timezone.now()
    written = typed(request.POST, ("text",))
    if "insert" in request.POST:
        return show(
            request, reader, found, AnswerForm(initial=_with_template(request, found, reader, written))
        )
    question = found.words.filter(role=CaseText.Role.QUESTION, hidden_at=None).first()
    form = AnswerForm(written, question=question.text if question else "")
    if moved_since(found, request.POST.get("seen", "")):
        return show(request, reader, found, form, problem=FASTER, unsent=written.get("text", ""))
    if not form.is_valid():
        return show(request, reader, found, form)
    try:
        handling.answer(found, reader.official, reader.user, form.cleaned_data["text"], now)
    except MoveRefused:
        found.refresh_from_db()
        return show(request, reader, found, form, problem=FASTER, unsent=form.cleaned_data["text"])
    return redirect("desk:case", code=found.code)


def _one_tap(move: Simple) -> Callable[..., HttpResponse]:
    """A step without words of its own; an answer that was begun stays in its field."""

    @require_POST
    @for_staff
    def tapped(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
        found, draft = opened(reader, code), typed(request.POST, ("text",))
        form = AnswerForm(initial=draft)
        try:
            move(found, reader, timezone.now())
        except MoveRefused:
            found.refresh_from_db()
            return show(request, reader, found, form, problem=FASTER, unsent=draft.get("text", ""))
        if draft.get("text", "").strip():
            return show(request, reader, found, form)
        return redirect("desk:case", code=found.code)

    return tapped


accept = _one_tap(lambda case, reader, now: handling.accept(case, reader.official, reader.user, now))
start = _one_tap(lambda case, reader, now: handling.start_work(case, reader.official, reader.user, now))
resume = _one_tap(lambda case, reader, now: handling.resume(case, reader.official, reader.user, now))


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def step(request: HttpRequest, reader: Reader, code: str, key: str) -> HttpResponse:
    if key not in STEPS:
        raise Http404
    step, found = STEPS[key], opened(reader, code)
    written = typed(request.POST, step.fields)
    if request.method != "POST" or "begin" in request.POST:
        return _page(request, reader, found, key, step.form(found, reader, initial=written))
    if "insert" in request.POST:
        written |= _with_template(request, found, reader, written)
        return _page(request, reader, found, key, step.form(found, reader, initial=written))
    form = step.form(found, reader, data=written)
    if moved_since(found, request.POST.get("seen", "")):
        return _page(request, reader, found, key, form, FASTER)
    if not form.is_valid() or not step.is_offered(found, reader):
        return _page(request, reader, found, key, form)
    return _taken(request, reader, found, key, form)


def _taken(request: HttpRequest, reader: Reader, case: Case, key: str, form: forms.Form) -> HttpResponse:
    try:
        STEPS[key].do(case, reader, form.cleaned_data, timezone.now())
    except MoveRefused:
        case.refresh_from_db()
        return _page(request, reader, case, key, form, FASTER)
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return _page(request, reader, case, key, form)
    except NobodyCanAnswer:
        form.add_error(None, NOBODY)
        return _page(request, reader, case, key, form)
    return redirect("desk:cases") if leads_away(case, reader) else redirect("desk:case", code=case.code)


def _page(
    request: HttpRequest, reader: Reader, case: Case, key: str, form: forms.Form, problem: Any = ""
) -> HttpResponse:
    step: Step = STEPS[key]
    context = {
        "case": case,
        "step": step,
        "key": key,
        "form": form,
        "seen": last_step(case),
        "problem": problem,
        "is_offered": step.is_offered(case, reader),
        "templates": ReplyTemplate.objects.fitting(step.template, case.topic_id) if step.template else [],
        "alike": alike(case, reader, timezone.now()) if key == "gop" else [],
    }
    return render(request, "feedback/desk_step.html", context)


def _with_template(
    request: HttpRequest, case: Case, reader: Reader, written: dict[str, str]
) -> dict[str, str]:
    """What was typed with the chosen template behind it."""
    number, before = request.POST.get("template", ""), written.get("text", "").rstrip()
    chosen = ReplyTemplate.objects.filter(pk=number, is_active=True).first() if number.isdecimal() else None
    if chosen is None:
        return {"text": before}
    text = filled(chosen, case, reader, timezone.now())
    return {"text": f"{before}\n\n{text}" if before else text}
