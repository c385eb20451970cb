from feedback.models.answers import PublishedAnswer
from feedback.models.cases import OPEN_STATES, WAITING_STATES, Case, CaseEvent, CaseText, State
from feedback.models.escalations import Escalation
from feedback.models.hiding import Hideable
from feedback.models.moves import Extension, Forwarding, Rating, Refusal
from feedback.models.replies import ReplyTemplate
from feedback.models.topics import Kind, RoutingRule, Topic
from feedback.models.votes import PageVote

__all__ = [
    "OPEN_STATES",
    "WAITING_STATES",
    "Case",
    "CaseEvent",
    "CaseText",
    "Escalation",
    "Extension",
    "Forwarding",
    "Hideable",
    "Kind",
    "PageVote",
    "PublishedAnswer",
    "Rating",
    "Refusal",
    "ReplyTemplate",
    "RoutingRule",
    "State",
    "Topic",
]
