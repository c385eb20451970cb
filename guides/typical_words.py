"""How long people who were helped usually took, in one sentence of the guide."""

from typing import Any

from django.utils.translation import ngettext

from gandan.small_numbers import LEAST


def typical_line(sheet: dict[str, Any]) -> str:
    """One sentence for the guide, empty while too few have been counted. Asks nothing of the database."""
    known = sheet.get("typical")
    if not known or known["count"] < LEAST:
        return ""
    return ngettext(
        "People who were helped were usually done in about %(minutes)d minute (counted %(count)d times).",
        "People who were helped were usually done in about %(minutes)d minutes (counted %(count)d times).",
        known["minutes"],
    ) % {"minutes": known["minutes"], "count": known["count"]}
