"""The guides, lessons and sessions of the demo commune, from the TOML files beside this module.

Loaded after the commune itself: units, officials, places and index pages exist by then. What exists is never changed.
"""

from datetime import date

from gandan.demo import Tell
from guides.demo.law import load_law
from guides.demo.lessons import load_lessons
from guides.demo.procedures import load_procedures
from guides.demo.sessions import load_sessions


def load(first_day: date, tell: Tell) -> None:
    load_law()
    load_procedures(tell)
    load_lessons(tell)
    load_sessions(first_day, tell)
