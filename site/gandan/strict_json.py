"""JSON from elsewhere: bounded, of one meaning, with nothing in it that no database keeps."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from gandan.zips import Refused

LARGEST_JSON = 5 * 1024**2  # bytes
DEEPEST_JSON = 24  # levels


def strict_json(body: bytes, name: str) -> Any:
    """JSON that every program reads alike; raises Refused."""
    if len(body) > LARGEST_JSON:
        raise Refused(_("%(name)s is larger than a file in a content pack may be.") % {"name": name})
    try:
        found = json.loads(body.decode(), parse_constant=_refuse_constant, object_pairs_hook=_once)
    except RecursionError as error:
        raise Refused(_("%(name)s is nested too deeply.") % {"name": name}) from error
    except ValueError as error:
        raise Refused(_("%(name)s is not sound JSON.") % {"name": name}) from error
    if _depth(found) > DEEPEST_JSON:
        raise Refused(_("%(name)s is nested too deeply.") % {"name": name})
    if any(not _is_storable(text) for text in _texts(found)):
        raise Refused(_("%(name)s holds characters that no database keeps.") % {"name": name})
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _depth(found: Any) -> int:
    deepest, waiting = 0, [(found, 1)]
    while waiting:
        value, depth = waiting.pop()
        deepest = max(deepest, depth)
        inside: Iterable[Any] = (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        )
        waiting += [(item, depth + 1) for item in inside]
    return deepest


def _texts(found: Any) -> Iterator[str]:
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _is_storable(text: str) -> bool:
    """Neither NUL nor half a character."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
