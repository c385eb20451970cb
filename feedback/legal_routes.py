"""Formal complaint and denunciation: what the law gives, from where we know it, and since when.

Periods run in days of the calendar. Nothing here is taken from the text of a law itself; each row says where it
was read. Law 136/2025 changes both procedures from 01/07/2026 and its decree was not seen, so the pages say that
the office confirms the period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Period:
    icon: str
    label: LazyText
    answer: LazyText
    note: LazyText | str = ""


@dataclass(frozen=True)
class LegalRoute:
    periods: Sequence[Period]
    source: LazyText
    read_on: date


COMPLAINT = LegalRoute(
    periods=(
        Period(
            "calendar",
            _("Lodge it within"),
            _("90 days"),
            _("From the day you receive or learn of the decision or act."),
        ),
        Period(
            "clock",
            _("First settlement"),
            _("At most 30 days"),
            _("From acceptance; 45 days when complex. In remote areas 45, or 60 when complex."),
        ),
        Period(
            "clock",
            _("Second settlement"),
            _("At most 45 days"),
            _("60 days when complex. In remote areas 60, or 70 when complex."),
        ),
    ),
    source=_(
        "Law on Complaints, articles 28 and 37, as quoted by a law library; 90 days from a law firm's page."
    ),
    read_on=date(2026, 11, 22),
)

DENUNCIATION = LegalRoute(
    periods=(
        Period(
            "shield",
            _("Your secrecy"),
            _("Protected by law"),
            _("Your name, address, handwriting and other personal details must be kept secret."),
        ),
        Period("clock", _("Settled within"), _("30 days"), _("May be extended by law.")),
    ),
    source=_("Law on Denunciations 25/2018/QH14, as summarised by two legal sites; its text was not seen."),
    read_on=date(2026, 11, 22),
)
