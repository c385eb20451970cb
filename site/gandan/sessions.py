"""Sessions in the database, for staff alone; what cannot be a key of ours is not looked for.

A cookie may spell any character, and PostgreSQL refuses a NUL with an error instead of finding nothing.
"""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        return bool(super()._validate_session_key(key)) and str(key).isalnum()  # type: ignore[misc]
