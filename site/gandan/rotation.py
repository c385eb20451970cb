"""Moves what is encrypted to the newest of FIELD_KEYS, so that an older key can be taken away.

Which columns those are is asked of the models, never listed: every `EncryptedTextField` of every app, and the
secrets of the second factor, which allauth keeps in a JSON column. A value is replaced only where it still is what
was read, so staff may go on working meanwhile; it may be stopped and run again at any time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db.models import F, Model, TextField, Value
from django.db.models.functions import Cast

from gandan.crypto import EncryptedTextField, box

AT_ONCE = 500  # rows read at a time
SECRETS = ("secret", "seed", "migrated_codes")  # of an authenticator's data


@dataclass(frozen=True)
class Column:
    model: type[Model]
    name: str

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.name}"


@dataclass
class Tally:
    """`behind`: values under an older key; `moved`: those now under the newest; `unreadable`: "label pk" of each."""

    seen: int = 0
    behind: int = 0
    moved: int = 0
    unreadable: list[str] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return self.moved == self.behind and not self.unreadable


def columns() -> list[Column]:
    models = apps.get_models(include_auto_created=True)
    return [
        Column(model, each.attname)
        for model in models
        for each in model._meta.local_concrete_fields
        if isinstance(each, EncryptedTextField) and not model._meta.proxy
    ]


def count() -> int:
    """How many rows `rotate` will look at, a row of two encrypted columns counted twice."""
    return sum(column.model._base_manager.count() for column in columns()) + Authenticator.objects.count()


def rotate(tally: Tally, *, moves: bool = True) -> Iterator[None]:
    """Yields once a row. Without `moves` nothing is written, only counted."""
    for column in columns():
        yield from _rotate_column(column, tally, moves=moves)
    yield from _rotate_authenticators(tally, moves=moves)


def _rotate_column(column: Column, tally: Tally, *, moves: bool) -> Iterator[None]:
    rows = column.model._base_manager.annotate(sealed=Cast(F(column.name), TextField()))
    for pk, sealed in rows.values_list("pk", "sealed").order_by("pk").iterator(AT_ONCE):
        fresh = _moved(sealed, f"{column} {pk}", tally)
        if fresh is not None and moves:
            change: dict[str, Any] = {column.name: Value(fresh, output_field=TextField())}
            tally.moved += bool(rows.filter(pk=pk, sealed=sealed).update(**change))
        yield


def _rotate_authenticators(tally: Tally, *, moves: bool) -> Iterator[None]:
    for row in Authenticator.objects.order_by("pk").iterator(AT_ONCE):
        before, changed = dict(row.data), 0
        for name in (name for name in SECRETS if name in row.data):
            values = row.data[name] if isinstance(row.data[name], list) else [row.data[name]]
            fresh = [_moved(value, f"{row._meta.label} {row.pk}", tally) for value in values]
            changed += len(fresh) - fresh.count(None)
            kept = [new or old for new, old in zip(fresh, values, strict=True)]
            row.data[name] = kept if isinstance(row.data[name], list) else kept[0]
        if changed and moves and Authenticator.objects.filter(pk=row.pk, data=before).update(data=row.data):
            tally.moved += changed
        yield


def _moved(sealed: str | None, label: str, tally: Tally) -> str | None:
    """The value under the newest key; None when it is empty, there already, or no key opens it."""
    if not sealed:
        return None
    tally.seen += 1
    if _is_newest(sealed):
        return None
    try:
        fresh = box().rotate(sealed.encode()).decode("ascii")
    except InvalidToken:
        tally.unreadable.append(label)
        return None
    tally.behind += 1
    return fresh


def _is_newest(sealed: str) -> bool:
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True
