from datetime import date, timedelta

from gandan.demo import Tell
from gandan.workdays import working_calendar
from guides.demo.sources import FOLDER, Source, read
from guides.models import Session, SessionSeries, TutorialPage
from guides.moving import stand_in
from guides.planning import plan
from home.models import Area, Official, Place

SAME = ("title", "kind", "weekdays", "starts", "ends", "audience", "equipment", "partners", "needs")


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
        area=Area.objects.filter(key=row.get("area")).first(),
        on_holiday=row["holiday"],
        first_day=first_day + timedelta(days=row["offset_from"]),
        last_day=first_day + timedelta(days=row["offset_until"]),
        **{name: row[name] for name in SAME},
    )
    series.lessons.set(TutorialPage.objects.filter(locale__language_code="vi", slug__in=row["tutorials"]))
    calendar = working_calendar(around=first_day)
    sessions = plan(series, calendar, series.first_day, series.last_day)
    for change in row.get("change", []):
        if change["nth"] < len(sessions):
            _change(sessions[change["nth"]], change)


def _change(session: Session, change: Source) -> None:
    """What an editor did to one session: another hour, a leader, cancelled, moved."""
    session.is_edited = True
    session.starts = change.get("starts", session.starts)
    session.reason = change.get("reason", "")
    session.is_cancelled = change.get("cancelled", False)
    session.leader = Official.objects.filter(key=change.get("leader")).first()
    if change.get("move_days"):
        session.moved_to = session.date + timedelta(days=change["move_days"])
    session.save()
    stand_in(session)
