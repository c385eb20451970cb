"""Topics, routing rules and reply templates of the demo commune (feedback/demo/); what exists is never changed."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from feedback.models import ReplyTemplate, RoutingRule, Topic
from gandan.demo import Tell
from home.models import Area, Official, Unit

DEMO = Path(__file__).parent / "demo"
SOURCE = DEMO / "topics.toml"
REPLIES = DEMO / "replies.toml"
COPIED = (
    "name",
    "name_en",
    "name_ar",
    "hint",
    "hint_en",
    "hint_ar",
    "kinds",
    "working_days",
    "legal_basis",
    "allows_anonymous",
    "order",
)


def load(first_day: date, tell: Tell) -> None:
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    made = sum(_topic(row) for row in source["topic"])
    has_rules = RoutingRule.objects.exists()
    rules = [] if has_rules else [_rule(row) for row in source["rule"]]
    RoutingRule.objects.bulk_create(rules)
    replies = _replies()
    tell(f"{made} topics, {len(rules)} routing rules, {replies} reply templates")


def _topic(row: dict[str, Any]) -> bool:
    values = {name: row[name] for name in COPIED}
    values["legal_checked_on"] = row.get("legal_source_date") or None
    values["unit"] = Unit.objects.get(key=row["unit"])
    _topic, created = Topic.objects.get_or_create(key=row["key"], defaults=values)
    return created


def _replies() -> int:
    """None where there are any already."""
    if ReplyTemplate.objects.exists():
        return 0
    rows = tomllib.loads(REPLIES.read_text(encoding="utf-8"))["reply"]
    topics = {topic.key: topic for topic in Topic.objects.all()}
    made = [
        ReplyTemplate(
            title=row["title"],
            step=row["step"],
            topic=topics[row["topic"]] if row.get("topic") else None,
            text=row["text"].strip(),
            order=number,
        )
        for number, row in enumerate(rows, start=1)
    ]
    for reply in made:
        reply.full_clean()
    return len(ReplyTemplate.objects.bulk_create(made))


def _rule(row: dict[str, Any]) -> RoutingRule:
    """A misspelt key raises DoesNotExist: better no demo than a rule that fits everything."""
    return RoutingRule(
        order=row["order"],
        topic=Topic.objects.get(key=row["topic"]) if row["topic"] else None,
        area=Area.objects.get(key=row["area"]) if row["area"] else None,
        kind=row["kind"],
        unit=Unit.objects.get(key=row["unit"]),
        official=Official.objects.get(key=row["official"]) if row["official"] else None,
        note=row["note"],
    )
