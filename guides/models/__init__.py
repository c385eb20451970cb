from guides.models.campaigns import Campaign, Inspection
from guides.models.choices import AUDIENCES, LIFE_EVENTS, FeeState, Method, OnlineLevel, PaperKind, TimeUnit
from guides.models.helping import Helper, SeriesNeed, SessionNeed
from guides.models.law import LegalDocument
from guides.models.lesson_rows import Card, Check, Message, Practice
from guides.models.procedures import GuidesIndexPage, ProcedurePage
from guides.models.records import ImportedRecord, ReceivedLesson
from guides.models.rows import Channel, LegalBasis, Paper, Rejection, Situation, Step, Term
from guides.models.series import SessionSeries
from guides.models.sessions import Session, SessionsPage
from guides.models.skills import DIGCOMP_AREAS, SKILL_ITEMS
from guides.models.tally import SessionQuestion, Tally, TypicalMinutes
from guides.models.tracks import TrackPage, TrackStep
from guides.models.troubleshooters import TroubleCard, TroubleshooterPage
from guides.models.tutorials import TutorialPage
from guides.models.versions import PastVersion

__all__ = [
    "AUDIENCES",
    "DIGCOMP_AREAS",
    "LIFE_EVENTS",
    "SKILL_ITEMS",
    "Campaign",
    "Card",
    "Channel",
    "Check",
    "FeeState",
    "GuidesIndexPage",
    "Helper",
    "ImportedRecord",
    "Inspection",
    "LegalBasis",
    "LegalDocument",
    "Message",
    "Method",
    "OnlineLevel",
    "Paper",
    "PaperKind",
    "PastVersion",
    "Practice",
    "ProcedurePage",
    "ReceivedLesson",
    "Rejection",
    "SeriesNeed",
    "Session",
    "SessionNeed",
    "SessionQuestion",
    "SessionSeries",
    "SessionsPage",
    "Situation",
    "Step",
    "Tally",
    "Term",
    "TimeUnit",
    "TrackPage",
    "TrackStep",
    "TroubleCard",
    "TroubleshooterPage",
    "TutorialPage",
    "TypicalMinutes",
]
