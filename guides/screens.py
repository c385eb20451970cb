"""Drawn phone screens: a tiny text an editor types, one element a line, drawn by a template as a phone.

title: VNeID
field: Số định danh
button*: Quên mật khẩu      (the star marks the element to press)
button: Đăng nhập | Chưa có mật khẩu.      (to practise on: what is said to someone who presses it)
image: qr
"""

from typing import Any

PICTURES = {"card": "card", "coin": "cost", "face": "official", "lock": "lock", "qr": "qr"}
KINDS = frozenset({"title", "text", "field", "button", "note", "image"})
TO_PRESS = frozenset({"field", "button"})  # on every phone; other elements where a star or words say so


def parse_screen(typed: str) -> list[dict[str, Any]]:
    """[{"kind", "text", "pressed", "icon", "said"}…] in order; `icon` is the drawing of an image, "" for words and
    unknown ones, `said` what stands after the bar.

    A line without a known kind is shown as text, blank lines are skipped.
    """
    elements = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        head, colon, rest = line.partition(":")
        kind = head.strip().rstrip("*").lower()
        if not colon or kind not in KINDS:
            elements.append({"kind": "text", "text": line, "pressed": False, "icon": "", "said": ""})
            continue
        text, _bar, said = (part.strip() for part in rest.partition("|"))
        drawing = PICTURES.get(text, "") if kind == "image" else ""
        pressed = head.strip().endswith("*")
        elements.append({"kind": kind, "text": text, "pressed": pressed, "icon": drawing, "said": said})
    return elements


def can_be_pressed(element: dict[str, Any]) -> bool:
    return element["kind"] in TO_PRESS or element["pressed"] or bool(element["said"])
