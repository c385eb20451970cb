"""The page for counting: subject × outcome, one tap each. Without scripts every tap is a form; with them the device
counts at once and sends when it can (`static/js/tally.js`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from guides.counting.doors import for_session
from guides.helping.access import may_tally
from guides.models import ProcedurePage, Session, Tally
from guides.models.choices import AgeBand, Obstacle, Outcome, Subject
from guides.tally_entry import Entry, Refused, read_entry, read_uuid
from guides.tallying import KNOWN, closed_because, record, undo, undoable
from home.models import User

MOST_GUIDES = 60  # in the list to choose from
EXTRAS = ("minutes", "age", "guide")
SHORT = {  # on buttons three of which stand beside each other
    Outcome.DONE: gettext_lazy("Done"),
    Outcome.PARTLY: pgettext_lazy("button", "Partly"),
    Outcome.NOT_SOLVED: pgettext_lazy("button", "Not yet"),
}
TOLD = {
    "da-dem": gettext_lazy("Counted."),
    "da-co": gettext_lazy("This had been counted already; nothing was added."),
    "da-bo": gettext_lazy("Taken back."),
    "qua-muon": gettext_lazy("Too late to take it back here: tell the coordinator."),
}


@dataclass(frozen=True)
class Asked:
    """What was tapped and is not counted yet: the reason is missing, or something cannot be read."""

    subject: str = ""
    outcome: str = ""
    problem: str = ""

    @property
    def cell(self) -> str:
        return f"{self.subject}:{self.outcome}"

    @property
    def wants_reason(self) -> bool:
        return self.subject in Subject.values and self.outcome in (Outcome.PARTLY, Outcome.NOT_SOLVED)

    @property
    def in_words(self) -> str:
        return f"{Subject(self.subject).label}: {Outcome(self.outcome).label}" if self.wants_reason else ""


@require_http_methods(["GET", "HEAD", "POST"])
@for_session(may_tally)
def counting(request: HttpRequest, session: Session) -> HttpResponse:
    now = timezone.now()
    closed = closed_because(session, timezone.localdate(now))
    if request.method != "POST" or closed:
        return _show(request, session, now, closed=closed)
    if "undo" in request.POST:
        return _undo(request, session, now)
    return _count(request, session, now)


@require_safe
@for_session(may_tally)
def shell(request: HttpRequest, session: Session) -> HttpResponse:
    """What the device keeps to open without a signal: the buttons, and nothing of anybody."""
    context = {**_frame(session), "is_shell": True, "asked": Asked()}
    return render(request, "guides/counting/counting.html", context)


def owner_key(user: Any) -> str:
    """Tells the devices' queues of two people apart without saying who they are."""
    return salted_hmac("guides.counting", str(user.pk), algorithm="sha256").hexdigest()[:16]


def counted(session: Session) -> int:
    return Tally.objects.counted().filter(session=session).count()


def _count(request: HttpRequest, session: Session, now: datetime) -> HttpResponse:
    subject, _colon, outcome = (request.POST.get("count") or request.POST.get("cell") or "").partition(":")
    asked = Asked(subject, outcome)
    if asked.wants_reason and "why" not in request.POST:
        return _show(request, session, now, asked=asked)
    try:
        entry = _entry(request.POST, asked)
    except Refused as problem:
        return _show(request, session, now, asked=replace(asked, problem=str(problem)))
    states = record(session, [entry], _user(request), Tally.Source.WEB, now)
    return _back(session, "da-co" if states[entry.uuid] == KNOWN else "da-dem")


def _entry(post: Mapping[str, str], asked: Asked) -> Entry:
    """Raises `Refused`. A page sent twice is the same count; one gone back to and tapped elsewhere is another."""
    raw = {name: post.get(name, "") for name in EXTRAS}
    raw |= {"subject": asked.subject, "outcome": asked.outcome, "obstacle": post.get("why", "")}
    entry = read_entry({**raw, "uuid": post.get("nonce", "")})
    return replace(entry, uuid=uuid5(entry.uuid, ":".join(raw[name] for name in sorted(raw))))


def _undo(request: HttpRequest, session: Session, now: datetime) -> HttpResponse:
    try:
        is_undone = undo(session, read_uuid(request.POST["undo"]), _user(request), now)
    except Refused:
        is_undone = False
    return _back(session, "da-bo" if is_undone else "qua-muon")


def _back(session: Session, told: str) -> HttpResponse:
    address = f"{reverse('counting:page', args=[session.pk])}?{told}"
    return HttpResponseRedirect(address, status=303)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # `for_session` let nobody else in
    return request.user


def _show(
    request: HttpRequest, session: Session, now: datetime, closed: str = "", asked: Asked | None = None
) -> HttpResponse:
    told = next((str(words) for key, words in TOLD.items() if key in request.GET), "")
    typed = request.POST if asked else {}
    context = {
        **_frame(session),
        "closed": closed,
        "asked": asked or Asked(),
        "told": "" if asked else told,
        "typed": {name: typed.get(name, "") for name in EXTRAS},
        "counted": counted(session),
        "undoable": undoable(session, _user(request), now),
        "nonce": _nonce(typed.get("nonce", "")),
        "owner": owner_key(request.user),
    }
    return render(request, "guides/counting/counting.html", context)


def _nonce(sent: str) -> UUID:
    """The one that was sent, while its count is still to be made."""
    try:
        return read_uuid(sent)
    except Refused:
        return uuid4()


def _frame(session: Session) -> dict[str, Any]:
    return {
        "session": session,
        "rows": [
            {"key": subject, "label": label, "buttons": list(SHORT.items())}
            for subject, label in Subject.choices
        ],
        "reasons": Obstacle.choices,
        "ages": AgeBand.choices,
        "guides": _guides(),
        "most_minutes_problem": _("Minutes are a number from 1 to %(most)d.") % {"most": 240},
    }


def _guides() -> list[tuple[str, str]]:
    """Code and title of the guides people most likely come with."""
    guides = ProcedurePage.objects.filter(live=True, locale__language_code="vi").exclude(code="")
    most_used = guides.order_by("-priority", "-useful_count", "title")[:MOST_GUIDES]
    return sorted(most_used.values_list("code", "title"), key=lambda guide: guide[1])
