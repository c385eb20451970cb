"""The database itself keeps the history of cases: UPDATE and DELETE of events and facts of moves are refused.

Run by migrations. SQLite drops the triggers when a later migration rebuilds a table: such a migration ends with
`keep_history` again, which may be run any number of times.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EVENTS = "feedback_caseevent"
FACTS = (
    "feedback_forwarding",
    "feedback_refusal",
    "feedback_extension",
    "feedback_rating",
    "feedback_escalation",
)
COMMITMENTS = "feedback_commitmentstep"
TABLES = (EVENTS, *FACTS, COMMITMENTS)
REFUSAL = "case events are append-only"


def keep_history(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _free(schema_editor.connection, TABLES)
    _keep(schema_editor.connection, TABLES)


def free_history(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _free(schema_editor.connection, TABLES)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """For a database that is emptied between tests, and nothing else."""
    _free(connection, TABLES)
    try:
        yield
    finally:
        _keep(connection, TABLES)


def _keep(connection: BaseDatabaseWrapper, tables: tuple[str, ...]) -> None:
    for table in tables:
        if connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                _run(
                    connection,
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
                )
        else:
            _run(
                connection,
                f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            )
            _run(
                connection,
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            )


def _free(connection: BaseDatabaseWrapper, tables: tuple[str, ...]) -> None:
    for table in tables:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                _run(connection, f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        else:
            _run(connection, f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            _run(connection, f"DROP FUNCTION IF EXISTS {table}_refuse()")


def _run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
