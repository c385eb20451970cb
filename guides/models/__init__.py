from guides.models.choices import AUDIENCES, LIFE_EVENTS, FeeState, Method, OnlineLevel, PaperKind, TimeUnit
from guides.models.law import LegalDocument
from guides.models.procedures import GuidesIndexPage, ProcedurePage
from guides.models.records import ImportedRecord
from guides.models.rows import Channel, LegalBasis, Paper, Rejection, Situation, Step, Term
from guides.models.sessions import Session, SessionSeries, SessionsPage
from guides.models.tutorials import Card, Check, TutorialPage

__all__ = [
    "AUDIENCES",
    "LIFE_EVENTS",
    "Card",
    "Channel",
    "Check",
    "FeeState",
    "GuidesIndexPage",
    "ImportedRecord",
    "LegalBasis",
    "LegalDocument",
    "Method",
    "OnlineLevel",
    "Paper",
    "PaperKind",
    "ProcedurePage",
    "Rejection",
    "Session",
    "SessionSeries",
    "SessionsPage",
    "Situation",
    "Step",
    "Term",
    "TimeUnit",
    "TutorialPage",
]
