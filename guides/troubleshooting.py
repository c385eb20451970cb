"""One card of a troubleshooter, and the way that led to it.

The address says everything: `?the=<key>` names the card, `&di=a.b.c` the cards before it. Nothing is kept anywhere.
A way that the cards do not allow is dropped, so that nobody can be sent an address that puts words in our mouth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.timezone import localdate

from guides.branches import Answer
from guides.lessons import in_one_sentence, with_key
from home.sections import section

CARD, WALKED = "the", "di"
LONGEST_WAY = 20  # cards; who goes in circles keeps the last ones


@dataclass(frozen=True)
class Crumb:
    """A card passed on the way: what it asked, what was answered, where to answer otherwise."""

    ask: str
    words: str
    url: str


@dataclass(frozen=True)
class Button:
    words: str
    url: str


@dataclass(frozen=True)
class LeadsTo:
    words: str
    number: int


def card_context(page: Any, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """`?the=` of no card shows the first one and `is_unknown`; a page without cards has None."""
    in_order = list(page.cards.all())
    cards = {card.key: card for card in reversed(in_order)}  # of two with a key the first counts
    first = in_order[0] if in_order else None
    asked = request.GET.get(CARD, "")
    card = cards.get(asked, first)
    walked = way_to(card.key, request.GET.get(WALKED, ""), cards) if card else []
    ends_at_commune = card is not None and card.ending == card.Ending.COMMUNE
    return {
        "card": card,
        "number": in_order.index(card) + 1 if card else None,
        "act": with_key(card.ask, card.button) if card else "",
        "screen_words": in_one_sentence(card.screen_elements) if card else "",
        "buttons": _buttons(card, walked) if card else [],
        "crumbs_walked": _crumbs(walked, card, cards) if card else [],
        "is_unknown": bool(asked) and asked not in cards,
        "session": section("next_session", request, now) if ends_at_commune else None,
        "lessons": page.lessons.filter(live=True),
        "is_overdue": page.is_check_overdue(localdate(now)),
    }


def way_to(key: str, typed: str, cards: dict[str, Any]) -> list[str]:
    """The keys walked before the card, oldest first; empty unless each really leads to the next and the last to it."""
    walked = [part for part in typed.split(".") if part][-LONGEST_WAY:]
    for here, following in pairwise([*walked, key]):
        if here not in cards or _answer_to(cards[here], following) is None:
            return []
    return walked


def _answer_to(card: Any, key: str) -> Answer | None:
    return next((answer for answer in card.answer_list if answer.to == key), None)


def _buttons(card: Any, walked: Sequence[str]) -> list[Button]:
    way = [*walked, card.key]
    return [Button(answer.words, _address(answer.to, way)) for answer in card.answer_list if answer.to]


def _crumbs(walked: Sequence[str], card: Any, cards: dict[str, Any]) -> list[Crumb]:
    crumbs = []
    for at, key in enumerate(walked):
        following = walked[at + 1] if at + 1 < len(walked) else card.key
        answer = _answer_to(cards[key], following)
        crumbs.append(Crumb(cards[key].ask, answer.words if answer else "", _address(key, walked[:at])))
    return crumbs


def _address(key: str, walked: Sequence[str]) -> str:
    query = {CARD: key}
    if walked:
        query[WALKED] = ".".join(walked[-LONGEST_WAY:])
    return "?" + urlencode(query)


def tree_context(page: Any) -> dict[str, Any]:
    """Every card with its number; answers carry the number of the card they lead to, 0 for none."""
    cards = list(page.cards.all())
    numbers = {card.key: number for number, card in reversed(list(enumerate(cards, start=1)))}
    return {
        "tree": [
            {
                "number": number,
                "card": card,
                "act": with_key(card.ask, card.button),
                "leads_to": [LeadsTo(answer.words, numbers.get(answer.to, 0)) for answer in card.answer_list],
            }
            for number, card in enumerate(cards, start=1)
        ]
    }
