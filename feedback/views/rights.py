"""What a resident may do with a case after opening it by code and PIN: see, correct, withdraw, delete, take along.

There is no session: the page carries a signed token that opens this one case for an hour, and is kept nowhere.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from feedback import handling, tokens
from feedback.closing import kept_until
from feedback.consents import words_of
from feedback.forms import LookUpForm, typed
from feedback.headers import never_kept
from feedback.holdings import LOOKS, held
from feedback.models import Case, CaseText
from feedback.rights_forms import CONTACT, ContactForm, DeleteForm, QuestionForm
from feedback.states import Move, MoveRefused, NotPossible, may
from feedback.tokens import BadToken

TYPED = ("text", *CONTACT, "consent_contact", "sure")
LATE = _("An hour has passed, so the case was shut again. Please type code and PIN once more.")
MOVED = _("The case has moved on since you opened it. Please look at the state above.")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("feedback:track")
    case = _opened(request)
    if case is None:
        return never_kept(_shut(request))
    step = STEPS.get(request.POST.get("do", ""))
    return never_kept(step(request, case, timezone.now()) if step else _show(request, case))


@csrf_exempt
@require_POST
def data(request: HttpRequest) -> HttpResponse:
    case = _opened(request)
    if case is None:
        return never_kept(_shut(request))
    handling.give_data(case, timezone.now())
    answer = JsonResponse(held(case), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="gan-dan.json"'
    return never_kept(answer)


def _correct_question(request: HttpRequest, case: Case, now: datetime) -> HttpResponse:
    form = QuestionForm(typed(request.POST, TYPED))
    if not form.is_valid():
        return _show(request, case, question_form=form)
    return _done(
        request,
        case,
        lambda: handling.correct_question(case, form.cleaned_data["text"], now),
        _("Your words are corrected; whoever answers has been told."),
        question_form=form,
    )


def _correct_contact(request: HttpRequest, case: Case, now: datetime) -> HttpResponse:
    form = ContactForm(typed(request.POST, TYPED))
    if not form.is_valid():
        return _show(request, case, contact_form=form)
    contact = {name: form.cleaned_data[name] for name in CONTACT}
    return _done(
        request,
        case,
        lambda: handling.correct_contact(case, contact, now),
        _("Your contact is as you typed it now."),
    )


def _withdraw_consent(request: HttpRequest, case: Case, now: datetime) -> HttpResponse:
    return _done(
        request,
        case,
        lambda: handling.withdraw_consent(case, now),
        _("Your contact is erased. Nobody will call or write; read the answer here."),
    )


def _withdraw(request: HttpRequest, case: Case, now: datetime) -> HttpResponse:
    said = _("The case is withdrawn. Nobody works on it any more.")
    return _done(request, case, lambda: handling.withdraw(case, now), said)


def _delete(request: HttpRequest, case: Case, now: datetime) -> HttpResponse:
    form = DeleteForm(typed(request.POST, TYPED))
    if not form.is_valid():
        return _show(request, case, delete_form=form)
    said = _("Everything written is deleted. Only states and dates are left.")
    return _done(request, case, lambda: handling.delete_words(case, now), said)


STEPS: dict[str, Callable[[HttpRequest, Case, datetime], HttpResponse]] = {
    "words": _correct_question,
    "contact": _correct_contact,
    "consent": _withdraw_consent,
    "withdraw": _withdraw,
    "delete": _delete,
}


def _done(
    request: HttpRequest, case: Case, step: Callable[[], None], said: str | LazyText, **forms_kept: forms.Form
) -> HttpResponse:
    try:
        step()
    except NotPossible as sentence:
        return _show(request, case, problem=str(sentence), **forms_kept)
    except MoveRefused:
        case.refresh_from_db()
        return _show(request, case, problem=MOVED, **forms_kept)
    case.refresh_from_db()
    return _show(request, case, said=said)


def _opened(request: HttpRequest) -> Case | None:
    try:
        pk = tokens.read_opened_token(request.POST.get("opened", ""))
    except BadToken:
        return None
    return Case.objects.select_related("topic", "area", "unit", "official").filter(pk=pk).first()


def _shut(request: HttpRequest) -> HttpResponse:
    """What was typed is shown again, to be copied: an hour may pass while somebody looks for words."""
    form = LookUpForm()
    context = {"form": form, "problem": LATE, "unsent": typed(request.POST, ("text",)).get("text", "")}
    return render(request, "feedback/rights_shut.html", context)


def _show(request: HttpRequest, case: Case, **more: Any) -> HttpResponse:
    words = list(case.words.exclude(role=CaseText.Role.NOTE))
    contact = {each.role: each.text for each in words if each.role in CaseText.CONTACT_ROLES}
    question = next((each.text for each in words if each.role == CaseText.Role.QUESTION), "")
    consents = [(each, words_of(each)) for each in case.consents.all()]
    agreed = {"consent_contact": any(each.withdrawn_at is None for each, _words in consents)}
    context = {
        "case": case,
        "opened": tokens.opened_token(case.pk),
        "question": question,
        "may_correct": case.is_open and bool(question),
        "may_withdraw": may(case.state, Move.WITHDRAW),
        "has_words": bool(words),
        "has_contact": bool(contact),
        "consents": consents,
        "looks": [each.at for each in case.events.all() if each.kind in LOOKS],
        "contact_until": kept_until(case, case.topic.contact_days),
        "words_until": kept_until(case, case.topic.words_days),
        "question_form": QuestionForm(initial={"text": question}),
        "contact_form": ContactForm(initial=contact | agreed),
        "delete_form": DeleteForm(),
        **more,
    }
    return render(request, "feedback/rights.html", context)
