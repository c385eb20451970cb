"""Reads typed fields out of parsed JSON and notes every one that is not what it should be.

Nothing raises: a wrong field gives an empty value and a problem, so that one reading names all the faults of a
record at once. Sizes are bounded here, far above the longest real text (13,266 characters).
"""

import re
from typing import Any

from django.utils.translation import gettext as _

from gandan.text import canonical

LONGEST_TEXT = 60_000
LONGEST_LIST = 500
LARGEST_NUMBER = 2_000_000_000  # đồng; fits a 32-bit column

_RUNS_OF_BLANK_LINES = re.compile(r"\n{3,}")

Problem = tuple[str, str]  # (field, reason)


def clean_lines(text: str) -> str:
    """Canonical line by line: for bodies of text, whose line breaks mean something."""
    lines = (canonical(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return _RUNS_OF_BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


class Fields:
    """The fields of one JSON object; `problems` is shared with the objects inside it."""

    def __init__(self, raw: dict[str, Any], path: str, problems: list[Problem]) -> None:
        self.raw = raw
        self.path = path
        self.problems = problems

    def text(self, key: str, limit: int = LONGEST_TEXT) -> str:
        """One line of text; empty when the field is absent or null."""
        return canonical(self._text(key, limit))

    def body(self, key: str) -> str:
        return clean_lines(self._text(key, LONGEST_TEXT))

    def number(self, key: str, largest: int = LARGEST_NUMBER) -> int | None:
        """A whole number from 0, or None when the field is absent or null."""
        found = self.quantity(key)
        if isinstance(found, str) or (found is not None and found != int(found)):
            self.wrong(key, _("is not a whole number"))
            return None
        if found is not None and not 0 <= found <= largest:
            self.wrong(key, _("is not between 0 and %(largest)s") % {"largest": largest})
            return None
        return None if found is None else int(found)

    def quantity(self, key: str) -> float | str | None:
        """A number from 0, words in place of one, or None."""
        found = self.raw.get(key)
        if isinstance(found, str):
            return clean_lines(self._text(key, LONGEST_TEXT))
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            self.wrong(key, _("is not a number"))
            return None
        if not 0 <= found <= LARGEST_NUMBER:
            self.wrong(key, _("is not between 0 and %(largest)s") % {"largest": LARGEST_NUMBER})
            return None
        return found

    def texts(self, key: str) -> list[str]:
        found = [
            self._checked_text(f"{key}[{i}]", item, LONGEST_TEXT) for i, item in enumerate(self._list(key))
        ]
        return [line for line in map(clean_lines, found) if line]

    def group(self, key: str) -> "Fields":
        found = self.raw.get(key)
        if found is not None and not isinstance(found, dict):
            self.wrong(key, _("is not an object"))
            found = None
        return Fields(found or {}, self._name(key) + ".", self.problems)

    def groups(self, key: str) -> list["Fields"]:
        groups = []
        for i, item in enumerate(self._list(key)):
            if isinstance(item, dict):
                groups.append(Fields(item, f"{self._name(key)}[{i}].", self.problems))
            else:
                self.wrong(f"{key}[{i}]", _("is not an object"))
        return groups

    def wrong(self, key: str, reason: str) -> None:
        self.problems.append((self._name(key), reason))

    def _name(self, key: str) -> str:
        return self.path + key

    def _text(self, key: str, limit: int) -> str:
        return self._checked_text(key, self.raw.get(key), limit)

    def _checked_text(self, key: str, found: Any, limit: int) -> str:
        if found is None:
            return ""
        if not isinstance(found, str):
            self.wrong(key, _("is not text"))
            return ""
        if len(found) > limit:
            self.wrong(key, _("is longer than %(limit)d characters") % {"limit": limit})
            return ""
        return found

    def _list(self, key: str) -> list[Any]:
        found = self.raw.get(key)
        if found is None:
            return []
        if not isinstance(found, list):
            self.wrong(key, _("is not a list"))
            return []
        if len(found) > LONGEST_LIST:
            self.wrong(key, _("has more than %(limit)d rows") % {"limit": LONGEST_LIST})
            return []
        return found
