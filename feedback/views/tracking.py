"""Looking up a case by code and PIN. A wrong code, a wrong PIN and somebody else's code look alike.

After too many failures from one address a code alone opens nothing there for a while. A right code with its PIN
still does: many households share one address, and no neighbour shall wait because somebody there was guessing. That
gives a guesser nothing, since each code makes wrong PINs wait by itself.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from feedback import limits, tokens
from feedback.codes import InvalidCode, normalise
from feedback.conversation import conversation, may_rate, may_reply
from feedback.forms import LookUpForm, typed
from feedback.headers import for_one_reader, never_kept
from feedback.models import Case, Rating
from feedback.resident_forms import RatingForm, ReplyForm
from feedback.timeline import rows
from feedback.tokens import NO_CASE, is_pin, normalise_pin
from gandan.proxies import client_address

NOT_FOUND = _("No slip fits this code and PIN. Please compare both with your slip and try again.")
BLOCKED = _(
    "Too many wrong tries from your network in the last hour. A right code together with its PIN still opens the "
    "case; the code alone does not. Or call the commune."
)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return for_one_reader(_form(request, LookUpForm()))
    now, address = timezone.now(), client_address(request)
    form = LookUpForm(typed(request.POST, ("code", "pin")))
    if not form.is_valid():
        return never_kept(_form(request, form))
    return never_kept(_look_up(request, form, address, now))


def _look_up(request: HttpRequest, form: LookUpForm, address: str, now: datetime) -> HttpResponse:
    code, pin = _canonical(form.cleaned_data["code"]), normalise_pin(form.cleaned_data["pin"])
    gives_pin = bool(form.cleaned_data["pin"].strip())
    wait = limits.wait_for(code, now) if gives_pin else None
    if wait:
        form.add_error(None, _wait_sentence(int(wait.total_seconds()) + 1))
        return _form(request, form, status=429)
    is_blocked = limits.look_ups_are_blocked(address, now)
    case = Case.objects.select_related("topic", "area", "official", "unit").filter(code=code).first()
    fits = is_pin(pin, case.pin_hash if case else NO_CASE)
    opens = case is not None and gives_pin and fits
    if is_blocked and not opens:
        limits.count_wrong_pin(code if gives_pin else "", now)
        form.add_error(None, BLOCKED)
        return _form(request, form, status=429)
    if case is None or (gives_pin and not fits):
        limits.count_failed_look_up(address, code if gives_pin else "", now)
        form.add_error(None, NOT_FOUND)
        return _form(request, form)
    if gives_pin:
        limits.forget_wrong_pins(code)
    return render(request, "feedback/case.html", _case_page(case, opened=gives_pin, now=now))


def show_opened(request: HttpRequest, case: Case, now: datetime, **more: Any) -> HttpResponse:
    """The page of a case that code and PIN have opened, with a form that came back or the word of what was done."""
    return render(request, "feedback/case.html", _case_page(case, opened=True, now=now) | more)


def _case_page(case: Case, *, opened: bool, now: datetime) -> dict[str, Any]:
    pin_form = LookUpForm(initial={"code": case.code})
    pin_form.fields["pin"].required = True
    said = conversation(case) if opened else None
    return {
        "case": case,
        "is_opened": opened,
        "is_late": case.is_late(now),
        "rows": rows(case, now),
        "said": said,
        "question": said.question if said else None,
        "form": pin_form,
        "reply_form": ReplyForm() if said and may_reply(case) else None,
        "rating_form": RatingForm() if said and may_rate(case) else None,
        "faces": Rating.Face.choices,
        "opened_token": tokens.opened_token(case.pk) if opened else "",
    }


def _form(request: HttpRequest, form: LookUpForm, status: int = 200) -> HttpResponse:
    return render(request, "feedback/track.html", {"form": form}, status=status)


def _canonical(code: str) -> str:
    """What cannot be a code is looked for like one that does not exist."""
    try:
        return normalise(code)
    except InvalidCode:
        return code.strip().upper()


def _wait_sentence(seconds: int) -> str:
    return ngettext(
        "Too many wrong PINs for this code. Please wait %(seconds)d second.",
        "Too many wrong PINs for this code. Please wait %(seconds)d seconds.",
        seconds,
    ) % {"seconds": seconds}
