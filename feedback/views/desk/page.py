"""One case as its official sees it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback.access import Reader
from feedback.desk_forms import AnswerForm, NoteForm, TitleForm
from feedback.desk_list import Clock
from feedback.desk_steps import offered
from feedback.models import Case, CaseText, ReplyTemplate, State
from feedback.publishing import may_publish
from feedback.states import Move, may
from feedback.views.desk.guard import for_staff, last_step, opened

IN_THE_BAR = ("hoi-lai", "chuyen")


@require_safe
@for_staff
def case(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    return show(request, reader, opened(reader, code))


def show(
    request: HttpRequest,
    reader: Reader,
    case: Case,
    form: AnswerForm | None = None,
    title_form: TitleForm | None = None,
    note_form: NoteForm | None = None,
    problem: Any = "",
    unsent: str = "",
    contact: Sequence[CaseText] = (),
) -> HttpResponse:
    now, words = timezone.now(), list(case.words.select_related("author"))
    steps, may_answer = offered(case, reader), may(case.state, Move.ANSWER)
    context = {
        "case": case,
        "reader": reader,
        "seen": last_step(case),
        "question": next((text for text in words if text.role == CaseText.Role.QUESTION), None),
        "said": [text for text in words if text.role in CaseText.CONVERSATION[1:]],
        "notes": [text for text in words if text.role == CaseText.Role.NOTE],
        "files": list(case.files.all()),
        "has_contact": any(text.role in CaseText.CONTACT_ROLES for text in words),
        "contact": contact,
        "may_accept": may(case.state, Move.ACCEPT),
        "may_start": may(case.state, Move.START_WORK) and case.state == State.ACCEPTED,
        "may_resume": may(case.state, Move.RESUME),
        "may_answer": may_answer,
        "may_publish": may_publish(case),
        "bar": [(key, steps[key]) for key in IN_THE_BAR if key in steps],
        "more": [(key, step) for key, step in steps.items() if key not in IN_THE_BAR],
        "templates": _templates(case, ReplyTemplate.Step.ANSWER) if may_answer else [],
        "form": form or AnswerForm(),
        "title_form": title_form or TitleForm(initial={"title": case.title}),
        "note_form": note_form or NoteForm(),
        "problem": problem,
        "unsent": unsent,
        "is_late": case.is_late(now),
        "time_left": Clock(now).words(case) if case.is_open else "",
        "forwarding": case.forwardings.last() if case.state == State.FORWARDED else None,
        "today": timezone.localdate(now),
        "rating": case.ratings.last() if case.state in (State.CLOSED, State.REOPENED) else None,
    }
    return render(request, "feedback/desk_case.html", context)


def _templates(case: Case, step: str) -> list[ReplyTemplate]:
    return list(ReplyTemplate.objects.fitting(step, case.topic_id))
