"""Serves parts of the sound files of the document library.

A phone asks for the part it plays next; those of Apple play nothing at all where a server gives only the whole file.
Wagtail's own view of documents knows no parts: here they are given, once its rules of access have let the asker
through; whole files stay with Wagtail. An answer is held in memory (Wagtail takes nothing else from a hook), so a part
longer than `MOST` is answered by its beginning, as HTTP allows (RFC 9110, 15.3.7): the player asks on.
"""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse

TYPES = {"m4a": "audio/mp4", "mp3": "audio/mpeg", "oga": "audio/ogg", "ogg": "audio/ogg", "opus": "audio/ogg"}
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
MOST = 4 * 1024 * 1024  # bytes; eight minutes of speech at 64 kbit/s


def ending(filename: str) -> str:
    return filename.rpartition(".")[2].lower()


def serve_part(document: Any, request: HttpRequest) -> HttpResponse | None:
    """A hook of Wagtail (`before_serve_document`); None leaves the document to Wagtail."""
    kind = TYPES.get(ending(document.filename))
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if kind is None or asked is None:
        return None
    size = document.file.size
    first, last = span(asked[1], asked[2], size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with document.file.open("rb") as file:
        file.seek(first)
        response = HttpResponse(file.read(last - first + 1), status=206, content_type=kind)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def span(begin: str, end: str, size: int) -> tuple[int, int]:
    """First and last byte, both included; first after last where nothing of the file is asked for."""
    if begin:
        first, last = int(begin), int(end or size)
    else:
        first, last = max(0, size - int(end or 0)), size
    return first, min(last, size - 1, first + MOST - 1)
