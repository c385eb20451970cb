"""Structured data (schema.org) as a JSON-LD block: a data block, which the content policy lets stand in a page.

A value that is empty is left out: what is not known is not claimed.
"""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"
# Nothing inside may close the block or open another.
ESCAPED = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def thing(kind: str, **values: Any) -> dict[str, Any]:
    """One thing of a schema.org type without its empty values; 0 is a value."""
    kept = {name: value for name, value in values.items() if value not in (None, "", [], {})}
    return {"@type": kind, **kept}


def json_ld(things: list[dict[str, Any]]) -> SafeString:
    written = json.dumps({"@context": CONTEXT, "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    block = f'<script type="application/ld+json">{written.translate(ESCAPED)}</script>'
    return mark_safe(block)  # noqa: S308 (escaped in the line above)
