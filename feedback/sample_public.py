"""Commitments and answers for everybody in the demo commune (feedback/demo/public.toml): only where there are none."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from feedback.commitments import keeping
from feedback.models import Commitment, PublishedAnswer, Topic
from gandan.demo import Tell
from gandan.text import slug
from gandan.worktime import VIETNAM
from home.models import CommuneSettings, Official, User

SOURCE = Path(__file__).parent / "demo" / "public.toml"
MEETING = "Đối thoại giữa lãnh đạo xã và nhân dân"


def load(first_day: date, tell: Tell) -> None:
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    commune = CommuneSettings.objects.select_related("leader").filter(site__is_default_site=True).first()
    writer, reader = (User.objects.filter(username=name).first() for name in ("dieuphoi", "lanhdao"))
    if commune is None or commune.leader is None or writer is None or reader is None:
        return
    promises = [] if Commitment.objects.exists() else source["commitment"]
    for row in promises:
        _commitment(row, commune.leader, writer, first_day)
    answers = [] if PublishedAnswer.objects.exists() else source["answer"]
    for row in answers:
        _answer(row, writer, reader, first_day)
    tell(f"{len(promises)} commitments, {len(answers)} answers for everybody")


def _morning(first_day: date, days: int) -> datetime:
    return datetime.combine(first_day + timedelta(days=days), time(9), VIETNAM)


def _commitment(row: dict[str, Any], leader: Official, user: User, first_day: date) -> None:
    def day(days: int) -> date:
        return first_day + timedelta(days=days)

    made = keeping.promise(
        user,
        leader,
        row["title"],
        MEETING,
        day(row["meeting_day"]),
        day(row["promised_day"]),
        _morning(first_day, row["meeting_day"]),
        row["text"],
        row["parts"],
    )
    for step in row.get("step", ()):
        keeping.progress(made, user, step["done"], step["words"], _morning(first_day, step["day"]))
    for step in row.get("change", ()):
        at = _morning(first_day, step["day"])
        keeping.change(made, user, day(step["promised_day"]), step["words"], at)
    for step in row.get("give_up", ()):
        keeping.give_up(made, user, step["words"], _morning(first_day, step["day"]))


def _answer(row: dict[str, Any], writer: User, reader: User, first_day: date) -> None:
    at = _morning(first_day, row["day"])
    PublishedAnswer.objects.create(
        key=slug(row["question"], 70),
        topic=Topic.objects.get(key=row["topic"]),
        question=row["question"],
        answer=row["answer"].strip(),
        written_by=writer,
        written_at=at,
        approved_by=reader,
        approved_at=at + timedelta(hours=2),
    )
