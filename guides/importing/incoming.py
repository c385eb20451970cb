"""One guide that wants to come in: out of an official record, out of another site's export, out of a table."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from guides.importing.findings import Finding
from guides.importing.legal_documents import NamedLaw
from guides.importing.values import Values

Marks = tuple[
    str, str
]  # of the value the site held, and of the value the table says, when the table was written


class Origin(StrEnum):
    OFFICIAL = "official"  # a record of the national portal
    GUIDE = "guide"  # a guide as another site (or this one) exported it
    TABLE = "table"  # a table a clerk filled in


@dataclass(frozen=True)
class Translation:
    """`ties` names for each kind of rows the place of the row that each row translates, None where it is alone."""

    slug: str
    values: Values
    ties: dict[str, list[int | None]]


@dataclass(frozen=True)
class Form:
    """A form to fill in; `body` is None where only its fingerprint is known."""

    title: str
    name: str
    body: bytes | None = None


@dataclass(frozen=True)
class Incoming:
    """`base` holds for each field what a table was exported from; None for everything that knows no such thing."""

    file: Path
    code: str
    fingerprint: str
    origin: Origin
    values: Values
    laws: dict[str, NamedLaw] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    slug: str = ""
    forms: dict[str, Form] = field(default_factory=dict)
    translations: dict[str, Translation] = field(default_factory=dict)
    base: dict[str, Marks] | None = None

    @property
    def identity(self) -> str:
        """Under which the guide is known: its code, or its address where it has none."""
        return self.code or self.slug

    @property
    def title(self) -> str:
        return str(self.values.get("title", ""))


def mark(value: Any) -> str:
    """A short mark that equal values share and, as far as anyone will meet, different ones do not."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
