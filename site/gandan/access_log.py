"""What the web server may write about a request: method, path, status, milliseconds.

No query (it holds what people search for), no address of a reader, no referrer, no browser. Paths that are a
secret by themselves (the receipt of a case, the link that sets a new password) end at the secret.
"""

import logging
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote, unquote

from gunicorn.glogging import Logger
from gunicorn.http.wsgi import Response

SECRET_PART = re.compile(
    r"(/phan-anh/phieu/|/password/reset/key/|/password_reset/confirm/|/confirm-email/)[^\s'\"]+",
    re.IGNORECASE,
)
CASE_CODE = re.compile(r"GD(?:-[0-9A-Z]{4}){3}-[0-9A-Z]", re.IGNORECASE)
QUERY = re.compile(r"\?\S*")
READER_ADDRESS = re.compile(r"from ip=[^\s]+: .*", re.DOTALL)


def redact(text: str) -> str:
    """The text with every secret path, case code, query and reader's address left out."""
    text = READER_ADDRESS.sub("(details left out)", text)
    text = QUERY.sub("", text)
    return CASE_CODE.sub("***", SECRET_PART.sub(r"\1***", text))


def printable_path(raw: str) -> str:
    """The path of a request target as logged: unquoted before redaction, so that no spelling slips through."""
    return quote(redact(unquote(raw.partition("?")[0])), safe="/:@!$&'()*+,;=~-")


class RedactingFilter(logging.Filter):
    """For any handler: rewrites the finished message, since the path may sit in the format or in its arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(unquote(record.getMessage())), None
        return True


class AccessLog(Logger):
    """gunicorn's logger (`logger_class` in gunicorn.conf.py)."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(RedactingFilter())

    def access(self, resp: Response, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        if not self.access_log_enabled:
            return
        path = printable_path(environ.get("RAW_URI") or environ.get("PATH_INFO") or "")
        status = str(resp.status).partition(" ")[0]
        milliseconds = request_time // timedelta(milliseconds=1)
        self.access_log.info(
            "%s %s %s %d ms",
            environ.get("REQUEST_METHOD", "-"),
            path,
            status,
            milliseconds,
        )
