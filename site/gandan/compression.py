"""Compresses the text of public answers: Brotli where the browser takes it, else gzip.

An answer that carries a cookie, is private or not to be stored is left alone: beside a secret, the length of a
compressed page that repeats what a stranger typed can betray the secret (BREACH). Public pages hold no secret; the
forms of feedback and all rooms for staff are `no-store` or `private`.

Stands above ConditionalGetMiddleware, which makes the ETag from the plain text and answers If-None-Match. The
compressed copy is another representation of the same text, so its ETag is weak; If-None-Match compares weakly.
"""

import gzip
import re
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

BROTLI_QUALITY = 7  # two milliseconds for a long guide; 11 saves another 6 % and takes ten times as long
LEAST = 500  # bytes; below, the headers of compression cost more than they save
TEXT = re.compile(
    r"^(text/|application/(json|xml|rss\+xml|atom\+xml|ld\+json|manifest\+json|javascript)|image/svg)"
)
PRIVATE = re.compile(r"\b(no-store|private|no-transform)\b")
ACCEPTED = re.compile(r"\b(br|gzip)\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*,|\s*$))")


class CompressionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_compressible(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            compress(response, request.headers.get("Accept-Encoding", ""))
        elif response.status_code == 304:
            patch_vary_headers(response, ["Accept-Encoding"])
        return response


def is_compressible(response: HttpResponse) -> bool:
    return (
        response.status_code not in {204, 206, 304}
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and len(response.content) >= LEAST
        and TEXT.match(response.headers.get("Content-Type", "")) is not None
        and PRIVATE.search(response.headers.get("Cache-Control", "")) is None
    )


def compress(response: HttpResponse, accepted: str) -> None:
    """Replaces the content by its compressed form, if the reader takes one and it is shorter."""
    encodings = set(ACCEPTED.findall(accepted))
    if "br" in encodings:
        name, body = "br", brotli.compress(response.content, quality=BROTLI_QUALITY)
    elif "gzip" in encodings:
        name, body = "gzip", gzip.compress(response.content, compresslevel=6, mtime=0)
    else:
        return
    if len(body) >= len(response.content):
        return
    response.content = body
    response.headers["Content-Encoding"] = name
    response.headers["Content-Length"] = str(len(body))
    etag = response.headers.get("ETag", "")
    if etag and not etag.startswith("W/"):
        response.headers["ETag"] = f"W/{etag}"
