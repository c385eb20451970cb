"""Needs begin with a session and places end with an account, whoever made the one or deleted the other.

A new session of a series asks for the helpers its series asks for, unless it was made with roles of its own; one that
stands in for a cancelled session asks for what that one did.
"""

from typing import Any

from django.db.models import F
from django.db.models.signals import post_delete, post_save

from guides.models import Helper, SeriesNeed, Session, SessionNeed


def watch() -> None:
    post_save.connect(_begin_with_needs, sender=Session, dispatch_uid="session_begins_with_needs")
    post_delete.connect(_free_place, sender=Helper, dispatch_uid="helper_deleted")


def _begin_with_needs(instance: Session, created: bool, raw: bool, **kwargs: Any) -> None:
    if not created or raw or _has_own_roles(instance):
        return
    replaced = getattr(instance, "replaces_id", None)
    asked: list[Any] = list(SessionNeed.objects.filter(session=replaced)) if replaced else []
    if not asked and instance.series_id:
        asked = list(SeriesNeed.objects.filter(series=instance.series_id))
    SessionNeed.objects.bulk_create(
        SessionNeed(session=instance, role=need.role, needed=need.needed, is_direct=need.is_direct)
        for need in asked
    )


def _has_own_roles(session: Session) -> bool:
    """Set in the form it is made with, and saved right after it."""
    return bool(getattr(session, "_cluster_related_objects", {}).get("roles"))


def _free_place(instance: Helper, **kwargs: Any) -> None:
    if instance.is_confirmed:
        places = SessionNeed.objects.filter(session=instance.session_id, role=instance.role, taken__gt=0)
        places.update(taken=F("taken") - 1)
