"""What a lesson holds, read off its model: whatever page type stands below the index of lessons, and its rows.

A field that is added to a model travels at once; `uncarried` names those of a kind that cannot, and a test wants
none. People and places travel as keys, other pages as "vi/their-address", pictures and sound as fingerprints.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.images import get_image_model
from wagtail.models import Page

from guides.importing.shape import OF_THE_TREE, Column, Kind, kind_of
from guides.models import GuidesIndexPage, ProcedurePage

STAYS = frozenset({"page_ptr", "useful_count"})  # identity, and what a site counts itself
STAYS_OF_ROWS = frozenset({"id", "locale", "translation_key", "sort_order"})


class Link(StrEnum):
    PAGE = "page"
    PAGES = "pages"
    PICTURE = "picture"


@dataclass(frozen=True)
class Cell:
    """One field. `column` is None for a link, `link` None for anything else."""

    name: str
    field: Any
    column: Column | None = None
    link: Link | None = None

    @property
    def empty(self) -> Any:
        if self.column:
            return self.column.empty
        return [] if self.link is Link.PAGES else ""


@dataclass(frozen=True)
class Rows:
    name: str
    model: Any
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Shape:
    model: Any
    cells: tuple[Cell, ...]
    rows: tuple[Rows, ...]


def lesson_models() -> list[Any]:
    """Page types below the index of lessons; those that name other lessons come after them."""
    found = [
        model
        for model in GuidesIndexPage.clean_subpage_models()
        if model not in (GuidesIndexPage, ProcedurePage)
    ]
    return sorted(found, key=lambda model: (_names_one_of(model, found), model.__name__))


_shapes: dict[Any, Shape] = {}


def shape_of(model: Any) -> Shape:
    """Worked out once for each page type."""
    if model not in _shapes:
        _shapes[model] = _shape(model)
    return _shapes[model]


def _shape(model: Any) -> Shape:
    rows = tuple(
        Rows(name, related, tuple(filter(None, map(_cell, _row_fields(related)))))
        for name, related in _child_models(model).items()
    )
    return Shape(model, tuple(filter(None, map(_cell, _page_fields(model)))), rows)


def uncarried(model: Any) -> list[str]:
    """Fields of a page or its rows that no pack can hold yet."""
    missing = [field.name for field in _page_fields(model) if _cell(field) is None]
    for name, related in _child_models(model).items():
        missing += [f"{name}.{field.name}" for field in _row_fields(related) if _cell(field) is None]
        missing += [f"{name}.{inner}" for inner in _child_models(related)]
    return missing


def _page_fields(model: Any) -> list[Any]:
    own = [field for field in model._meta.concrete_fields if field.model is not Page]
    named = [model._meta.get_field(name) for name in OF_THE_TREE]
    return [*named, *(field for field in [*own, *model._meta.local_many_to_many] if field.name not in STAYS)]


def _row_fields(model: Any) -> list[Any]:
    fields = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    return [
        field for field in fields if field.name not in STAYS_OF_ROWS and not isinstance(field, ParentalKey)
    ]


def _child_models(model: Any) -> dict[str, Any]:
    """Rows by the name their page knows them under, without Wagtail's own (comments)."""
    relations = get_all_child_relations(model)
    return {
        relation.get_accessor_name(): relation.related_model
        for relation in relations
        if not relation.related_model.__module__.startswith("wagtail")
    }


def _cell(field: Any) -> Cell | None:
    link = _link_of(field)
    if link:
        return Cell(field.name, field, link=link)
    kind = kind_of(field)
    if kind is None or kind is Kind.LAW:
        return None
    return Cell(field.name, field, Column(field.name, kind, field))


def _link_of(field: Any) -> Link | None:
    related = getattr(field, "related_model", None)
    if related is None:
        return None
    if isinstance(field, ParentalManyToManyField) and issubclass(related, Page):
        return Link.PAGES
    if isinstance(field, models.ForeignKey) and issubclass(related, Page):
        return Link.PAGE
    if isinstance(field, models.ForeignKey) and issubclass(related, get_image_model()):
        return Link.PICTURE
    return None


def _names_one_of(model: Any, others: list[Any]) -> bool:
    cells = [*shape_of(model).cells, *(cell for rows in shape_of(model).rows for cell in rows.cells)]
    return any(cell.link and cell.field.related_model in others for cell in cells)
