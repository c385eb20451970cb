"""The index that modelsearch's search on PostgreSQL needs and does not make; run by a migration."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ADD = "CREATE INDEX IF NOT EXISTS gandan_search_words ON modelsearch_indexentry USING gin ((title || body))"
REMOVE = "DROP INDEX IF EXISTS gandan_search_words"


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)
