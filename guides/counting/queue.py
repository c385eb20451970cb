"""Where a device sends what it counted. Each count is answered by its uuid; what is refused says why, and stays there.

The queue belongs to whoever counted: `owner` names the account, and a device on which somebody else has signed in
meanwhile is told so instead of counting in the other's name.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guides.counting.doors import found_session
from guides.counting.page import counted, owner_key
from guides.helping.access import may_tally
from guides.helping.door import never_kept
from guides.models import Session, Tally
from guides.tally_entry import Entry, Refused, read_entry
from guides.tallying import REFUSED, closed_because, record
from home.models import User

MOST = 200  # counts in one parcel
SHOWN = 40  # characters of a uuid that is none


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    if not isinstance(request.user, User) or not request.user.is_active:
        return _problem("signed-out", _("Your sign-in has ended."), 401)
    session = found_session(pk)
    if not may_tally(request.user, session):
        return _problem("not-yours", _("You are not confirmed as a helper of this session."), 403)
    if request.method != "POST":
        return _answer(request, session)
    return _receive(request, request.user, session)


def _receive(request: HttpRequest, user: User, session: Session) -> HttpResponse:
    try:
        sent = json.loads(request.body)
        owner, raws = sent["owner"], sent["entries"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return _problem("unreadable", _("This could not be read."), 400)
    if owner != owner_key(user):
        return _problem("another", _("Somebody else has signed in on this device."), 409)
    if not isinstance(raws, list) or len(raws) > MOST:
        return _problem("too-many", _("At most %(most)d counts at once.") % {"most": MOST}, 400)
    return _answer(request, session, _counted_one_by_one(session, raws, user))


def _counted_one_by_one(session: Session, raws: list[Any], user: User) -> list[dict[str, str]]:
    now = timezone.now()
    closed = closed_because(session, timezone.localdate(now))
    read: list[Entry] = []
    results: list[dict[str, str]] = []
    for raw in raws:
        try:
            entry = read_entry(raw)
        except Refused as problem:
            results.append(_refused(raw, str(problem)))
            continue
        if closed and not entry.is_undone:
            results.append(_refused(raw, closed))
        else:
            read.append(entry)
    states = record(session, read, user, Tally.Source.DEVICE, now)
    return results + [{"uuid": str(uuid), "state": state} for uuid, state in states.items()]


def _refused(raw: Any, reason: str) -> dict[str, str]:
    uuid = raw.get("uuid") if isinstance(raw, dict) else ""
    return {"uuid": str(uuid)[:SHOWN], "state": REFUSED, "reason": reason}


def _answer(
    request: HttpRequest, session: Session, results: list[dict[str, str]] | None = None
) -> HttpResponse:
    return never_kept(
        JsonResponse(
            {
                "results": results or [],
                "counted": counted(session),
                "owner": owner_key(request.user),
                "csrf": get_token(request),
            }
        )
    )


def _problem(name: str, sentence: str, status: int) -> HttpResponse:
    return never_kept(JsonResponse({"problem": name, "reason": sentence}, status=status))
