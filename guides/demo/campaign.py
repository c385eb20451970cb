"""The campaign of the demo commune with the sessions it has held, all from campaign.toml; made once and never changed."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from gandan.demo import Tell
from gandan.worktime import VIETNAM
from guides.demo.sources import FOLDER, Source, read
from guides.models import Campaign, Inspection, Session, Tally
from guides.tally_entry import Entry
from guides.tallying import record
from guides.typical import refresh_typical
from home.models import Official, Place

STARTS, ENDS = time(19), time(21)
SAME = ("slug", "title", "title_en", "title_ar", "intro", "intro_en", "intro_ar", "target", "of", "partners")


def load_campaign(first_day: date, tell: Tell) -> None:
    source = read(FOLDER / "campaign.toml")
    row = source["campaign"]
    if Campaign.objects.filter(slug=row["slug"]).exists():
        return
    campaign = Campaign.objects.create(
        first_day=first_day + timedelta(days=row["offset_from"]),
        last_day=first_day + timedelta(days=row["offset_until"]),
        **{name: row[name] for name in SAME},
    )
    for each in source["inspection"]:
        _inspection(campaign, each, first_day)
    held = [_session(each, first_day) for each in source["session"]]
    refresh_typical(datetime.combine(first_day, STARTS, VIETNAM))
    tell(f"a campaign with {sum(held)} counts (samples) at {len(held)} sessions")


def _inspection(campaign: Campaign, row: Source, first_day: date) -> None:
    Inspection.objects.create(
        campaign=campaign,
        date=first_day + timedelta(days=row["offset"]),
        official=Official.objects.filter(key=row["official"]).first(),
        seen=row["seen"],
        is_public=row["is_public"],
    )


def _session(row: Source, first_day: date) -> int:
    """How often somebody was helped at it."""
    place = Place.objects.filter(key=row["place"]).first()
    if place is None:
        return 0
    day = first_day + timedelta(days=row["offset"])
    session = Session.objects.create(title=row["title"], place=place, date=day, starts=STARTS, ends=ENDS)
    at = datetime.combine(day, STARTS, VIETNAM)
    entries = [entry for line in row["counts"] for entry in _entries(session, line, at)]
    record(session, entries, None, Tally.Source.WEB, at)
    return len(entries)


def _entries(session: Session, line: list[Any], at: datetime) -> list[Entry]:
    """Minutes spread around the usual ones, so that the sample does not look like a machine's."""
    subject, outcome, obstacle, often, minutes, code = line
    return [
        Entry(
            uuid=uuid5(NAMESPACE_URL, f"gan-dan:demo:{session.pk}:{subject}:{outcome}:{number}"),
            subject=subject,
            outcome=outcome,
            obstacle=obstacle,
            minutes=minutes + (-5, 0, 5)[number % 3] if minutes else None,
            guide_code=code,
            recorded_at=at,
        )
        for number in range(often)
    ]
