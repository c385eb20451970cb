"""What is written down beside the steps of a case: its title, notes, and who saw the contact."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from feedback import handling
from feedback.access import Reader
from feedback.desk_forms import NoteForm, TitleForm
from feedback.forms import typed
from feedback.views.desk.guard import for_staff, moved_since, opened
from feedback.views.desk.page import show
from feedback.views.desk.steps import FASTER


@require_POST
@for_staff
def title(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    found, form = opened(reader, code), TitleForm(typed(request.POST, ("title",)))
    if moved_since(found, request.POST.get("seen", "")):
        return show(request, reader, found, title_form=form, problem=FASTER)
    if not form.is_valid():
        return show(request, reader, found, title_form=form)
    handling.give_title(found, reader.user, form.cleaned_data["title"], timezone.now())
    return redirect("desk:case", code=found.code)


@require_POST
@for_staff
def note(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    found, form = opened(reader, code), NoteForm(typed(request.POST, ("note",)))
    if not form.is_valid():
        return show(request, reader, found, note_form=form)
    handling.add_note(found, reader.user, form.cleaned_data["note"], timezone.now())
    return redirect("desk:case", code=found.code)


@require_POST
@for_staff
def contact(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """Shown in the answer to the request, never behind an address: each look is a new one, and written down."""
    found = opened(reader, code)
    shown = handling.show_contact(found, reader.user, timezone.now())
    return show(request, reader, found, contact=shown)


@require_POST
@for_staff
def release(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    found = opened(reader, code)
    handling.release(found, reader.user, timezone.now())
    return redirect("desk:case", code=found.code)
