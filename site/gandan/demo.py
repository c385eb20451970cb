"""The demo commune is loaded in parts: each app registers the part it owns, `load_demo` runs them in order.

A part takes the day of the first load and a function that tells what is being done; it creates what is missing
by stable keys and never changes what exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

Tell = Callable[[str], None]
Load = Callable[[date, Tell], None]


@dataclass(frozen=True)
class Part:
    order: int
    name: str
    load: Load


_parts: list[Part] = []


def register(order: int, name: str, load: Load) -> None:
    _parts.append(Part(order, name, load))


def parts() -> list[Part]:
    return sorted(_parts, key=lambda part: part.order)
