"""The steps that have a page of their own at the desk: who may take them, their form, and what they do.

The words of the residents' page say the same as the move in `feedback.handling`, which alone changes a case.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from feedback import handling, routing
from feedback.access import Reader
from feedback.codes import InvalidCode, normalise
from feedback.desk_forms import (
    AskForm,
    ExtendForm,
    ForwardForm,
    HideForm,
    MergeForm,
    ReassignForm,
    RefuseForm,
    RetopicForm,
)
from feedback.models import WAITING_STATES, Case, CaseText, Kind, ReplyTemplate, Topic
from feedback.states import Move, NotPossible, may
from home.models import Official

Given = dict[str, Any]
Template = ReplyTemplate.Step


@dataclass(frozen=True)
class Step:
    """`template` names the reply templates offered; `warns` stands above the form."""

    title: LazyText
    button: LazyText
    is_offered: Callable[[Case, Reader], bool]
    form: Callable[..., forms.Form]
    fields: tuple[str, ...]
    do: Callable[[Case, Reader, Given, datetime], None]
    template: str = ""
    warns: LazyText | str = ""


def allowed(move: Move) -> Callable[[Case, Reader], bool]:
    return lambda case, reader: may(case.state, move)


def is_unfinished(case: Case) -> bool:
    return case.is_open or case.state in WAITING_STATES


def _plain(form: Callable[..., forms.Form]) -> Callable[..., forms.Form]:
    return lambda case, reader, **kwargs: form(**kwargs)


def _ask(case: Case, reader: Reader, given: Given, now: datetime) -> None:
    handling.ask_more(case, reader.official, reader.user, given["text"], now)


def _forward(case: Case, reader: Reader, given: Given, now: datetime) -> None:
    handling.forward(case, reader.official, reader.user, now=now, **given)


def _refuse(case: Case, reader: Reader, given: Given, now: datetime) -> None:
    handling.refuse(case, reader.official, reader.user, now=now, **given)


def _extend(case: Case, reader: Reader, given: Given, now: datetime) -> None:
    handling.extend(case, reader.official, reader.user, given["text"], given["new_due"], now)


def _may_extend(case: Case, reader: Reader) -> bool:
    runs = case.is_open and case.waiting_since is None
    return runs and timezone.now() < case.due_at and not case.extensions.exists()


def _reassign(case: Case, reader: Reader, given: Given, now: datetime) -> None:
    handling.reassign(case, reader.user, given["official"], now)


def _reassign_form(case: Case, reader: Reader, **kwargs: Any) -> forms.Form:
    """Whoever is there today, those of the case's unit first."""
    staff, today = routing.Staff.load(), timezone.localdate()
    barred = {case.official_id, *routing.barred_by(staff, case.about)}
    present = [o for o in staff.officials.values() if o.pk not in barred and routing.can_answer(o, today)]
    present.sort(key=lambda official: (official.unit_id != case.unit_id, official.sort_name))
    return ReassignForm(officials=present, **kwargs)


def _may_reassign(case: Case, reader: Reader) -> bool:
    return is_unfinished(case) and case.kind != Kind.CONDUCT


def _retopic(case: Case, reader: Reader, given: Given, now: datetime) -> None:
    handling.retopic(case, reader.user, given["topic"], now)


def _retopic_form(case: Case, reader: Reader, **kwargs: Any) -> forms.Form:
    topics = Topic.objects.filter(is_open=True).exclude(pk=case.topic_id)
    return RetopicForm(topics=[topic for topic in topics if case.kind in topic.kinds], **kwargs)


def _merge(case: Case, reader: Reader, given: Given, now: datetime) -> None:
    handling.merge(case, reader.user, _other(reader, given["into"]), now)


def _other(reader: Reader, code: str) -> Case:
    """A case of somebody else is not told apart from none."""
    try:
        found = reader.cases().filter(code=normalise(code)).first()
    except InvalidCode:
        found = None
    if found is None:
        raise NotPossible(_("You have no case with this code."))
    return found


def _may_merge(case: Case, reader: Reader) -> bool:
    return may(case.state, Move.MERGE) and case.kind != Kind.CONDUCT


def _hide(case: Case, reader: Reader, given: Given, now: datetime) -> None:
    handling.hide_words(case, reader.user, given["what"], given["reason"], now)


def _hide_form(case: Case, reader: Reader, **kwargs: Any) -> forms.Form:
    shown = case.words.filter(hidden_at=None).exclude(role__in=CaseText.CONTACT_ROLES)
    return HideForm(words=shown, files=case.files.all(), **kwargs)


STEPS: Mapping[str, Step] = {
    "hoi-lai": Step(
        _("Ask back"),
        _("Send the question"),
        allowed(Move.ASK_MORE),
        _plain(AskForm),
        ("text",),
        _ask,
        Template.ASK,
    ),
    "chuyen": Step(
        _("Forward to another authority"),
        _("Forward it"),
        allowed(Move.FORWARD),
        _plain(ForwardForm),
        ("agency", "paper_number", "sent_on", "expected_on", "text"),
        _forward,
        Template.FORWARD,
    ),
    "tu-choi": Step(
        _("Refuse with a reason"),
        _("Refuse it"),
        allowed(Move.REFUSE),
        _plain(RefuseForm),
        ("reason", "text", "where_to_go"),
        _refuse,
        Template.REFUSE,
        _("Refused is not solved. If another authority decides, forwarding it helps the resident more."),
    ),
    "gia-han": Step(
        _("Promise a later day"),
        _("Apologise and promise this day"),
        _may_extend,
        lambda case, reader, **kwargs: ExtendForm(case=case, **kwargs),
        ("new_due", "text"),
        _extend,
    ),
    "giao-lai": Step(
        _("Give to somebody else"),
        _("Give it"),
        _may_reassign,
        _reassign_form,
        ("official",),
        _reassign,
    ),
    "doi-chu-de": Step(
        _("Wrong topic"),
        _("Change the topic"),
        lambda case, reader: is_unfinished(case),
        _retopic_form,
        ("topic",),
        _retopic,
    ),
    "gop": Step(
        _("Join with another case"),
        _("Join the two"),
        _may_merge,
        _plain(MergeForm),
        ("into",),
        _merge,
    ),
    "an": Step(
        _("Hide words"),
        _("Hide them"),
        lambda case, reader: reader.sees_all,
        _hide_form,
        ("what", "reason"),
        _hide,
        warns=_("Hidden words are shown to nobody any more, neither here nor with code and PIN."),
    ),
}


def offered(case: Case, reader: Reader) -> dict[str, Step]:
    return {key: step for key, step in STEPS.items() if step.is_offered(case, reader)}


def leads_away(case: Case, reader: Reader) -> bool:
    """Whether the reader sees the case no more after this step."""
    return not reader.cases().filter(pk=case.pk).exists()


def officials_phones() -> set[str]:
    return set(Official.objects.exclude(office_phone="").values_list("office_phone", flat=True))
