"""What many tests begin with is built once a worker; afterwards its rows are put back instead of being made again.

Founding a commune saves some forty pages with their revisions and search entries, which takes longer than most
tests. A build is known by its name and by what stood in the database before it, so that a test that begins from
anything else gets a real one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Site

from home.founding import found_site

Row = tuple[object, ...]
State = tuple[Row, ...]
Tables = dict[str, dict[object, Row]]


@dataclass(frozen=True)
class Change:
    gone: list[object]
    new: list[Row]


_built: dict[tuple[str, State], dict[str, Change]] = {}


def once(name: str, build: Callable[[], object]) -> None:
    """Leaves the database as `build` does. It must not depend on the clock, on files or on anything in memory."""
    tables = _tables()
    key = (name, _state(tables))
    if key in _built:
        for table, change in _built[key].items():
            _apply(table, tables[table], change)
        Site.clear_site_root_paths_cache()
        ContentType.objects.clear_cache()
        return
    before = _rows(tables)
    build()
    _built[key] = dict(_changes(before, _rows(tables)))


def once_founded(day: date) -> None:
    """The site with its home and index pages, and nothing else."""
    once(f"site of {day}", lambda: found_site(day))


def _tables() -> dict[str, str]:
    """Every table that our models use, with the column of its key; SQLite fills its full-text table by triggers."""
    existing = {name for name in connection.introspection.table_names() if not name.endswith("_fts")}
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.db_table: model._meta.pk.column
        for model in models
        if model._meta.managed and model._meta.db_table in existing
    }


def _state(tables: dict[str, str]) -> State:
    """How many rows each table has and the last of its keys: enough to tell one beginning from another."""
    counts = " UNION ALL ".join(
        f"SELECT '{table}', COUNT(*), MAX(CAST({_quoted(key)} AS TEXT)) FROM {_quoted(table)}"
        for table, key in tables.items()
    )
    return tuple(sorted(_selected(counts), key=lambda row: str(row[0])))


def _rows(tables: dict[str, str]) -> Tables:
    return {
        table: {row[0]: row[1:] for row in _selected(f"SELECT {_quoted(key)}, * FROM {_quoted(table)}")}
        for table, key in tables.items()
    }


def _changes(before: Tables, after: Tables) -> Iterator[tuple[str, Change]]:
    for table, rows in after.items():
        gone = [key for key, row in before[table].items() if rows.get(key) != row]
        new = [row for key, row in rows.items() if before[table].get(key) != row]
        if gone or new:
            yield table, Change(gone, new)


def _apply(table: str, key: str, change: Change) -> None:
    """Foreign keys are checked when the transaction ends, so the order of tables does not matter."""
    with connection.cursor() as cursor:
        if change.gone:
            cursor.executemany(
                f"DELETE FROM {_quoted(table)} WHERE {_quoted(key)} = %s", [(k,) for k in change.gone]
            )
        if change.new:
            places = ", ".join(["%s"] * len(change.new[0]))
            cursor.executemany(
                f"INSERT INTO {_quoted(table)} VALUES ({places})",
                [tuple(map(_storable, row)) for row in change.new],
            )


def _storable(value: object) -> object:
    return str(value) if isinstance(value, time) else value  # SQLite's driver reads times but takes none


def _selected(sql: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
