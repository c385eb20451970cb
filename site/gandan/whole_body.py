"""A form whose sending stopped in the middle is refused.

Django reads as far as the bytes came and takes the rest for empty: a network that breaks off would leave half a
question as a case, and sending the form once more would only show that case again.
"""

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from django.core.exceptions import BadRequest

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WholeBody:
    """A body of `length` bytes; raises `BadRequest` where it ends before."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self.stream = stream
        self.missing = length

    def read(self, size: int = -1) -> bytes:
        wanted = self.missing if size < 0 else min(size, self.missing)
        return self._counted(self.stream.read(wanted), wanted)

    def readline(self, size: int = -1) -> bytes:
        wanted = self.missing if size < 0 else min(size, self.missing)
        return self._counted(self.stream.readline(wanted), min(wanted, 1))

    def _counted(self, part: bytes, at_least: int) -> bytes:
        self.missing -= len(part)
        if len(part) < at_least:
            raise BadRequest("The body ended early.")
        return part


def whole_bodies(application: Application) -> Application:
    def counted(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH", "")
        if length.isdecimal():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return counted
