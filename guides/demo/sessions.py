from datetime import date, timedelta

from gandan.demo import Tell
from gandan.workdays import working_calendar
from guides.demo.sources import FOLDER, Source, read
from guides.models import SessionSeries, TutorialPage
from guides.planning import plan
from home.models import Place

SAME = ("title", "kind", "weekdays", "starts", "ends", "audience", "equipment", "needs")


def load_sessions(first_day: date, tell: Tell) -> None:
    existing = set(SessionSeries.objects.values_list("key", flat=True))
    missing = [row for row in read(FOLDER / "sessions.toml")["series"] if row["key"] not in existing]
    places = {place.key: place for place in Place.objects.all()}
    if missing:
        tell(f"planning {len(missing)} series of help sessions")
    for row in missing:
        if row["place"] in places:
            _load(row, places[row["place"]], first_day)


def _load(row: Source, place: Place, first_day: date) -> None:
    series = SessionSeries.objects.create(
        key=row["key"],
        place=place,
        on_holiday=row["holiday"],
        first_day=first_day + timedelta(days=row["offset_from"]),
        last_day=first_day + timedelta(days=row["offset_until"]),
        **{name: row[name] for name in SAME},
    )
    calendar = working_calendar(around=first_day)
    lessons = list(TutorialPage.objects.filter(locale__language_code="vi", slug__in=row["tutorials"]))
    for session in plan(series, calendar, series.first_day, series.last_day):
        session.lessons.set(lessons)
