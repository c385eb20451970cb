"""Info pages, officials and places in search."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from gandan.search import Hit, Record, name_values, page_path, register
from home.models import Area, InfoPage, Official, Place


def wording(field: str) -> dict[str, str]:
    return {name: name for name in (field, f"{field}_en", f"{field}_ar")}


def local(record: Record, field: str, language: str) -> str:
    return record.get(f"{field}_{language}") or record[field]


def officials_in_office(now: datetime) -> QuerySet[Any]:
    return Official.objects.active(localdate(now))


def official_hit(record: Record, language: str) -> Hit:
    duties = local(record, "duties", language)
    return Hit(
        title=record["name"],
        url=_anchor("home:officials", record["key"], language),
        summary=". ".join(filter(None, [local(record, "title", language), duties])),
        phone=record["phone"],
    )


def place_hit(record: Record, language: str) -> Hit:
    return Hit(
        title=local(record, "name", language),
        url=_anchor("home:places", record["key"], language),
        summary=local(record, "address", language),
        phone=record["phone"],
    )


def area_hit(record: Record, language: str) -> Hit:
    former = record["former_unit"]
    return Hit(
        title=local(record, "name", language),
        url=_anchor("home:places", f"area-{record['key']}", language),
        note=_("formerly part of %(commune)s") % {"commune": former} if former else "",
        summary=", ".join(record["aliases"].splitlines()),
    )


def info_hit(record: Record, language: str) -> Hit:
    return Hit(
        title=record["title"],
        url=page_path(record["url_path"], record["language"]),
        summary=record["summary"],
        language=record["language"],
    )


def _anchor(view: str, key: str, language: str) -> str:
    with override(language):
        return f"{reverse(view)}#{key}"


register(
    "official",
    Official,
    queryset=officials_in_office,
    to_hit=official_hit,
    columns={"key": "key", "name": "name", "phone": "office_phone", **wording("title"), **wording("duties")},
    bonus=2.0,  # a name and a duty together mean the person, though guides name the duty in their titles
)
register(
    "place",
    Place,
    queryset=lambda now: Place.objects.all(),
    to_hit=place_hit,
    columns={"key": "key", "phone": "phone", **wording("name"), **wording("address")},
    facets={"area": "area__key"},
)
register(
    "place",
    Area,
    queryset=lambda now: Area.objects.all(),
    to_hit=area_hit,
    columns={name: name for name in ("key", "former_unit", "aliases")} | wording("name"),
    facets={"area": "key"},
)
register(
    "page",
    InfoPage,
    queryset=lambda now: InfoPage.objects.all(),
    to_hit=info_hit,
    columns={"summary": "summary"},
    priority="priority",
)
name_values("area", lambda: {area.key: area.local_name for area in Area.objects.all()})
