"""What is wrong with the cards of a troubleshooter, in sentences for the editor."""

from typing import Any

from django.utils.translation import gettext as _

from guides.branches import Fault, Wrong, faults_in
from guides.lesson_rules import too_long


def in_words(fault: Fault) -> str:
    """The sentence for the editor; it names the card, and the answer where one is at fault."""
    sentences = {
        Wrong.NO_CARDS: _("A troubleshooter needs at least one card."),
        Wrong.NO_KEY: _("Card %(number)d has no key, so no answer can lead to it."),
        Wrong.SAME_KEY: _("Card %(number)d has the key “%(key)s”, and so has a card before it."),
        Wrong.DEAD_END: _("Card “%(key)s” has no answers and is no end: whoever comes here stands still."),
        Wrong.END_WITH_ANSWERS: _("Card “%(key)s” is an end and has answers. Keep one of the two."),
        Wrong.NO_WORDS: _("An answer of card “%(key)s” has no words for its button."),
        Wrong.NOWHERE: _(
            "Card “%(key)s”: the answer “%(words)s” leads to “%(to)s”, and no card has this key."
        ),
        Wrong.UNREACHABLE: _("No answer leads to card “%(key)s”."),
        Wrong.NO_WAY_OUT: _("From card “%(key)s” one goes round in circles and never comes to an end."),
    }
    return sentences[fault.wrong] % {
        "number": fault.number,
        "key": fault.key,
        "words": fault.answer.words,
        "to": fault.answer.to or "–",
    }


def missing_in_troubleshooter(page: Any) -> list[tuple[str, str]]:
    """(name of the rows, reason), for the gate; no reason for sound cards."""
    cards = list(page.cards.all())
    said = [too_long(card.ask, number) for number, card in enumerate(cards, start=1)]
    said += [in_words(fault) for fault in faults_in([card.node for card in cards])]
    return [("cards", sentence) for sentence in said if sentence]
