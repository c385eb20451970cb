"""Plain text with a few marks, as the sample pages are written, into the blocks of a page body.

Known marks: `## heading`, `- ` and `1. ` lists, `**bold**`, `[words](/address/)`. Everything else is text.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape

Block = tuple[str, str]

LISTS = {"ul": re.compile(r"^- +"), "ol": re.compile(r"^\d+\. +")}
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[([^\]]+)\]\((/[^)\s]*|https?://[^)\s]+)\)")


def blocks(written: str) -> list[Block]:
    """[("heading", text), ("paragraph", HTML), …]; what lies between two headings is one paragraph block."""
    found: list[Block] = []
    for piece in _pieces(written):
        if piece.startswith("## "):
            found.append(("heading", piece[3:].strip()))
        elif found and found[-1][0] == "paragraph":
            found[-1] = ("paragraph", found[-1][1] + _html(piece))
        else:
            found.append(("paragraph", _html(piece)))
    return found


def _pieces(written: str) -> Iterator[str]:
    for piece in re.split(r"\n\s*\n", written.strip()):
        head, _newline, rest = piece.strip().partition("\n")
        if head.startswith("## "):
            yield head
            piece = rest
        if piece.strip():
            yield piece.strip()


def _html(piece: str) -> str:
    """A piece may be a sentence followed at once by its list."""
    lines = piece.splitlines()
    return "".join(_element(kind, list(group)) for kind, group in groupby(lines, _kind))


def _kind(line: str) -> str:
    return next((kind for kind, mark in LISTS.items() if mark.match(line)), "p")


def _element(kind: str, lines: list[str]) -> str:
    if kind == "p":
        return f"<p>{inline(' '.join(lines))}</p>"
    items = "".join(f"<li>{inline(LISTS[kind].sub('', line))}</li>" for line in lines)
    return f"<{kind}>{items}</{kind}>"


def inline(text: str) -> str:
    bold = BOLD.sub(r"<b>\1</b>", escape(text.strip()))
    return LINK.sub(r'<a href="\2">\1</a>', bold)
