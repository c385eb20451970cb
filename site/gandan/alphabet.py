"""Every form of ours is sent as UTF-8, whatever alphabet the sender names.

Django reads address and body in the alphabet of `Content-Type: …; charset=…`. A name that Python knows but that
is none for text (`hex`, `idna`) fails while the request is being made, before any of our pages could answer.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_ALPHABET = re.compile(r";\s*charset\*?\s*=[^;]*", re.IGNORECASE)


def always_utf8(application: Application) -> Application:
    def in_utf8(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "charset" in environ.get("CONTENT_TYPE", "").lower():
            environ["CONTENT_TYPE"] = _ALPHABET.sub("", environ["CONTENT_TYPE"])
        return application(environ, start_response)

    return in_utf8
