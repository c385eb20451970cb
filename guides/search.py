"""Guides, lessons, sessions and their index pages in search."""

import json
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gandan.search import Check, Hit, Record, evaluation, name_values, offer, page_path, register
from guides.facts import five_facts
from guides.home_sections import most_used
from guides.models import (
    LIFE_EVENTS,
    Card,
    GuidesIndexPage,
    ProcedurePage,
    Session,
    SessionsPage,
    TrackPage,
    TrackStep,
    TroubleCard,
    TroubleshooterPage,
    TutorialPage,
)
from guides.models.choices import OnlineLevel
from guides.models.rows import Row


def procedure_hit(record: Record, language: str) -> Hit:
    sheet = record["sheet"]
    # SQLite puts a JSON column into a JSON object as text.
    sheet = json.loads(sheet) if isinstance(sheet, str) else sheet
    return Hit(
        title=record["title"],
        url=page_path(record["url_path"], record["language"]),
        summary=record["summary"],
        facts=five_facts(sheet, language),
        code=record["code"],
        language=record["language"],
        check=Check(
            on=_day(record["checked_on"]),
            source_name=record["source_name"],
            source_url=record["source_url"],
            source_date=_day(record["source_date"]),
        ),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def lesson_hit(record: Record, language: str) -> Hit:
    parts = []
    if record["cards"]:
        cards = ngettext("%(count)d card", "%(count)d cards", record["cards"])
        parts.append(cards % {"count": record["cards"]})
    if record["minutes"]:
        minutes = ngettext("%(count)d minute", "%(count)d minutes", record["minutes"])
        parts.append(minutes % {"count": record["minutes"]})
    return Hit(
        title=record["title"],
        url=page_path(record["url_path"], record["language"]),
        summary=record["summary"],
        note=" · ".join(parts),
        language=record["language"],
    )


def track_hit(record: Record, language: str) -> Hit:
    lessons = ngettext("%(count)d lesson", "%(count)d lessons", record["lessons"] or 0)
    return Hit(
        title=record["title"],
        url=page_path(record["url_path"], record["language"]),
        summary=record["summary"],
        note=lessons % {"count": record["lessons"] or 0},
        language=record["language"],
    )


def coming_sessions(now: datetime) -> QuerySet[Any]:
    """The next session of each title, and before it those cancelled: who looks for one must see it is off."""
    earlier = Session.objects.filter(
        title=OuterRef("title"), is_cancelled=False, date__gte=localdate(now), date__lt=OuterRef("date")
    )
    page = SessionsPage.objects.filter(live=True, locale__language_code="vi").values("url_path")
    sessions = Session.objects.filter(Exists(page), ~Exists(earlier), date__gte=localdate(now))
    return sessions.annotate(page_path=Subquery(page[:1]))


def session_hit(record: Record, language: str) -> Hit:
    day = date.fromisoformat(record["date"])
    starts = time.fromisoformat(record["starts"])
    when = f"{date_format(day, 'l')} {day:%d/%m/%Y}, {starts:%H:%M}"
    return Hit(
        title=record["title"],
        url=f"{page_path(record['page_path'], 'vi')}{record['number']}/",
        summary=record[f"place_{language}"] or record["place_vi"],
        note=_("Cancelled: %(when)s") % {"when": when} if record["is_cancelled"] else when,
    )


def index_hit(record: Record, language: str) -> Hit:
    return Hit(
        title=record["title"],
        url=page_path(record["url_path"], record["language"]),
        summary=record["intro"],
        language=record["language"],
    )


def count_of(rows: type[Row]) -> Subquery:
    """How many rows of that kind the page has; None for none."""
    own = rows._default_manager.filter(page=OuterRef("pk")).order_by()
    return Subquery(own.values("page").annotate(n=Count("pk")).values("n"))


PAGE_COLUMNS = {"summary": "summary"}
CHECK = ("checked_on", "source_name", "source_url", "source_date")

register(
    "procedure",
    ProcedurePage,
    queryset=lambda now: ProcedurePage.objects.all(),
    to_hit=procedure_hit,
    columns={**PAGE_COLUMNS, **{name: name for name in ("code", "sheet", *CHECK)}},
    priority="priority",
    bonus=0.6,
    facets={"event": "life_events", "field": "field", "level": "online_level"},
)
register(
    "tutorial",
    TutorialPage,
    queryset=lambda now: TutorialPage.objects.all(),
    to_hit=lesson_hit,
    columns={**PAGE_COLUMNS, "minutes": "minutes", "cards": count_of(Card)},
    priority="priority",
    bonus=0.3,
)
register(
    "tutorial",
    TroubleshooterPage,
    queryset=lambda now: TroubleshooterPage.objects.all(),
    to_hit=lesson_hit,
    columns={**PAGE_COLUMNS, "minutes": Value(None, IntegerField()), "cards": count_of(TroubleCard)},
    priority="priority",
    bonus=0.3,
)
register(
    "tutorial",
    TrackPage,
    queryset=lambda now: TrackPage.objects.all(),
    to_hit=track_hit,
    columns={**PAGE_COLUMNS, "lessons": count_of(TrackStep)},
    priority="priority",
    bonus=0.3,
)
register(
    "session",
    Session,
    queryset=coming_sessions,
    to_hit=session_hit,
    columns={
        "number": "pk",
        "title": "title",
        "date": "date",
        "starts": "starts",
        "is_cancelled": "is_cancelled",
        "place_vi": "place__name",
        "place_en": "place__name_en",
        "place_ar": "place__name_ar",
        "page_path": "page_path",
    },
    facets={"area": "place__area__key"},
    dated="date",
)
register(
    "page",
    GuidesIndexPage,
    queryset=lambda now: GuidesIndexPage.objects.all(),
    to_hit=index_hit,
    columns={"intro": "intro"},
    priority="priority",
)
register(
    "page",
    SessionsPage,
    queryset=lambda now: SessionsPage.objects.all(),
    to_hit=index_hit,
    columns={"intro": "intro"},
    priority="priority",
)

offer(most_used)
name_values("event", lambda: dict(LIFE_EVENTS))
name_values("level", lambda: dict(OnlineLevel.choices))


def sample_procedure(sample: evaluation.Sample) -> ProcedurePage:
    return ProcedurePage(
        title=sample.short_title,
        official_name=sample.title,
        summary=sample.summary[:300],
        requirements=f"{sample.summary[300:]}\n{sample.body}".strip(),
    )


def sample_lesson(sample: evaluation.Sample) -> TutorialPage:
    text = f"{sample.title[len(sample.short_title) :]}\n{sample.summary[300:]}\n{sample.body}"
    return TutorialPage(title=sample.short_title, summary=sample.summary[:300], transcript=text.strip())


evaluation.register("procedure", sample_procedure)
evaluation.register("tutorial", sample_lesson)
