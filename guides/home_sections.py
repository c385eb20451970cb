"""What guides show on the home page: the most used guides, life events, the next help session."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from gandan.tree import Known, tree_of
from guides.facts import five_facts
from guides.models import LIFE_EVENTS, GuidesIndexPage, ProcedurePage, Session, SessionsPage
from guides.promise_words import weekday_in_words
from guides.wording import inside, not_known
from home.hours import read_clock
from home.sections import Row
from home.translated import for_readers, language_of, noted

MOST_USED = 5
SHORT = 34  # characters of an answer that still fits beside two others on a phone

EVENT_ICONS = {
    "birth": "birth",
    "marriage": "marriage",
    "death": "death",
    "moving": "moving",
    "older": "elder",
    "building": "house",
    "business": "shop",
    "identity": "key",
}


def most_used(request: HttpRequest, now: datetime) -> list[Row]:
    """By the editors' weight, then by how often readers found a guide useful; the reader's own language first."""
    guides = for_readers(ProcedurePage.objects.all()).order_by("-priority", "-useful_count", "title")
    found = sorted(guides[: 4 * MOST_USED], key=lambda guide: bool(language_of(guide)))[:MOST_USED]
    return [_row(guide, request) for guide in found]


def _row(guide: ProcedurePage, request: HttpRequest) -> Row:
    return Row(
        title=guide.title,
        url=guide.get_url(request) or "",
        note=noted(_in_short(guide), guide),
        icon=next((EVENT_ICONS[event] for event in guide.life_events), "paper"),
        language=language_of(guide),
    )


def _in_short(guide: ProcedurePage) -> str:
    """How long, the fee and what to bring, as far as they are known and short: "trong ngày · không thu".

    What to bring is in the guide's own words, so it is left out for readers of another language.
    """
    facts = {fact.key: fact.answer for fact in five_facts(guide.sheet, get_language() or "vi")}
    written = [] if language_of(guide) else [facts["bring"]]
    answers = [facts["how-long"], facts["cost"], *written]
    kept = [inside(answer) for answer in answers if answer != not_known() and len(answer) <= SHORT]
    return " · ".join(kept)


def life_events(request: HttpRequest, now: datetime) -> list[Row]:
    """Each leads to its part of the index of procedures."""
    index = _section(request, GuidesIndexPage, "thu-tuc")
    if index is None:
        return []
    return [
        Row(title=str(label), url=f"{index.address}?viec={key}", icon=EVENT_ICONS[key])
        for key, label in LIFE_EVENTS
    ]


def next_session(request: HttpRequest, now: datetime) -> dict[str, Any] | None:
    """The first session that is not over, with the arguments of components/session_slip.html."""
    here = timezone.localtime(now)
    coming = Session.objects.filter(is_cancelled=False, date__gte=here.date()).select_related("place")
    session = next((each for each in coming[:10] if _is_to_come(each, here)), None)
    if session is None:
        return None
    page = _section(request, SessionsPage, "")
    address = page.address if page else ""
    month = date_format(session.date, "F")
    return {
        "weekday": weekday_in_words(session.date),
        "day": session.date.day,
        "month": month.lower() if get_language() == "vi" else month,
        "iso": session.date.isoformat(),
        "title": session.title,
        "url": address,
        "time": f"{read_clock(session.starts)}–{read_clock(session.ends)}",
        "place": session.place.local_name,
        "language": "" if get_language() == "vi" else "vi",
        "all_url": address,
    }


def _is_to_come(session: Session, here: datetime) -> bool:
    return session.date > here.date() or session.ends > here.time()


def _section(request: HttpRequest, model: type, slug: str) -> Known | None:
    tree = tree_of(request)
    found = tree.in_language(get_language() or "")
    return next((page for page in found if page.model is model and slug in {"", page.slug}), None)
