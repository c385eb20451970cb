"""How far a case has come, as rows of dates; without names or words, so that it needs no PIN."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from feedback.models import Case, CaseEvent

TITLES: dict[str, LazyText] = {
    CaseEvent.Kind.RECEIVED: _("The commune received it"),
    CaseEvent.Kind.ACCEPTED: _("An official has taken it on"),
    CaseEvent.Kind.ANSWERED: _("Answered"),
    CaseEvent.Kind.CLOSED: _("Closed"),
}


@dataclass(frozen=True)
class Row:
    """`state` is done, now or next; `is_due` marks a moment that lies ahead."""

    state: str
    title: LazyText
    at: datetime
    is_due: bool = False


def rows(case: Case, now: datetime) -> list[Row]:
    events = case.events.filter(is_public=True, kind__in=TITLES)
    done = [Row("done", TITLES[event.kind], event.at) for event in events]
    if not case.is_open or not done:
        return done
    last = done.pop()
    return [
        *done,
        Row("now", last.title, last.at),
        Row("next", _("Answer"), case.due_at, is_due=True),
    ]
