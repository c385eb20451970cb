"""A guide's translations come in with it, once: afterwards they belong to those who translate."""

from wagtail.models import Locale

from guides.importing.drafts import add_draft, find_index, free_address
from guides.importing.incoming import Incoming, Translation
from guides.importing.shape import row_kinds
from guides.importing.values import write_values
from guides.models import GuidesIndexPage, ProcedurePage
from home.models import User


def add_translations(page: ProcedurePage, guide: Incoming, by: User | None) -> list[str]:
    """The languages that were added; one in which the commune has no pages is left out."""
    added = []
    for language, translation in guide.translations.items():
        locale = Locale.objects.filter(language_code=language).exclude(pk=page.locale_id).first()
        index = find_index(locale) if locale else None
        if index is not None:
            add_draft(_translated(page, guide, translation, index), index, by)
            added.append(language)
    return added


def _translated(
    page: ProcedurePage, guide: Incoming, translation: Translation, index: GuidesIndexPage
) -> ProcedurePage:
    translated = ProcedurePage(code=guide.code, live=False, translation_key=page.translation_key)
    translated.locale_id = index.locale_id
    write_values(translated, translation.values, guide.laws)
    translated.slug = free_address(guide, translation.slug, translated.title, index)
    for name in row_kinds():
        _tie(page, translated, name, translation.ties.get(name, []))
    return translated


def _tie(page: ProcedurePage, translated: ProcedurePage, name: str, ties: list[int | None]) -> None:
    """Each row keeps the key of the row it translates; an original is translated once."""
    keys = [row.translation_key for row in getattr(page, name).all()]
    rows = list(getattr(translated, name).all())
    for row, place in zip(rows, ties, strict=False):
        if place is not None and 0 <= place < len(keys) and keys[place]:
            row.translation_key, keys[place] = keys[place], None
    setattr(translated, name, rows)
