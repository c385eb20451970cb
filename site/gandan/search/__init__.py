"""Search for residents: `find` and `suggest` are the only ways in, `register` makes a type findable.

Text is folded (gandan.text.fold) when it is indexed and when it is asked for, so accents, case and the form of
the letters never matter.
"""

from gandan.addresses import page_path
from gandan.search.finding import Hits, find, suggest
from gandan.search.registry import Check, Hit, Record, name_values, offer, register

__all__ = [
    "Check",
    "Hit",
    "Hits",
    "Record",
    "find",
    "name_values",
    "offer",
    "page_path",
    "register",
    "suggest",
]
