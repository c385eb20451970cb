"""Words in braces that a reply template may hold, how they are checked when it is written and filled when it is used.

Filling goes over the text once, so that braces in what is filled in are never read as placeholders.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

PLACEHOLDERS = ("name", "code", "topic", "area", "due", "official", "title", "unit", "phone", "hotline")

_IN_BRACES = re.compile(r"\{([^{}]*)\}")


def used(text: str) -> set[str]:
    return set(_IN_BRACES.findall(text))


def fault(text: str) -> str:
    """A sentence that says which braces nobody can fill in; "" when all can be."""
    unknown = sorted(used(text) - set(PLACEHOLDERS))
    if unknown:
        return _("Nobody knows how to fill in %(unknown)s. Known are %(known)s.") % {
            "unknown": ", ".join(f"{{{name}}}" for name in unknown),
            "known": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS),
        }
    if re.search(r"[{}]", _IN_BRACES.sub("", text)):
        return _("A brace has no partner. Write placeholders like {code}.")
    return ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """What is not known stays in braces, for the official to see."""
    return _IN_BRACES.sub(lambda found: values.get(found[1]) or found[0], text)
