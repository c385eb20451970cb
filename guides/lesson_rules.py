"""What a lesson may not be published with, in sentences for the editor. Only questions: nothing is refused here.

Each rule takes plain values and gives (field, sentence) for each fault, so that the form and whatever publishes
without a form say the same.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gandan.sound import TYPES, ending
from guides.screens import can_be_pressed, parse_screen

SCREEN_HELP = gettext_lazy(
    "One element a line: title:, text:, field:, button:, button*: (the one to press), note:, image:"
)
MOST_WORDS = 25  # of one action: what a listener keeps while looking for the button

Fault = tuple[str, str]


def words_in(text: str) -> int:
    """Words as a clerk counts them: what stands between spaces."""
    return len(text.split())


def too_long(action: str, number: int) -> str:
    """The sentence that names the card and the count; empty for an action that is short enough."""
    count = words_in(action)
    if count <= MOST_WORDS:
        return ""
    message = ngettext(
        "Card %(number)d has %(count)d word; at most %(most)d can be kept in mind. Make two cards of it.",
        "Card %(number)d has %(count)d words; at most %(most)d can be kept in mind. Make two cards of it.",
        count,
    )
    return message % {"number": number, "count": count, "most": MOST_WORDS}


def audio_faults(filename: str) -> Iterator[Fault]:
    if filename and ending(filename) not in TYPES:
        message = _("This is no sound file. Choose one of these kinds: %(kinds)s.")
        yield "audio", message % {"kinds": ", ".join(TYPES)}


def card_faults(number: int, action: str, has_picture: bool, picture_alt: str) -> Iterator[Fault]:
    if said := too_long(action, number):
        yield "action", said
    if has_picture and not picture_alt.strip():
        message = _(
            "Card %(number)d: say in one sentence what the picture shows, for those who cannot see it."
        )
        yield "picture_alt", message % {"number": number}


def practice_faults(screen: str) -> Iterator[Fault]:
    elements = parse_screen(screen)
    others = [element for element in elements if can_be_pressed(element) and not element["pressed"]]
    if not any(element["pressed"] for element in elements):
        yield "screen", _("Mark the element to press with a star: button*: Quên mật khẩu")
    elif not others:
        yield "screen", _("Add a button or a field that is not the right one, so that there is a choice.")


def check_faults(answers: list[str], right: int) -> Iterator[Fault]:
    if len(answers) < 2:
        yield "answers", _("Give at least two answers, one a line.")
    elif not 1 <= right <= len(answers):
        message = _("There is no answer number %(right)d: the answers are numbered from 1 to %(most)d.")
        yield "right", message % {"right": right, "most": len(answers)}


def nothing_to_learn() -> str:
    return _("A lesson needs at least one card, or messages to judge.")


def missing_in_lesson(page: Any) -> list[Fault]:
    """(name of the rows or the field, reason), for the gate; no reason for a sound lesson."""
    cards = list(page.cards.all())
    found = [
        ("cards", said)
        for number, card in enumerate(cards, start=1)
        for _field, said in card_faults(number, card.action, card.picture_id is not None, card.picture_alt)
    ]
    if not cards and not page.messages.all():
        found.append(("cards", nothing_to_learn()))
    found += [("practices", said) for row in page.practices.all() for _f, said in practice_faults(row.screen)]
    found += [
        ("checks", said) for row in page.checks.all() for _f, said in check_faults(row.answer_list, row.right)
    ]
    found += audio_faults(page.audio.filename if page.audio_id else "")
    return found
