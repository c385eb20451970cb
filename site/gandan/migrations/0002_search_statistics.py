"""What search knows of its index, and the index that modelsearch's PostgreSQL search needs and does not make."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ADD = (
    "CREATE INDEX IF NOT EXISTS gandan_search_words ON modelsearch_indexentry USING gin ((title || body))"
)
REMOVE = "DROP INDEX IF EXISTS gandan_search_words"


def add_index(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def remove_index(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)


class Migration(migrations.Migration):
    dependencies = [
        ("gandan", "0001_initial"),
        ("modelsearch", "0004_rename_modelsear_autocom_476c89_gin_modelsearch_autocom_ea8581_gin_and_more"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchStatistics",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=10, unique=True)),
                ("version", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.RunPython(add_index, remove_index),
    ]
