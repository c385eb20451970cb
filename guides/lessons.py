"""What a reader sees of a lesson: its cards in order, its questions, its related guides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class CardShown:
    """`action` has the words of the button marked as a key; `back` and `onward` are anchors, "" at the ends."""

    number: int
    action: SafeString
    expect: str
    otherwise: str
    trainer: str
    screen: list[dict[str, Any]]
    picture: str
    back: str
    onward: str


def lesson_context(page: Any, now: datetime) -> dict[str, Any]:
    cards = list(page.cards.all())
    checks = list(page.checks.all())
    today = localdate(now)
    return {
        "cards": [_card(card, number, len(cards)) for number, card in enumerate(cards, start=1)],
        "checks": checks,
        "related": page.related.filter(live=True),
        "is_overdue": page.is_check_overdue(today),
        "today": today,
    }


def _card(card: Any, number: int, total: int) -> CardShown:
    screen = card.screen_elements
    return CardShown(
        number=number,
        action=with_key(card.action, card.button),
        expect=card.expect,
        otherwise=card.otherwise,
        trainer=card.trainer,
        screen=screen,
        picture=_in_one_sentence(screen),
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


def _in_one_sentence(screen: list[dict[str, Any]]) -> str:
    """What a screen reader says instead of the drawn screen; pictures in it are named by their kind."""
    shown = [part["text"] for part in screen if part["kind"] != "image"]
    pressed = next((part["text"] for part in screen if part["pressed"]), "")
    words = _("Drawn screen: %(parts)s.") % {"parts": ", ".join(shown)}
    return words + (" " + _("Press: %(button)s.") % {"button": pressed} if pressed else "")
