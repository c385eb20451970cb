"""The hours of everybody as a CSV file for a spreadsheet: UTF-8 with a mark, names as text, numbers as numbers."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from guides.helping.hours import Tally
from guides.helping.people import shown_name

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def hours_file(tallies: Iterable[Tally]) -> bytes:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow([_("Volunteer"), _("Account"), _("Sessions"), _("Minutes")])
    for tally in tallies:
        user = tally.user
        rows.writerow(
            [as_text(shown_name(user)), as_text(user.get_username()), tally.sessions, tally.minutes]
        )
    return written.getvalue().encode("utf-8-sig")


def as_text(words: str) -> str:
    """What a spreadsheet would read as a formula gets an apostrophe before it."""
    return f"'{words}" if words.lstrip(" ").startswith(BEGINS_A_FORMULA) else words
