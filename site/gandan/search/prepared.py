"""Statements of the search, written out once for the minute: what Django takes to put them together costs more than
running them. Only the words sought differ from one search to the next.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet

from gandan.search.registry import sources

MOST_KEPT = 64  # statements a process keeps: as many combinations of languages and filters

Written = tuple[str, tuple[Any, ...]]
_kept: dict[Hashable, Written] = {}


def rows(
    build: Callable[[datetime], QuerySet[Any]], key: Hashable, words: Mapping[str, str], now: datetime
) -> Sequence[tuple[Any, ...]]:
    """What the statement of `build(moment)` gives, with `words` in the places of their signs.

    The moment is the end of the running minute, so that nothing is shown beyond its time. `key` tells apart what
    else `build` depends on.
    """
    moment = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    whole_key = key, moment, connection.settings_dict["NAME"], _types()
    written = _kept.get(whole_key)
    if written is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        written = _kept[whole_key] = build(moment).query.sql_with_params()
    sql, parameters = written
    filled = [_filled(one, words) if isinstance(one, str) else one for one in parameters]
    with connection.cursor() as cursor:
        cursor.execute(sql, filled)
        return cursor.fetchall()


def _filled(parameter: str, words: Mapping[str, str]) -> str:
    for sign, sought in words.items():
        parameter = parameter.replace(sign, sought)
    return parameter


def _types() -> tuple[int, ...]:
    """The numbers of the types in this database, which stand in a statement."""
    known = ContentType.objects.get_for_models(*{source.model for source in sources()})
    return tuple(sorted(found.pk for found in known.values()))
