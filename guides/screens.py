"""Drawn phone screens: a tiny text an editor types, one element a line, drawn by a template as a phone.

title: VNeID
field: Số định danh
button*: Quên mật khẩu      (the star marks the element to press)
image: qr
"""

from typing import Any

PICTURES = {"card": "card", "coin": "cost", "face": "official", "lock": "lock", "qr": "qr"}
KINDS = frozenset({"title", "text", "field", "button", "note", "image"})


def parse_screen(typed: str) -> list[dict[str, Any]]:
    """[{"kind", "text", "pressed", "icon"}…] in order; `icon` is the drawing of an image, "" for words and unknown ones.

    A line without a known kind is shown as text, blank lines are skipped.
    """
    elements = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        head, colon, rest = line.partition(":")
        kind = head.strip().rstrip("*").lower()
        if not colon or kind not in KINDS:
            elements.append({"kind": "text", "text": line, "pressed": False, "icon": ""})
            continue
        drawing = PICTURES.get(rest.strip(), "") if kind == "image" else ""
        pressed = head.strip().endswith("*")
        elements.append({"kind": kind, "text": rest.strip(), "pressed": pressed, "icon": drawing})
    return elements
