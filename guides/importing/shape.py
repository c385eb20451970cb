"""What a guide holds, read off its models: each field of its page and of its rows as a typed column.

Import, export and tables all speak of these columns, so that a field added to a model travels at once. People,
units and places travel as keys, legal documents as numbers, forms as the fingerprint of their file.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.documents.models import Document
from wagtail.models import Page

from guides.models import LegalDocument, ProcedurePage
from guides.models.rows import Row
from home.fields import ChoiceSetField

OF_THE_TREE = ("title", "seo_title", "search_description")  # what Wagtail's own page holds of a guide
# What a guide is known by stays out of its values; so does what no editor edits: copies, and what a site counts.
IDENTITY = frozenset({"page_ptr", "code"})
STAYS_OF_ROWS = frozenset({"id", "page", "locale", "translation_key", "sort_order"})


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    HOUR = "hour"
    YES_NO = "yes_no"
    CHOICES = "choices"
    KEY = "key"
    KEYS = "keys"
    LAW = "law"
    FORM = "form"


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind
    field: Any  # a model field; Django's types of fields take two parameters that say nothing here

    @property
    def choices(self) -> list[tuple[str, Any]]:
        if isinstance(self.field, ChoiceSetField):
            return self.field.choice_set
        return [(str(key), label) for key, label in self.field.choices or ()]

    @property
    def related(self) -> Any:
        return self.field.related_model

    @property
    def empty(self) -> Any:
        """What the column holds in a guide that nobody has filled in."""
        if self.kind in (Kind.CHOICES, Kind.KEYS):
            return []
        if self.kind in (Kind.KEY, Kind.LAW):
            return ""
        found = self.field.get_default()
        return str(found) if self.kind is Kind.TEXT else found


@dataclass(frozen=True)
class RowKind:
    name: str
    model: type[Row]
    columns: tuple[Column, ...]


@cache
def page_columns() -> tuple[Column, ...]:
    own = [field for field in ProcedurePage._meta.concrete_fields if field.model is not Page]
    fields = [ProcedurePage._meta.get_field(name) for name in OF_THE_TREE]
    fields += [field for field in own if field.editable and field.name not in IDENTITY]
    fields += ProcedurePage._meta.local_many_to_many
    return _columns(fields)


@cache
def row_kinds() -> dict[str, RowKind]:
    """By the name under which a guide knows its rows, in the order of the models."""
    found = {}
    for relation in get_all_child_relations(ProcedurePage):
        model, name = relation.related_model, relation.get_accessor_name()
        if issubclass(model, Row):
            fields = [field for field in model._meta.concrete_fields if field.name not in STAYS_OF_ROWS]
            found[name] = RowKind(name, model, _columns(fields))
    return found


@cache
def empty_values() -> dict[str, Any]:
    return {column.name: column.empty for column in page_columns()} | {name: [] for name in row_kinds()}


def kind_of(field: Any) -> Kind | None:
    """None for a field that cannot travel."""
    if isinstance(field, ParentalManyToManyField) and _is_keyed(field.related_model):
        return Kind.KEYS
    if isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey):
        return _kind_of_link(field.related_model)
    kinds: list[tuple[type, Kind]] = [
        (ChoiceSetField, Kind.CHOICES),
        (models.BooleanField, Kind.YES_NO),
        (models.IntegerField, Kind.NUMBER),
        (models.DateField, Kind.DAY),
        (models.TimeField, Kind.HOUR),
        (models.CharField, Kind.TEXT),
        (models.TextField, Kind.TEXT),
    ]
    if isinstance(field, models.DateTimeField):
        return None
    return next((kind for model, kind in kinds if isinstance(field, model)), None)


def _kind_of_link(model: Any) -> Kind | None:
    if model is LegalDocument:
        return Kind.LAW
    if issubclass(model, Document):
        return Kind.FORM
    return Kind.KEY if _is_keyed(model) else None


def _is_keyed(model: Any) -> bool:
    return any(field.name == "key" and field.unique for field in model._meta.concrete_fields)


def _columns(fields: Any) -> tuple[Column, ...]:
    names = {Kind.LAW: "number"}
    found = [(field, kind_of(field)) for field in fields]
    return tuple(Column(names.get(kind, field.name), kind, field) for field, kind in found if kind)
