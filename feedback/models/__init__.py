from feedback.models.cases import OPEN_STATES, Case, CaseEvent, CaseText, State
from feedback.models.topics import Kind, RoutingRule, Topic
from feedback.models.votes import PageVote

__all__ = [
    "OPEN_STATES",
    "Case",
    "CaseEvent",
    "CaseText",
    "Kind",
    "PageVote",
    "RoutingRule",
    "State",
    "Topic",
]
