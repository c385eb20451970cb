"""The officials' desk: made for a phone, works without scripts. Every look at a case is written down."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from feedback import handling
from feedback.access import Reader, reader_for
from feedback.desk_list import LISTED, Clock, grouped
from feedback.forms import AnswerForm, TitleForm, typed
from feedback.headers import never_kept
from feedback.models import Case, CaseText, State
from feedback.states import MoveRefused, may_move

View = Callable[..., HttpResponse]
TABS = {"": _("Mine"), "tat-ca": _("All open"), "xem-lai": _("To check"), "da-tra-loi": _("Answered")}
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
    now, tab = timezone.now(), request.GET.get("xem", "")
    lists = {"": reader.own_cases().open(), "da-tra-loi": reader.cases().filter(state=State.ANSWERED)}
    if reader.sees_all:
        lists |= {"tat-ca": reader.cases().open(), "xem-lai": reader.cases().open().held()}
    if tab not in lists or (not tab and reader.official is None):
        tab = "tat-ca" if reader.sees_all and reader.official is None else ""
    tabs = [
        {
            "title": title,
            "url": f"?xem={key}" if key else "?",
            "count": lists[key].count(),
            "current": key == tab,
        }
        for key, title in TABS.items()
        if key in lists and (key or reader.official)
    ]
    found = list(
        lists[tab].select_related("topic", "area", "unit", "official").order_by("due_at", "pk")[:LISTED]
    )
    context = {"tabs": tabs, "now": now, "tab": tab, "listed": LISTED, "is_cut": len(found) == LISTED}
    key = "answered" if tab == "da-tra-loi" else "groups"
    context[key] = found[::-1] if tab == "da-tra-loi" else grouped(found, now)
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
        return _show(request, reader, found, form, problem=FASTER)
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
        return _show(request, reader, found, form, problem=FASTER)
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
    handling.note_look(found, reader.user, now)
    words = list(found.words.exclude(role=CaseText.Role.NOTE).defer("author"))
    context = {
        "case": found,
        "row": Clock(now).row(found) if found.is_open else None,
        "time_left": Clock(now).left(found) if found.is_open and not found.is_late(now) else "",
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
