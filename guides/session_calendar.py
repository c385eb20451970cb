"""Help sessions as iCalendar (RFC 5545, published as RFC 5546 says): one file for the site, a hamlet or a session.

A session keeps its UID whatever happens to it; SEQUENCE rises with each change a resident would notice. Moments are
in UTC: Việt Nam has no summer time, so that spares the file a table of time zones. DTSTAMP is the moment a session was
last changed, so that the file stays the same byte for byte until something changes and phones that ask again get a
short answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from guides.coming import hamlet_key, sessions_from
from guides.session_facts import SessionFacts, session_facts, session_url
from guides.session_words import moved_in_words, was_in_words

# A calendar keeps what just passed, so that a cancelled evening does not look forgotten.
KEPT = timedelta(days=30)
ASK_AGAIN = timedelta(hours=6)
CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"}


@dataclass(frozen=True)
class Organiser:
    name: str
    email: str

    def address(self) -> vCalAddress:
        """Mail, else the site: a published event must name its organiser."""
        address = vCalAddress(f"mailto:{self.email}" if self.email else settings.BASE_URL)
        address.params["CN"] = self.name
        return address


def calendar_of_hamlet(organiser: Organiser, hamlet: str, now: datetime) -> bytes:
    """Every session when `hamlet` is empty; a hamlet nobody knows has an empty calendar."""
    sessions = [
        session
        for session in sessions_from(localtime(now - KEPT).date())
        if not hamlet or hamlet_key(session) == hamlet
    ]
    name = sessions[0].hamlet.local_name if hamlet and sessions else ""
    return _written(sessions, organiser, name)


def calendar_of_session(organiser: Organiser, session: Any) -> bytes:
    """The session alone, with the one that stands in for it."""
    instead = getattr(session, "replacement", None)
    return _written([session, instead] if instead else [session], organiser, session.title)


def _written(sessions: Iterable[Any], organiser: Organiser, part: str) -> bytes:
    name = " – ".join(filter(None, [_("Help sessions"), part, organiser.name]))
    calendar = Calendar()
    calendar.add("prodid", "-//Gan Dan//Help sessions//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _clean(name))
    calendar.add("x-wr-calname", _clean(name))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for session in sessions:
        calendar.add_component(_event(session, organiser))
    return bytes(calendar.to_ical())


def _event(session: Any, organiser: Organiser) -> Event:
    facts, event = session_facts(session), Event()
    event.add("uid", uid(session.pk))
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.changed_at.astimezone(UTC))
    event.add("last-modified", session.changed_at.astimezone(UTC))
    event.add("dtstart", facts.starts.astimezone(UTC))
    event.add("dtend", facts.ends.astimezone(UTC))
    event.add("summary", _clean(_summary(session, facts)))
    event.add("location", _clean(", ".join(filter(None, [facts.place, facts.address]))))
    event.add("description", _clean("\n".join(_description(session, facts))))
    event.add("categories", [_clean(facts.kind)])
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("url", facts.url)
    event["organizer"] = organiser.address()
    _relate(event, session)
    return event


def _relate(event: Event, session: Any) -> None:
    """A session moved by cancelling it: the two are siblings."""
    instead = getattr(session, "replacement", None)
    for other in (session.replaces_id, instead.pk if instead else None):
        if other:
            event.add("related-to", uid(other), parameters={"RELTYPE": "SIBLING"})


def uid(number: int) -> str:
    return f"buoi-{number}@{urlsplit(settings.BASE_URL).hostname}"


def _summary(session: Any, facts: SessionFacts) -> str:
    """Not every phone shows the status, so a cancelled one says it in its name."""
    return _("Cancelled: %(title)s") % {"title": facts.name} if session.is_cancelled else facts.name


def _description(session: Any, facts: SessionFacts) -> Iterable[str]:
    was, moved = was_in_words(session), strip_tags(moved_in_words(session))
    lines = [
        facts.reason,
        moved,
        _("Before: %(before)s") % {"before": was} if was else "",
        facts.audience,
        session.equipment,
        session_url(session.pk),
    ]
    return filter(None, lines)


def _clean(text: str) -> str:
    """Control characters have no place in a calendar, not even escaped."""
    return text.translate(CONTROL)
