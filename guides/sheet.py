"""The sheet: what a guide shows, gathered from its rows into one structure when the guide is saved.

Pages, listing rows, search results, print and the calculator read the sheet, so that a guide costs no query a
row and every one of them says the same. Names of units, officials, places and documents are copied into it;
`refresh_sheets` copies them again when one of those changes.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from guides.models import ProcedurePage


def build_sheet(page: "ProcedurePage") -> dict[str, Any]:
    return {
        "where": {
            "counter": page.counter,
            "note": page.where_note,
            "hours": counter_hours(page),
            "places": [_worded(place, "name", key=place.key) for place in page.places.all()],
        },
        "unit": _unit(page.unit) if page.unit else None,
        "official": _official(page.official) if page.official else None,
        "checker": _official(page.checked_by) if page.checked_by else None,
        "online": {"level": page.online_level, "note": page.online_note, "url": page.online_url},
        "bring": {"text": page.bring, "note": page.bring_note, "no_papers": page.no_papers},
        "situations": _rows(page.situations, "key", "label", "note", "icon"),
        "channels": _rows(page.channels, "method", "note"),
        "terms": [_term(row) for row in page.terms.all()],
        "papers": [_paper(row) for row in page.papers.all()],
        "steps": _rows(page.steps, "channel", "situation", "text"),
        "rejections": _rows(page.rejections, "reason", "how_to_avoid"),
        "law": [_law(row) for row in page.legal_basis.all()],
        "typical": _typical(page.code),
    }


def refresh_sheets(pages: Iterable["ProcedurePage"]) -> int:
    """Rebuild the sheets of guides that name something that changed; returns how many differed."""
    changed = 0
    for page in pages:
        sheet = build_sheet(page)
        if sheet != page.sheet:
            type(page).objects.filter(pk=page.pk).update(sheet=sheet)
            changed += 1
    return changed


def counter_hours(page: "ProcedurePage") -> dict[str, str]:
    """The own hours of the guide's counter at one of its places; {} when it has none and the unit's hours hold."""
    if not page.counter:
        return {}
    for place in page.places.all():
        for counter in place.counters.all():
            if _is_named(counter, page.counter) and counter.weekly_hours:
                return dict(counter.weekly_hours)
    return {}


def _is_named(counter: Any, name: str) -> bool:
    """A counter is called "Quầy 2: khai sinh, kết hôn" at its place and "Quầy 2" on a guide."""
    return any(
        known == name or known.startswith(f"{name}:")
        for known in (counter.name, counter.name_en, counter.name_ar)
    )


def _rows(rows: Any, *fields: str) -> list[dict[str, Any]]:
    return [{field: getattr(row, field) for field in fields} for row in rows.all()]


def _worded(obj: models.Model, field: str, **more: Any) -> dict[str, Any]:
    names = {name: getattr(obj, name) for name in (field, f"{field}_en", f"{field}_ar")}
    return {**names, **more}


def _unit(unit: Any) -> dict[str, Any]:
    return _worded(unit, "name", key=unit.key, phone=unit.phone, hours=unit.weekly_hours)


def _official(official: Any) -> dict[str, Any]:
    return _worded(
        official,
        "title",
        key=official.key,
        name=official.name,
        phone=official.office_phone,
        counter=official.counter,
        hours=official.unit.weekly_hours,
    )


def _typical(code: str) -> dict[str, Any] | None:
    """What sessions counted for this procedure (`guides.typical`)."""
    if not code:
        return None
    known = apps.get_model("guides", "TypicalMinutes").objects.filter(code=code).first()
    return {"minutes": known.minutes, "count": known.count} if known else None


def _iso(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


def _term(row: Any) -> dict[str, Any]:
    return {
        "channel": row.channel,
        "situation": row.situation,
        "time": {
            "value": row.time_value,
            "unit": row.time_unit,
            "cut_off": _iso(row.cut_off)[:5],
            "note": row.time_note,
        },
        "fee": {
            "state": row.fee_state,
            "amount": row.fee_amount,
            "note": row.fee_note,
            "exemptions": row.exemptions,
        },
    }


def _paper(row: Any) -> dict[str, Any]:
    form = row.form_file
    return {
        "name": row.name,
        "kind": row.kind,
        "originals": row.originals,
        "copies": row.copies,
        "only_if": row.only_if,
        "note": row.note,
        "situations": row.situation_keys,
        "ways": list(row.ways),
        "form": {"title": form.title, "url": form.url, "size": form.file_size or 0} if form else None,
    }


def _law(row: Any) -> dict[str, Any]:
    document = row.document
    return {
        "name": str(document),
        "number": document.number,
        "title": document.title,
        "url": document.url,
        "note": row.note,
        "in_force_from": _iso(document.in_force_from),
        "in_force_to": _iso(document.in_force_to),
        "replaced_by": document.replaced_by.number if document.replaced_by else "",
    }
