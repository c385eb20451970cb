from feedback.models.cases import OPEN_STATES, Case, CaseEvent, CaseText, State
from feedback.models.topics import Kind, RoutingRule, Topic

__all__ = ["OPEN_STATES", "Case", "CaseEvent", "CaseText", "Kind", "RoutingRule", "State", "Topic"]
