"""The printed pack of a session: everything helpers carry there, in one go, black on white.

Door sign, QR sheet, plan, greeter's card, tally sheet, a hand-out of each lesson, notes for the trainer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from gandan.qr import qr_svg
from guides.coming import JOINED
from guides.evening_plan import HELPING, LESSON, SETTING_UP, TALLYING, TIDYING, WELCOMING, Plan, plan_evening
from guides.models import ProcedurePage, Session, TutorialPage
from guides.models.choices import AgeBand, Obstacle, Outcome, Role, Subject
from guides.on_paper import origin
from guides.session_facts import session_path, session_url
from guides.session_words import foreign, leader_in_words, month_in_words, span
from home.hours import read_clock
from home.models import Area
from home.shortlinks import short_urls
from home.translated import for_readers, language_of

CARDS_ON_A_SIDE = 8
LONG_TITLE = 45  # characters that stand in two lines of the door sign
BOXES = range(20)
IN_CLASS = {Session.Kind.EVENING, Session.Kind.SCHOOL}


@dataclass(frozen=True)
class QrCard:
    title: str
    qr: SafeString
    address: SafeString


@dataclass(frozen=True)
class HandOut:
    lesson: Any
    cards: list[Any]
    checks: list[Any]
    code: QrCard
    origin: list[str]
    language: str


def pack_context(number: int, today: date) -> dict[str, Any] | None:
    """None when there is no such session. The number of statements does not grow with lessons and guides."""
    session = Session.objects.select_related(*JOINED, "leader").filter(pk=number).first()
    if session is None:
        return None
    lessons = lessons_of(session)
    guides = _guides(lessons, CARDS_ON_A_SIDE - min(len(lessons), CARDS_ON_A_SIDE // 2))
    codes = _codes([*lessons, *guides])
    return {
        "session": session,
        "session_path": session_path(session.pk),
        "language": foreign(),
        "printed": today,
        "sign": _sign(session),
        "codes": [codes[page.pk] for page in [*lessons, *guides]][:CARDS_ON_A_SIDE],
        "hand_outs": [_hand_out(lesson, codes[lesson.pk]) for lesson in lessons],
        "plan": _plan_in_words(_plan(session, lessons)),
        "roles": [str(role.label) for role in Role],
        "hamlets": [area.local_name for area in Area.objects.all()],
        **_tally_words(),
    }


def lessons_of(session: Session) -> list[Any]:
    """In the reader's language where they are translated, with their cards and questions."""
    chosen = TutorialPage.objects.filter(sessions=session).values("translation_key")
    found = for_readers(TutorialPage.objects.filter(translation_key__in=chosen))
    return list(found.order_by("level", "title").prefetch_related("cards", "checks"))


def _guides(lessons: Sequence[Any], most: int) -> list[ProcedurePage]:
    """Those the lessons are about, then those used most."""
    pages = for_readers(ProcedurePage.objects.all()).order_by("-priority", "-useful_count", "title")
    related = list(pages.filter(lessons__in=lessons).distinct()[:most])
    known = {page.pk for page in related}
    return [*related, *(page for page in pages[:most] if page.pk not in known)][:most]


def _codes(pages: Sequence[Any]) -> dict[int, QrCard]:
    addresses = short_urls(pages)
    return {page.pk: _card(page.title, addresses[page.pk]) for page in pages}


def _card(title: str, address: str) -> QrCard:
    qr = qr_svg(address, _("QR code of “%(title)s”") % {"title": title})
    host, _slash, path = address.split("://", 1)[1].partition("/")
    return QrCard(title, qr, format_html("{}/<wbr>{}", host, path))


def _hand_out(lesson: Any, code: QrCard) -> HandOut:
    cards, checks = list(lesson.cards.all()), list(lesson.checks.all())
    return HandOut(lesson, cards, checks, code, origin(lesson), language_of(lesson))


def _sign(session: Session) -> dict[str, Any]:
    day = session.date
    return {
        "weekday": capfirst(date_format(day, "l")),
        "day": day.day,
        "month": month_in_words(day),
        "hours": span(session.starts, session.ends),
        "is_long": len(session.title) > LONG_TITLE,
        "leader": leader_in_words(session),
        "code": _card(session.title, session_url(session.pk)),
    }


def _plan(session: Session, lessons: Sequence[Any]) -> Plan:
    """At the counter and from door to door nobody is taught together."""
    taught = [(lesson.title, lesson.minutes) for lesson in lessons] if session.kind in IN_CLASS else []
    return plan_evening(session.starts, session.ends, taught)


def _plan_in_words(plan: Plan) -> dict[str, Any]:
    words = {
        SETTING_UP: _(
            "Set up: light, tables, Wi-Fi, sockets. Hang up the door sign and the QR sheet. Try one phone."
        ),
        WELCOMING: _("Open the door. Ask the three questions, show everybody to a seat."),
        LESSON: _("Lesson together: {title}. One helper shows, the others sit beside those who fall behind."),
        HELPING: _("Help one by one. Whoever is stuck goes to the desk for those who are stuck."),
        TALLYING: _("Complete the tally. Write down unanswered questions. Say when the next session is."),
        TIDYING: _("Tidy up. Count glasses and chargers. Take down the signs, switch off, lock up."),
    }
    slots = [
        {
            "time": f"{read_clock(slot.starts)}–{read_clock(slot.ends)}",
            "what": format_html(words[slot.what], title=slot.title),
            "roles": slot.roles,
        }
        for slot in plan.slots
    ]
    return {"slots": slots, "no_room": plan.no_room}


def _tally_words() -> dict[str, Any]:
    def labels(choices: Any) -> list[str]:
        return [str(choice.label) for choice in choices]

    return {
        "subjects": labels(Subject),
        "outcomes": labels(Outcome),
        "obstacles": labels(Obstacle),
        "ages": labels(AgeBand),
        "boxes": BOXES,
    }
