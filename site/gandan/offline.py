"""What the one service worker (`/sw.js`) may keep on a device. Apps register it here; nothing else is kept.

A page is kept for reading without a signal: network first, its last good copy else, and only while the server
calls it public, so that a page with a cookie in it never is. A shell is what opens instead of a page behind the
sign-in when there is no signal: a page of its own without a word about anybody, cleared when somebody signs out.

Patterns are regular expressions of whole paths, read alike by Python and JavaScript.
"""

import re
from dataclasses import dataclass

NEVER = (
    "/admin/",
    "/ban-lam-viec/",
    "/phan-anh/tra-cuu/",
    "/phan-anh/phieu/",
    "/tai-khoan/",
)
LANGUAGES = ("", "/en", "/ar")


@dataclass(frozen=True)
class Shell:
    """A page whose path `pattern` matches is stood in for by the page at that path + `suffix`."""

    pattern: str
    suffix: str


_pages: list[str] = []
_shells: list[Shell] = []


def keep_page(pattern: str) -> None:
    """Raises ValueError for a pattern that reaches into a room the worker must never touch."""
    _refuse_rooms(pattern)
    if pattern not in _pages:
        _pages.append(pattern)


def keep_shell(pattern: str, suffix: str) -> None:
    _refuse_rooms(pattern)
    if Shell(pattern, suffix) not in _shells:
        _shells.append(Shell(pattern, suffix))


def kept_pages() -> list[str]:
    return list(_pages)


def kept_shells() -> list[Shell]:
    return list(_shells)


def is_never_kept(path: str) -> bool:
    return any(path.startswith(language + room) for language in LANGUAGES for room in NEVER)


def _refuse_rooms(pattern: str) -> None:
    if not pattern.startswith("^") or not pattern.endswith("$"):
        raise ValueError(f"{pattern!r} is not the pattern of a whole path.")
    reaches = [
        language + room + rest
        for language in LANGUAGES
        for room in NEVER
        for rest in ("", "x", "x/", "1/", "x/y/z/")
        if re.match(pattern, language + room + rest)
    ]
    if reaches:
        raise ValueError(f"{pattern!r} would keep {reaches[0]}.")
