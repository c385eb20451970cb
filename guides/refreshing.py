"""Sheets copy names, phones and hours of what they name; when one of those is saved, the guides that name it follow."""

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from guides.models import LegalDocument, ProcedurePage
from guides.sheet import refresh_sheets
from home.models import Official, Place, PlaceCounter, Unit


def guides_naming(thing: Any) -> Any:
    """The guides whose sheet shows something of a unit, official, place or legal document."""
    if isinstance(thing, Unit):
        named = Q(unit=thing) | Q(official__unit=thing) | Q(checked_by__unit=thing)
    elif isinstance(thing, Official):
        named = Q(official=thing) | Q(checked_by=thing)
    elif isinstance(thing, Place):
        named = Q(places=thing)
    else:
        named = Q(legal_basis__document=thing) | Q(legal_basis__document__replaced_by=thing)
    return ProcedurePage.objects.filter(named).distinct()


def _refresh(sender: type, instance: Any, created: bool = False, raw: bool = False, **_more: Any) -> None:
    if not created and not raw:
        refresh_sheets(guides_naming(instance))


def _refresh_counter(sender: type, instance: PlaceCounter, raw: bool = False, **_more: Any) -> None:
    if not raw:
        refresh_sheets(guides_naming(instance.place))


def watch() -> None:
    for signal in (post_save, post_delete):  # counters are saved after the place they belong to
        signal.connect(_refresh_counter, sender=PlaceCounter, dispatch_uid="sheets follow counters")
    for model in (Unit, Official, Place, LegalDocument):
        post_save.connect(_refresh, sender=model, dispatch_uid=f"sheets follow {model.__name__}")
