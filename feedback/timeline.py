"""How far a case has come, as rows of dates; without names or words, so that it needs no PIN."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from feedback.models import Case, CaseEvent

Event = CaseEvent.Kind
TITLES: dict[str, LazyText] = {
    Event.RECEIVED: _("The commune received it"),
    Event.ACCEPTED: _("An official has taken it on"),
    Event.STARTED: _("Being worked on"),
    Event.ASKED: _("Waiting for you"),
    Event.REPLIED: _("You replied"),
    Event.RESUMED: _("Work goes on"),
    Event.FORWARDED: _("Forwarded to another authority"),
    Event.EXTENDED: _("A later day was promised"),
    Event.RETOPICED: _("Moved to the right topic"),
    Event.MERGED: _("Joined with a case that says the same"),
    Event.REFUSED: _("Refused, with a reason"),
    Event.ANSWERED: _("Answered"),
    Event.REOPENED: _("Reopened for the leader"),
    Event.WITHDRAWN: _("Withdrawn by you"),
    Event.CLOSED: _("Closed"),
}
WAITS = (Event.ASKED, Event.FORWARDED)


@dataclass(frozen=True)
class Row:
    """`state` is done, hold (the clock stood), now or next; `is_due` marks a moment that lies ahead.

    `at` is None for an answer that waits for somebody; `until` is when a wait ended.
    """

    state: str
    title: LazyText
    at: datetime | None
    is_due: bool = False
    until: datetime | None = None


def rows(case: Case, now: datetime) -> list[Row]:
    """The moments so far; while no answer is given, the one that is now and the answer to come."""
    done: list[Row] = []
    for event in case.events.filter(is_public=True, kind__in=TITLES):
        if done and done[-1].state == "hold":
            done[-1] = replace(done[-1], until=event.at)
        done.append(Row("hold" if event.kind in WAITS else "done", TITLES[event.kind], event.at))
    if case.waiting_since is not None:
        return [*done, Row("next", _("Answer"), None)]
    if not case.is_open or not done:
        return done
    last = done.pop()
    return [*done, Row("now", last.title, last.at), Row("next", _("Answer"), case.due_at, is_due=True)]
