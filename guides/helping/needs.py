"""How many people a session still needs, by role."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from guides.models.choices import Role

Missing = list[tuple[str, int]]


def still_needed(sessions: Iterable[Any]) -> dict[int, Missing]:
    """By session: (role in words, people still needed), in the order of the roles; one statement for all of them.

    Sessions that need nobody, and those that were cancelled, are left out.
    """
    asked = [session.pk for session in sessions if not session.is_cancelled]
    needs = apps.get_model("guides", "SessionNeed").objects.filter(session__in=asked, taken__lt=F("needed"))
    rows = sorted(needs, key=lambda need: Role.values.index(need.role))
    found: dict[int, Missing] = defaultdict(list)
    for need in rows:
        found[need.session_id].append((need.get_role_display(), need.missing))
    return dict(found)


def missing_in_words(missing: Missing, note: str) -> str:
    """ "Still needed: greeter 1, helps with typing 2"; with the editor's own words behind. Empty when nothing is."""
    rows = ", ".join(f"{role} {number}" for role, number in missing)
    counted = _("Still needed: %(roles)s") % {"roles": rows} if rows else ""
    return ". ".join(filter(None, [counted, note]))


@transaction.atomic
def change_series_needs(session: Any, numbers: Mapping[str, int]) -> None:
    """For the session, those of its series that come after it, and those yet to be planned."""
    for later in session.series.sessions.filter(date__gte=session.date, is_cancelled=False):
        change_needs(later, numbers)
    asked = apps.get_model("guides", "SeriesNeed").objects.filter(series=session.series)
    asked.exclude(role__in=[role for role, number in numbers.items() if number]).delete()
    for role, number in numbers.items():
        if number:
            asked.update_or_create(series=session.series, role=role, defaults={"needed": number})


@transaction.atomic
def change_needs(session: Any, numbers: Mapping[str, int]) -> None:
    """`numbers` by role; a role at nought goes unless somebody is confirmed for it meanwhile."""
    rows = apps.get_model("guides", "SessionNeed").objects
    for role, number in numbers.items():
        if not number:
            rows.filter(session=session, role=role, taken=0).delete()
            continue
        need, is_new = rows.get_or_create(session=session, role=role, defaults={"needed": number})
        if not is_new and need.needed != number:
            need.needed = number
            need.save()
