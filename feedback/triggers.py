"""The database itself keeps the history of cases: `feedback_caseevent` refuses UPDATE and DELETE.

Run by the app's first migration. SQLite drops the triggers when a later migration rebuilds the table: such a
migration ends with `keep_events` again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "feedback_caseevent"
REFUSAL = "case events are append-only"

SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("UPDATE", "DELETE")
]
SQLITE_UNDO = [f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete")]

POSTGRESQL = [
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
]
POSTGRESQL_UNDO = [
    f"DROP TRIGGER IF EXISTS {TABLE}_append_only ON {TABLE}",
    f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
]


def keep_events(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor.connection, SQLITE, POSTGRESQL)


def free_events(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor.connection, SQLITE_UNDO, POSTGRESQL_UNDO)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """For a database that is emptied between tests, and nothing else."""
    _run(connection, SQLITE_UNDO, POSTGRESQL_UNDO)
    try:
        yield
    finally:
        _run(connection, SQLITE, POSTGRESQL)


def _run(connection: BaseDatabaseWrapper, sqlite: list[str], postgresql: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]:
            cursor.execute(statement)
