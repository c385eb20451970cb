from gandan.demo import Tell
from home.demo.rows import Row, fields, picture, weekly_hours
from home.models import Area, Place, PlaceCounter, Unit

AREA_WORDS = ("name", "kind", "former_unit", "order")
PLACE_WORDS = ("name", "kind", "address", "phone", "facilities", "equipment", "order", "photo_alt")


def load_areas(rows: list[Row], tell: Tell) -> None:
    for row in rows:
        values = {**fields(row, AREA_WORDS), "aliases": "\n".join(row.get("aliases", []))}
        _area, created = Area.objects.get_or_create(key=row["key"], defaults=values)
        if created:
            tell(row["name"])


def load_places(rows: list[Row], tell: Tell) -> None:
    existing = set(Place.objects.values_list("key", flat=True))
    areas = Area.objects.in_bulk(field_name="key")
    for row in rows:
        if row["key"] in existing:
            continue
        place = Place(
            key=row["key"],
            area=areas.get(row.get("area", "")),
            weekly_hours=weekly_hours(row["hours"]),
            photo=picture(row.get("picture", ""), row.get("picture", "")),
            photo_alt=row.get("picture_alt", ""),
            **fields(row, PLACE_WORDS),
        )
        place.counters = [_counter(counter) for counter in row.get("counter", [])]
        place.save()
        tell(row["name"])


def _counter(row: Row) -> PlaceCounter:
    return PlaceCounter(
        unit=Unit.objects.filter(key=row.get("unit")).first(),
        weekly_hours=weekly_hours(row["hours"]),
        **fields(row, ("name", "phone")),
    )
