"""Pages named by words that another site understands: "vi/1.001193" for a guide, "vi/quen-mat-khau" for a lesson."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from guides.models import ProcedurePage


def name_of(page: Any) -> str:
    return f"{page.locale.language_code}/{getattr(page, 'code', '') or page.slug}"


def names_of(pages: Iterable[Any]) -> list[str]:
    return sorted(name_of(page) for page in pages)


def page_named(name: str, model: type[Page]) -> Any | None:
    """None where this site has no such page."""
    language, _slash, key = name.partition("/")
    pages = model._default_manager.filter(locale__language_code=language, alias_of=None)
    if issubclass(model, ProcedurePage):
        by_code = pages.filter(code=key).first() if key else None
        if by_code is not None:
            return by_code
    return pages.filter(slug=key).order_by("pk").first()
