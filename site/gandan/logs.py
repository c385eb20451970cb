"""One JSON object a line. What a resident wrote can sit in the message of an exception (a database quotes the row it
refuses) and in the lines of a traceback's values, so only kinds of errors and places in the code are written.
"""

import json
import logging
import traceback
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    """Time in UTC, level, logger, message and, after a fault, the kinds of errors with the places they came through."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line["errors"] = faults(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def faults(error: BaseException) -> list[dict[str, object]]:
    """The error and what caused it, innermost last: {"kind", "places"}, a place being "file:line function"."""
    found: list[dict[str, object]] = []
    step: BaseException | None = error
    while step is not None and len(found) < 5:
        places = [f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(step.__traceback__)]
        found.append({"kind": f"{type(step).__module__}.{type(step).__qualname__}", "places": places})
        step = step.__cause__ or step.__context__
    return found
