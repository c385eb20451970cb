"""The officials' desk: made for a phone, works without scripts. Every look at a case is written down."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from feedback import handling
from feedback.access import LEADERS, Reader, reader_for
from feedback.desk_list import LISTED, Clock, grouped
from feedback.forms import AnswerForm, TitleForm, typed
from feedback.headers import never_kept
from feedback.models import OPEN_STATES, Case, CaseText, State
from feedback.states import MoveRefused, may_move

View = Callable[..., HttpResponse]
MINE, ALL, HELD, ANSWERED = "", "tat-ca", "xem-lai", "da-tra-loi"
TABS = {MINE: _("Mine"), ALL: _("All open"), HELD: _("To check"), ANSWERED: _("Answered")}
FASTER = _("Somebody has moved this case since you opened it. Your text is kept; look at the state above.")


def for_staff(view: View) -> View:
    """Signed in and somebody at the desk; the view gets the `Reader`."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reader = reader_for(request.user)
        if reader is None:
            raise PermissionDenied
        return never_kept(view(request, reader, *args, **kwargs))

    return guarded


@require_safe
@for_staff
def cases(request: HttpRequest, reader: Reader) -> HttpResponse:
    now, lists = timezone.now(), _lists(reader)
    tab = request.GET.get("xem", "")
    tab = tab if tab in lists else next(iter(lists))
    related = ("topic", "area", "unit", "official")
    found = list(reader.cases().filter(lists[tab]).select_related(*related).order_by("due_at", "pk")[:LISTED])
    context = {
        "tabs": _tabs(reader, lists, tab),
        "groups": [] if tab == ANSWERED else grouped(found, now),
        "answered": found[::-1] if tab == ANSWERED else [],
        "shows_official": reader.sees_all and tab != MINE,
        "now": now,
        "sees_all": reader.sees_all,
        "sees_looks": reader.leads or reader.user.groups.filter(name=LEADERS).exists(),
        "listed": LISTED,
        "is_cut": len(found) == LISTED,
    }
    return render(request, "feedback/desk.html", context)


@require_safe
@for_staff
def case(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    return _show(request, reader, _find(reader, code))


@require_POST
@for_staff
def accept(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    found, draft = _find(reader, code), typed(request.POST, ("text",))
    form = AnswerForm(initial=draft)
    try:
        handling.accept(found, reader.official, reader.user, timezone.now())
    except MoveRefused:
        found.refresh_from_db()
        return _show(request, reader, found, form, problem=FASTER, unsent=draft.get("text", ""))
    if draft.get("text", "").strip():
        return _show(request, reader, found, form)
    return redirect("desk:case", code=found.code)


@require_POST
@for_staff
def answer(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    found, form = _find(reader, code), AnswerForm(typed(request.POST, ("text",)))
    if not form.is_valid():
        return _show(request, reader, found, form)
    try:
        handling.answer(found, reader.official, reader.user, form.cleaned_data["text"], timezone.now())
    except MoveRefused:
        found.refresh_from_db()
        return _show(request, reader, found, form, problem=FASTER, unsent=form.cleaned_data["text"])
    return redirect("desk:case", code=found.code)


@require_POST
@for_staff
def title(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    found, form = _find(reader, code), TitleForm(typed(request.POST, ("title",)))
    if not form.is_valid():
        return _show(request, reader, found, title_form=form)
    handling.give_title(found, reader.user, form.cleaned_data["title"], timezone.now())
    return redirect("desk:case", code=found.code)


@require_POST
@for_staff
def contact(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """Shown in the answer to the request, never behind an address: each look is a new one, and written down."""
    found = _find(reader, code)
    shown = handling.show_contact(found, reader.user, timezone.now())
    return _show(request, reader, found, contact=shown)


@require_POST
@for_staff
def release(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    found = _find(reader, code)
    handling.release(found, reader.user, timezone.now())
    return redirect("desk:case", code=found.code)


def _lists(reader: Reader) -> dict[str, Q]:
    """The lists this person has, the one to begin with first."""
    is_open = Q(state__in=OPEN_STATES)
    lists: dict[str, Q] = {}
    if reader.official is not None:
        lists[MINE] = is_open & Q(official=reader.official)
    if reader.sees_all:
        lists |= {ALL: is_open, HELD: is_open & ~Q(held_for="")}
    return lists | {ANSWERED: Q(state=State.ANSWERED)}


def _tabs(reader: Reader, lists: dict[str, Q], current: str) -> list[dict[str, Any]]:
    numbers = {f"tab_{place}": Count("pk", filter=which) for place, which in enumerate(lists.values())}
    counts = reader.cases().aggregate(**numbers)
    return [
        {
            "title": TABS[key],
            "url": f"?xem={key}" if key else "?",
            "count": counts[f"tab_{place}"],
            "current": key == current,
        }
        for place, key in enumerate(lists)
    ]


def _find(reader: Reader, code: str) -> Case:
    related = ("topic", "area", "unit", "official__user", "stands_in_for")
    return get_object_or_404(reader.cases().select_related(*related), code=code)


def _show(
    request: HttpRequest,
    reader: Reader,
    found: Case,
    form: AnswerForm | None = None,
    title_form: TitleForm | None = None,
    **more: Any,
) -> HttpResponse:
    now = timezone.now()
    clock = Clock(now)
    handling.note_look(found, reader.user, now)
    words = list(found.words.exclude(role=CaseText.Role.NOTE).defer("author"))
    context = {
        "case": found,
        "time_left": clock.words(found) if found.is_open else "",
        "is_late": found.is_late(now),
        "question": next((w for w in words if w.role == CaseText.Role.QUESTION), None),
        "answers": [w for w in words if w.role == CaseText.Role.ANSWER],
        "has_contact": any(w.role in CaseText.CONTACT_ROLES for w in words),
        "may_accept": may_move(found.state, State.ACCEPTED),
        "may_answer": may_move(found.state, State.ANSWERED),
        "form": form or AnswerForm(),
        "title_form": title_form or TitleForm(initial={"title": found.title}),
        **more,
    }
    return render(request, "feedback/desk_case.html", context)
