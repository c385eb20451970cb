"""The rooms somebody has, as tabs above each of them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from guides.helping.access import AnyUser, may_oversee


def tabs(user: AnyUser | Any, current: str) -> list[dict[str, Any]]:
    rooms = [("helping:room", _("My sessions")), ("helping:hours", _("My hours"))]
    if may_oversee(user):
        rooms += [("helping:board", _("Coordination")), ("helping:everyone", _("Hours of all"))]
        rooms += [("counting:week", _("The week"))]
    return [
        {"title": title, "url": reverse(name), "count": None, "current": name == f"helping:{current}"}
        for name, title in rooms
    ]
