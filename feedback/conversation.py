"""What was said in a case, as its resident reads it with code and PIN: the latest word first, then how it came."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.models import Case, CaseText, State
from feedback.models.moves import MoveFact
from feedback.states import Move, may

Role = CaseText.Role
SHOWN: tuple[str, ...] = tuple(role for role in CaseText.CONVERSATION if role != Role.QUESTION)
NEWS = {
    State.NEED_INFO: (Role.ASKED,),
    State.FORWARDED: (Role.FORWARDED,),
    State.REFUSED: (Role.REFUSAL, Role.WHERE),
    State.ANSWERED: (Role.ANSWER,),
}
FACTS = {Role.FORWARDED: "forwardings", Role.REFUSAL: "refusals", Role.EXTENSION: "extensions"}


@dataclass(frozen=True)
class Said:
    """`fact` is what belongs to the words: the authority and paper, the reason, the dates."""

    words: CaseText
    fact: MoveFact | None = None


@dataclass(frozen=True)
class Conversation:
    question: CaseText | None
    news: Sequence[Said]
    before: Sequence[Said]


def conversation(case: Case) -> Conversation:
    """Words that were hidden are left out."""
    words = list(case.words.filter(role__in=CaseText.CONVERSATION, hidden_at=None))
    question = next((text for text in words if text.role == Role.QUESTION), None)
    said = [Said(text, _fact(case, text)) for text in words if text.role in SHOWN]
    roles = NEWS.get(State(case.state), (Role.ANSWER, Role.EXTENSION))
    latest = {role: text for text in said for role in roles if text.words.role == role}
    news = [latest[role] for role in roles if role in latest]
    return Conversation(question, news, [one for one in said if one not in news])


def may_reply(case: Case) -> bool:
    return case.state == State.NEED_INFO


def may_rate(case: Case) -> bool:
    """Once for each answer or refusal, by the resident whose case it is."""
    if not may(case.state, Move.REOPEN) or case.merged_into_id or case.withdrawn_at or not case.answered_at:
        return False
    return not case.ratings.filter(at__gte=case.answered_at).exists()


def _fact(case: Case, text: CaseText) -> MoveFact | None:
    """Written in the same moment as the words."""
    name = FACTS.get(Role(text.role))
    fact: MoveFact | None = getattr(case, name).filter(at=text.written_at).first() if name else None
    return fact
