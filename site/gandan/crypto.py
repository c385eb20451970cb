"""Encryption at rest: one field type over MultiFernet, keys in FIELD_KEYS, newest first.

Encrypted columns cannot be filtered in SQL. A value that no key opens raises `InvalidToken`: losing a key must
be noticed, never read as an empty text.
"""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    return _box(tuple(settings.FIELD_KEYS))


class EncryptedTextField(models.TextField):
    """Text that is ciphertext in the database and plain text in Python; the empty text stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if not value:
            return value
        return box().encrypt(value.encode()).decode("ascii")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if not value:
            return value
        return box().decrypt(value.encode("ascii")).decode()

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it cannot be filtered by {lookup_name}")
        return super().get_lookup(lookup_name)
