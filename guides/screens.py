"""Drawn phone screens: a tiny text an editor types, one element a line, drawn by a template as a phone.

title: VNeID
field: Số định danh
button*: Quên mật khẩu      (the star marks the element to press)
image: qr
"""

from typing import Any

KINDS = frozenset({"title", "text", "field", "button", "note", "image"})


def parse_screen(typed: str) -> list[dict[str, Any]]:
    """[{"kind", "text", "pressed"}…] in order; a line without a known kind is shown as text, blank lines are skipped."""
    elements = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        head, colon, rest = line.partition(":")
        kind = head.strip().rstrip("*").lower()
        if not colon or kind not in KINDS:
            elements.append({"kind": "text", "text": line, "pressed": False})
            continue
        elements.append({"kind": kind, "text": rest.strip(), "pressed": head.strip().endswith("*")})
    return elements
