"""What guides show on the home page: the most used guides, life events, the next help session."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from gandan.addresses import page_path
from gandan.tree import Known, tree_of
from guides.coming import sessions_from
from guides.facts import five_facts
from guides.models import LIFE_EVENTS, GuidesIndexPage, ProcedurePage, SessionsPage
from guides.next_near import is_to_come
from guides.promise_words import weekday_in_words
from guides.session_words import foreign, month_in_words, span, was_in_words
from guides.wording import inside, not_known
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
    return [_row(guide) for guide in found]


def _row(guide: ProcedurePage) -> Row:
    return Row(
        title=guide.title,
        url=page_path(guide.url_path, guide.locale.language_code),
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
    coming = sessions_from(here.date()).filter(is_cancelled=False)
    session = next((each for each in coming[:10] if is_to_come(each, here)), None)
    if session is None:
        return None
    page = _section(request, SessionsPage, "")
    address = page.address if page else ""
    return {
        "weekday": weekday_in_words(session.date),
        "day": session.date.day,
        "month": month_in_words(session.date),
        "iso": session.date.isoformat(),
        "title": session.title,
        "url": f"{address}{session.pk}/" if address else "",
        "time": span(session.starts, session.ends),
        "place": session.place.local_name,
        "was": was_in_words(session),
        "language": foreign(),
        "all_url": address,
    }


def done_here(request: HttpRequest, now: datetime) -> dict[str, str]:
    """For each place where guides are handled, by its key: the address of what is done there. One statement."""
    keys = ProcedurePage.objects.filter(live=True).exclude(places=None).values_list("places__key", flat=True)
    return {key: reverse("guides:counter", args=[key]) for key in keys.distinct()}


def _section(request: HttpRequest, model: type, slug: str) -> Known | None:
    tree = tree_of(request)
    found = tree.in_language(get_language() or "")
    return next((page for page in found if page.model is model and slug in {"", page.slug}), None)


def guide_with(code: str) -> Row | None:
    """The live guide of this code, in the reader's language if it is translated."""
    guide = for_readers(ProcedurePage.objects.filter(code=code)).first()
    if guide is None:
        return None
    return Row(title=guide.title, url=guide.full_url or "", icon="paper", language=language_of(guide))
