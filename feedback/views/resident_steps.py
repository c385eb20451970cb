"""What a resident does with a case that code and PIN have opened: reply to what was asked, rate the answer.

There is no session: the page carries a signed token of the opened case, and is kept nowhere.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from feedback import handling, tokens
from feedback.forms import typed
from feedback.headers import never_kept
from feedback.models import Case
from feedback.resident_forms import RatingForm, ReplyForm
from feedback.states import MoveRefused, NotPossible
from feedback.tokens import BadToken
from feedback.views.tracking import show_opened

THANKS_REPLY = _("Your reply has reached the commune. The clock of the promise runs again.")
THANKS_RATING = _("Thank you. The commune reads every judgement.")
REOPENED = _("Your case is open again and lies with the leader of the commune.")
MOVED = _("This has been done already, or the case has moved on. Please look at the state above.")


@csrf_exempt
@require_POST
def reply(request: HttpRequest) -> HttpResponse:
    case = _opened(request)
    if case is None:
        return redirect("feedback:track")
    form = ReplyForm(typed(request.POST, ("text",)))
    if not form.is_valid():
        return _shown(request, case, reply_form=form)
    try:
        handling.resident_replies(case, form.cleaned_data["text"], timezone.now())
    except MoveRefused:
        return _shown(request, _again(case), reply_form=form, problem=MOVED)
    return _shown(request, _again(case), done=THANKS_REPLY)


@csrf_exempt
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    case = _opened(request)
    if case is None:
        return redirect("feedback:track")
    form = RatingForm(typed(request.POST, ("face", "reason", "solved")))
    if not form.is_valid():
        return _shown(request, case, rating_form=form)
    given = form.cleaned_data
    try:
        handling.rate(case, given["face"], given["reason"], given["solved"], timezone.now())
    except (MoveRefused, NotPossible):
        return _shown(request, _again(case), problem=MOVED)
    rated = _again(case)
    return _shown(request, rated, done=REOPENED if rated.is_open else THANKS_RATING)


def _opened(request: HttpRequest) -> Case | None:
    try:
        number = tokens.read_opened_token(request.POST.get("opened", ""))
    except BadToken:
        return None
    return _cases().filter(pk=number).first()


def _again(case: Case) -> Case:
    return _cases().get(pk=case.pk)


def _cases() -> Any:
    return Case.objects.select_related("topic", "area", "official", "unit")


def _shown(request: HttpRequest, case: Case, **more: Any) -> HttpResponse:
    return never_kept(show_opened(request, case, timezone.now(), **more))
