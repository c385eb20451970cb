"""What a session came to: on one sheet of paper, and as a table. Numbers only."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan import questions
from gandan.tables import Cell, csv_file
from guides.counting.doors import for_session, sees_report
from guides.counts import Counts, count
from guides.models import Session, Tally
from guides.models.choices import Outcome


@dataclass(frozen=True)
class Report:
    """`unanswered` of the questions that became cases still wait. Four statements for one session."""

    session: Session
    counts: Counts
    helpers: int
    codes: list[str]
    unanswered: int


def report_of(session: Session) -> Report:
    codes = list(session.questions.values_list("code", flat=True))
    return Report(
        session=session,
        counts=count(Tally.objects.filter(session=session)),
        helpers=present(session),
        codes=codes,
        unanswered=unanswered(codes),
    )


def present(session: Session) -> int:
    """Confirmed, without those of whom the coordinator noted that they did not come."""
    return session.helpers.confirmed().exclude(noted_minutes=0).count()


def unanswered(codes: list[str]) -> int:
    return len(questions.taker().unanswered(codes)) if codes and questions.are_taken() else 0


@require_safe
@for_session(sees_report)
def report(request: HttpRequest, session: Session) -> HttpResponse:
    context = {"report": report_of(session), "session": session, "outcomes": Outcome.labels}
    return render(request, "guides/counting/report.html", context)


@require_safe
@for_session(sees_report)
def report_table(request: HttpRequest, session: Session) -> HttpResponse:
    return csv_file(f"buoi-{session.date:%Y-%m-%d}-{session.pk}.csv", _rows(report_of(session)))


def _rows(found: Report) -> Iterator[list[Cell]]:
    session, counts = found.session, found.counts
    yield [_("Session"), session.title]
    yield [_("Day"), f"{session.date:%d/%m/%Y}"]
    yield [_("Place"), session.place.name]
    yield [_("Helpers who came"), found.helpers]
    yield [_("Questions that became cases"), len(found.codes)]
    yield []
    yield [_("Subject"), *map(str, Outcome.labels), _("Together")]
    yield from lines_of(counts)
    yield []
    for label, number in counts.obstacle_rows:
        yield [_("Why not"), label, number]
    for label, number in counts.age_rows:
        yield [_("Age"), label, number]
    yield [_("Minutes noted"), counts.minutes, _("Counts with minutes"), counts.timed]


def lines_of(counts: Counts) -> Iterator[list[Cell]]:
    for line in counts.lines:
        yield [line.label, *line.cells, line.total]
    yield [_("Together"), *counts.sums, counts.total]
