"""Wagtail's search backend: modelsearch's own for the database in use, with text folded on both sides.

The setting names this package; modelsearch takes `SearchBackend` from it. The public search takes `any_of` and
`all_of`, which read the same index across all types, and the words they match from `anything` and `everything`.
"""

from django.db import connection

if connection.vendor == "postgresql":
    from gandan.search.backends.postgres import (
        ENTRY,
        NAMES,
        TEXT,
        all_of,
        any_of,
        anything,
        everything,
        leading,
    )
    from gandan.search.backends.postgres import FoldedPostgresBackend as SearchBackend
elif connection.vendor == "sqlite":
    from gandan.search.backends.sqlite import (
        ENTRY,
        NAMES,
        TEXT,
        all_of,
        any_of,
        anything,
        everything,
        leading,
    )
    from gandan.search.backends.sqlite import FoldedSQLiteBackend as SearchBackend
else:
    raise ImportError(f"Search works on SQLite and PostgreSQL, not on {connection.vendor}.")

__all__ = ["ENTRY", "NAMES", "TEXT", "SearchBackend", "all_of", "any_of", "anything", "everything", "leading"]
