from feedback.models.answers import PublishedAnswer
from feedback.models.api_keys import ApiKey
from feedback.models.cases import OPEN_STATES, WAITING_STATES, Case, CaseEvent, CaseText, State
from feedback.models.commitments import Commitment, CommitmentStep
from feedback.models.consents import Consent
from feedback.models.escalations import Escalation
from feedback.models.files import CaseFile
from feedback.models.hiding import Hideable
from feedback.models.moves import Extension, Forwarding, Rating, Refusal
from feedback.models.replies import ReplyTemplate
from feedback.models.topics import Kind, RoutingRule, Topic
from feedback.models.votes import PageVote

__all__ = [
    "OPEN_STATES",
    "WAITING_STATES",
    "ApiKey",
    "Case",
    "CaseEvent",
    "CaseFile",
    "CaseText",
    "Commitment",
    "CommitmentStep",
    "Consent",
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
