from typing import Any

from gandan.demo import Tell
from home.demo.rows import Row, fields, weekly_hours
from home.models import Official, Unit

UNIT_WORDS = ("name", "phone", "answer_by", "order")
OFFICIAL_WORDS = ("name", "title", "duties", "office_phone", "counter", "order")


def load_units(rows: list[Row], tell: Tell) -> None:
    for row in rows:
        values: Row = {**fields(row, UNIT_WORDS), "weekly_hours": weekly_hours(row["hours"])}
        _unit, created = Unit.objects.get_or_create(key=row["key"], defaults=values)
        if created:
            tell(row["name"])


def load_officials(rows: list[Row], units: list[Row], tell: Tell) -> None:
    """Deputies and heads come last, when everyone is there; only of those made now."""
    unit_of = Unit.objects.in_bulk(field_name="key")
    new: set[str] = set()
    for row in rows:
        values: dict[str, Any] = {**fields(row, OFFICIAL_WORDS), "unit": unit_of[row["unit"]]}
        _official, created = Official.objects.get_or_create(key=row["key"], defaults=values)
        if created:
            new.add(row["key"])
            tell(row["name"])
    by_key = Official.objects.in_bulk(field_name="key")
    for row in rows:
        if row["key"] in new and row.get("deputy"):
            Official.objects.filter(key=row["key"]).update(deputy=by_key[row["deputy"]])
    for unit in units:
        if unit["head"] in new:
            Unit.objects.filter(key=unit["key"], head=None).update(head=by_key[unit["head"]])
