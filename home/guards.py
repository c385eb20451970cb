"""Apps that depend on officials, units, accounts and settings may refuse a change of them before it is saved.

A guard gets the changed row and raises `ValidationError` with a sentence for whoever saves it.
"""

from collections.abc import Callable

from django.db.models import Model

Guard = Callable[[Model], None]

_guards: list[Guard] = []


def register(guard: Guard) -> None:
    _guards.append(guard)


def check(row: Model) -> None:
    for guard in _guards:
        guard(row)
