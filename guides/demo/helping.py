"""How many helpers the sample sessions need, and what the sample volunteers did, from helping.toml.

Volunteers have parts only where their accounts exist. No mail is stored: they have no letter box.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gandan.demo import Tell
from guides.demo.sources import FOLDER, Source, read
from guides.helping import taking_part
from guides.helping.evening import ends_at, has_begun
from guides.models import Helper, SeriesNeed, Session, SessionNeed, SessionSeries
from guides.models.choices import Role
from home.models import Place, User

BEGINS, ENDS = time(19), time(21)


def load_needs() -> None:
    """For series that ask for nobody yet, and their sessions."""
    source = read(FOLDER / "helping.toml")
    for series in SessionSeries.objects.filter(roles=None):
        row = source["series"].get(series.key, source["usual"])
        asked = [
            {"role": role, "needed": needed, "is_direct": role in row["direct"]}
            for role, needed in row["roles"].items()
        ]
        SeriesNeed.objects.bulk_create(SeriesNeed(series=series, **need) for need in asked)
        bare = series.sessions.filter(roles=None)
        SessionNeed.objects.bulk_create(
            SessionNeed(session=session, **need) for session in bare for need in asked
        )


def load_helpers(first_day: date, tell: Tell) -> None:
    source, now = read(FOLDER / "helping.toml"), timezone.now()
    people = {
        user.username: _without_letter_box(user) for user in User.objects.filter(username__in=_named(source))
    }
    if not people or Helper.objects.exists():
        return
    tell(f"{len(people)} volunteers and their sessions")
    for row in source["past"]:
        _load_past(row, first_day, people)
    coming = [
        session for session in Session.objects.filter(is_cancelled=False) if not has_begun(session, now)
    ]
    for step in source["step"]:
        if step["who"] in people and step["nth"] < len(coming):
            _take(step, coming[step["nth"]], people[step["who"]], now)


def _named(source: Source) -> set[str]:
    return {step["who"] for step in source["step"]}


def _without_letter_box(user: User) -> User:
    user.email = ""
    return user


def _load_past(row: Source, first_day: date, people: dict[str, User]) -> None:
    place = Place.objects.filter(key=row["place"]).first()
    if place is None:
        return
    day = first_day - timedelta(days=row["days"])
    session = Session.objects.create(title=row["title"], place=place, date=day, starts=BEGINS, ends=ENDS)
    SessionNeed.objects.create(session=session, role=Role.TYPIST, needed=3)
    for username, minutes in row["came"].items():
        if username in people:
            _note(session, people[username], minutes)


def _note(session: Session, user: User, minutes: int) -> None:
    helper = taking_part.add(session, user, Role.TYPIST, ends_at(session) - timedelta(days=3))
    if minutes >= 0:
        taking_part.note_minutes(helper, minutes, ends_at(session))


def _take(step: Source, session: Session, user: User, now: datetime) -> None:
    helper = taking_part.offer(session, user, step["role"], now)
    if step["does"] == "offered" or helper.is_confirmed:
        return
    taking_part.confirm(helper, now)
    if step["does"] == "asks":
        taking_part.ask_to_swap(helper, now)
