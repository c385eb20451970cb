"""Lists of pages for readers of one language: its own pages, and Vietnamese ones that nobody has translated."""

from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

PageRow = TypeVar("PageRow", bound=Page)


def for_readers(pages: QuerySet[PageRow], language: str | None = None) -> QuerySet[PageRow]:
    """Live pages with their locales, each once; `language_of` tells which of them to mark."""
    language = language or get_language() or settings.LANGUAGE_CODE
    own = Q(locale__language_code=language)
    found = pages.filter(live=True).select_related("locale")
    if language == settings.LANGUAGE_CODE:
        return found.filter(own)
    translated = Page.objects.filter(own, live=True, translation_key=OuterRef("translation_key"))
    return found.filter(own | Q(Q(locale__language_code=settings.LANGUAGE_CODE) & ~Exists(translated)))


def language_of(page: Any) -> str:
    """For `lang` and a word beside the title: empty where the page is in the reader's language."""
    code: str = page.locale.language_code
    return "" if code == get_language() else code


def noted(note: str, page: Any) -> str:
    """The note of a list row, which begins with the page's language where that is another one."""
    if not language_of(page):
        return note
    return " · ".join(filter(None, [_("in Vietnamese"), note]))
