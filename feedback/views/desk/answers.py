"""Answers for everybody, at the desk: written from a case by one person, read and approved by another."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback import publishing
from feedback.access import Reader
from feedback.desk_forms import PublishForm
from feedback.desk_steps import officials_phones
from feedback.forms import typed
from feedback.models import Case, PublishedAnswer
from feedback.publishing import SecondEyesNeeded, may_approve
from feedback.views.desk.guard import for_staff, opened
from home.guide_answers import guide_with

FIELDS = ("question", "text", "guide_code")
CHANGED = _("Somebody has changed this text since you opened it, or it is yours. Please read it again.")


@require_safe
@for_staff
def answers(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Everything that waits for a second reader, and what is public."""
    found = PublishedAnswer.objects.select_related("topic", "written_by")
    context = {"waiting": found.waiting().order_by("written_at"), "public": found.published()[:100]}
    return render(request, "feedback/desk_answers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def publish(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    case = opened(reader, code)
    if not publishing.may_publish(case):
        raise Http404
    if request.method != "POST":
        return _write(request, _form(case), case)
    form = _form(case, typed(request.POST, FIELDS))
    if not _is_good(form):
        return _write(request, form, case)
    given = form.cleaned_data
    publishing.write(case, reader.user, given["question"], given["text"], given["guide_code"], timezone.now())
    return redirect("desk:answers")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def answer(request: HttpRequest, reader: Reader, key: str) -> HttpResponse:
    """One text: read it, change it."""
    found = _find(key)
    if request.method != "POST":
        held = {"question": found.question, "text": found.answer, "guide_code": found.guide_code}
        form = PublishForm(initial=held, case=found.case, office_phones=set())
        return _read(request, reader, found, form)
    if not _may_change(found, reader):
        raise PermissionDenied
    form = _form(found.case, typed(request.POST, FIELDS))
    if not _is_good(form):
        return _read(request, reader, found, form)
    given = form.cleaned_data
    publishing.rewrite(
        found, reader.user, given["question"], given["text"], given["guide_code"], timezone.now()
    )
    return redirect("desk:answers")


@require_POST
@for_staff
def approve(request: HttpRequest, reader: Reader, key: str) -> HttpResponse:
    found, read_at = _find(key), parse_datetime(request.POST.get("read_at", ""))
    if not reader.sees_all:
        raise PermissionDenied
    try:
        if read_at is None:
            raise SecondEyesNeeded
        publishing.approve(found, reader.user, read_at, timezone.now())
    except SecondEyesNeeded:
        held = {"question": found.question, "text": found.answer, "guide_code": found.guide_code}
        form = PublishForm(initial=held, case=found.case, office_phones=set())
        return _read(request, reader, found, form, CHANGED)
    return redirect("desk:answers")


@require_POST
@for_staff
def take_back(request: HttpRequest, reader: Reader, key: str) -> HttpResponse:
    found = _find(key)
    if not _may_change(found, reader):
        raise PermissionDenied
    publishing.take_back(found)
    return redirect("desk:answer_for_all", key=found.key)


def _find(key: str) -> PublishedAnswer:
    return get_object_or_404(
        PublishedAnswer.objects.select_related("case", "topic", "written_by", "approved_by"), key=key
    )


def _may_change(answer: PublishedAnswer, reader: Reader) -> bool:
    return reader.sees_all or answer.written_by_id == reader.user.pk


def _form(case: Case | None, data: dict[str, str] | None = None) -> PublishForm:
    return PublishForm(data, case=case, office_phones=officials_phones())


def _is_good(form: PublishForm) -> bool:
    """A guide that does not exist is said here, where guides can be asked for."""
    code = form.cleaned_data["guide_code"] if form.is_valid() else ""
    if code and guide_with(code) is None:
        form.add_error("guide_code", _("There is no public guide with this code."))
    return form.is_valid()


def _write(request: HttpRequest, form: PublishForm, case: Case) -> HttpResponse:
    return render(request, "feedback/desk_publish.html", {"form": form, "case": case})


def _read(
    request: HttpRequest, reader: Reader, answer: PublishedAnswer, form: PublishForm, problem: object = ""
) -> HttpResponse:
    context = {
        "answer": answer,
        "form": form,
        "guide": guide_with(answer.guide_code),
        "may_approve": may_approve(answer, reader),
        "may_change": _may_change(answer, reader),
        "sees_case": answer.case is not None and reader.cases().filter(pk=answer.case.pk).exists(),
        "read_at": answer.written_at.isoformat(),
        "problem": problem,
    }
    return render(request, "feedback/desk_answer.html", context)
