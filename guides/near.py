"""Lessons of a guide, the next help session and answered questions about it, in one statement.

A row for each lesson, or one without a lesson, and on each row the same session and answers as JSON.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.addresses import page_path
from gandan.tree import tree_of
from guides.promise_words import weekday_in_words
from guides.wording import joined
from home.guide_answers import answer_columns, answer_rows
from home.hours import read_clock
from home.sections import Row


@dataclass(frozen=True)
class LessonLink:
    title: str
    url: str


@dataclass(frozen=True)
class NextSession:
    """`when` is "thứ Năm 26/11, 19:00–21:00"; the place may be Vietnamese; `url` is empty without a page of sessions."""

    when: str
    url: str
    place: str

    @property
    def note(self) -> str:
        return joined([_("Volunteers sit beside you"), self.place])


@dataclass(frozen=True)
class Near:
    lessons: list[LessonLink]
    session: NextSession | None
    answers: Sequence[Row]


def near(page: Any, request: HttpRequest, now: datetime) -> Near:
    """One statement, however many lessons and answers there are."""
    rows = list(_rows(page, now))
    lessons = [
        LessonLink(
            row["lessons__title"], page_path(row["lessons__url_path"], row["lessons__locale__language_code"])
        )
        for row in rows
        if row["lessons__live"]
    ]
    session = rows[0]["session"] if rows else None
    shown = _shown(session, request) if session else None
    return Near(lessons, shown, answer_rows(rows[0]) if rows else [])


def _rows(page: Any, now: datetime) -> QuerySet[Any, Any]:
    guides = apps.get_model("guides", "ProcedurePage").objects.filter(pk=page.pk)
    answers = answer_columns(page.code)
    with_session = guides.annotate(session=Subquery(_coming(now)[:1]), **answers).order_by("lessons__path")
    wanted = ("title", "url_path", "live", "locale__language_code")
    return with_session.values("session", *answers, *(f"lessons__{name}" for name in wanted))


def _coming(now: datetime) -> QuerySet[Any, Any]:
    """Sessions that are not over, the next one first."""
    here = localtime(now)
    to_come = Q(date__gt=here.date()) | Q(date=here.date(), ends__gt=here.time())
    sessions = apps.get_model("guides", "Session").objects.filter(to_come, is_cancelled=False)
    columns = {"date": "date", "starts": "starts", "ends": "ends"}
    names = {f"place_{code}": f"place__name_{code}" for code in ("en", "ar")}
    return sessions.order_by("date", "starts", "pk").values(
        found=JSONObject(place_vi="place__name", **columns, **names)
    )


def _shown(session: dict[str, Any], request: HttpRequest) -> NextSession:
    day = date.fromisoformat(session["date"])
    starts, ends = (read_clock(time.fromisoformat(session[edge])) for edge in ("starts", "ends"))
    words = {"day": f"{weekday_in_words(day)} {day:%d/%m}", "hours": f"{starts}–{ends}"}
    return NextSession(
        when=_("%(day)s, %(hours)s") % words,
        url=_sessions_page(request),
        place=session.get(f"place_{get_language()}") or session["place_vi"],
    )


def _sessions_page(request: HttpRequest) -> str:
    """In the reader's language, else the Vietnamese one."""
    model, tree = apps.get_model("guides", "SessionsPage"), tree_of(request)
    for language in (get_language() or "", settings.LANGUAGE_CODE):
        for page in tree.in_language(language):
            if page.model is model:
                return page.address
    return ""
