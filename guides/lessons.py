"""What a reader sees of a lesson: its cards in order, what there is to try, its questions, its related guides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from guides.models.skills import DIGCOMP_AREAS, SKILL_ITEMS
from guides.practising import judged, screens_of
from guides.tracks import place_of

PICTURE = "width-640|format-webp"  # twice the 320 px a card has on a phone


@dataclass(frozen=True)
class CardShown:
    """`action` has the words of the button marked as a key; `back` and `onward` are anchors, "" at the ends."""

    number: int
    action: SafeString
    expect: str
    otherwise: str
    trainer: str
    screen: list[dict[str, Any]]
    screen_words: str
    photo: Any
    photo_alt: str
    back: str
    onward: str


def lesson_context(page: Any, request: HttpRequest, now: datetime) -> dict[str, Any]:
    today = localdate(now)
    questions = judged(page.checks.all(), request.GET)
    return {
        "cards": cards_of(page),
        "practices": screens_of(page.practices.all()),
        "messages_to_judge": list(page.messages.all()),
        "questions": questions,
        "right_answers": sum(question.verdict == "right" for question in questions),
        "is_answered": any(question.verdict for question in questions),
        "related": page.related.filter(live=True),
        "place": place_of(page, request, today),
        "is_overdue": page.is_check_overdue(today),
        "today": today,
    }


def tags_context(page: Any) -> dict[str, Any]:
    """What the trainer's view says of the frameworks, in words."""
    items, areas = dict(SKILL_ITEMS), dict(DIGCOMP_AREAS)
    return {
        "skill_words": [str(items[key]) for key in page.skills if key in items],
        "digcomp_words": [str(areas[key]) for key in page.digcomp if key in areas],
    }


def cards_of(page: Any) -> list[CardShown]:
    """At most two statements more where cards have pictures, however many."""
    cards = list(page.cards.all())
    pictured = [card for card in cards if card.picture_id]
    if pictured:
        prefetch_related_objects(pictured, "picture__renditions")
    return [_card(card, number, len(cards)) for number, card in enumerate(cards, start=1)]


def _card(card: Any, number: int, total: int) -> CardShown:
    screen = card.screen_elements
    return CardShown(
        number=number,
        action=with_key(card.action, card.button),
        expect=card.expect,
        otherwise=card.otherwise,
        trainer=card.trainer,
        screen=screen,
        screen_words=in_one_sentence(screen),
        photo=card.picture.get_rendition(PICTURE) if card.picture_id else None,
        photo_alt=card.picture_alt,
        back=f"#the-{number - 1}" if number > 1 else "",
        onward=f"#the-{number + 1}" if number < total else "",
    )


def with_key(action: str, button: str) -> SafeString:
    """The sentence with the button's exact words as a key; they are added where the sentence lacks them."""
    if not button:
        return conditional_escape(action)
    before, found, after = action.partition(button)
    if not found:
        return format_html('{} <q lang="vi">{}</q>', action, button)
    before, after = before.rstrip("“\"'"), after.lstrip("”\"'")
    return format_html('{}<q lang="vi">{}</q>{}', before, button, after)


def in_one_sentence(screen: list[dict[str, Any]]) -> str:
    """What a screen reader says instead of the drawn screen; pictures in it are named by their kind."""
    shown = [part["text"] for part in screen if part["kind"] != "image"]
    pressed = next((part["text"] for part in screen if part["pressed"]), "")
    words = _("Drawn screen: %(parts)s.") % {"parts": ", ".join(shown)}
    return words + (" " + _("Press: %(button)s.") % {"button": pressed} if pressed else "")
