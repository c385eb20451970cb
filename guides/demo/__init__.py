"""The guides, lessons and sessions of the demo commune, from the TOML files beside this module.

Loaded after the commune itself: units, officials, places and index pages exist by then. What exists is never changed.
"""

from datetime import date

from gandan.demo import Tell
from guides.demo.campaign import load_campaign
from guides.demo.helping import load_needs
from guides.demo.law import load_law
from guides.demo.lessons import load_lessons
from guides.demo.procedures import load_procedures
from guides.demo.sessions import load_sessions
from guides.demo.tracks import load_tracks
from guides.demo.troubleshooters import load_troubleshooters
from guides.demo.versions import load_versions


def load(first_day: date, tell: Tell) -> None:
    load_law()
    load_procedures(tell)
    load_versions()
    load_lessons(tell)
    load_troubleshooters(tell)
    load_tracks(tell)
    load_sessions(first_day, tell)
    load_needs()
    load_campaign(first_day, tell)
