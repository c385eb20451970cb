"""Writes what `whole` reads: a guide with its rows, its translations, and what it names outside itself."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from wagtail.documents.models import Document

from guides.importing.legal_documents import as_named_law, with_replacements
from guides.importing.shape import Kind, row_kinds
from guides.importing.values import fingerprint_of, read_values
from guides.importing.whole import VERSION
from guides.models import ProcedurePage


def as_last_saved(page: ProcedurePage) -> ProcedurePage:
    """The guide with an editor's unpublished work."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


def whole_document(page: ProcedurePage) -> dict[str, Any]:
    """Of a page as it is handed in; of its translations as they were saved last."""
    translations = _translations(page)
    pages = [page, *translations.values()]
    return {
        "version": VERSION,
        "slug": page.slug,
        "guide": read_values(page),
        "documents": _documents(pages),
        "forms": [
            {"sha1": fingerprint, "title": form.title, "name": form.filename}
            for fingerprint, form in _forms(pages).items()
        ],
        "translations": {
            language: {"slug": other.slug, "guide": read_values(other), "ties": _ties(page, other)}
            for language, other in translations.items()
        },
    }


def forms_of(page: ProcedurePage) -> dict[str, Document]:
    """The forms of a guide and its translations by the fingerprints of their files; a lost file is left out."""
    return _forms([page, *_translations(page).values()])


def _translations(page: ProcedurePage) -> dict[str, ProcedurePage]:
    others = page.get_translations().filter(alias_of=None).select_related("locale")
    return {other.locale.language_code: as_last_saved(other) for other in others}


def _documents(pages: Iterable[ProcedurePage]) -> list[dict[str, Any]]:
    cited = [row.document for page in pages for row in page.legal_basis.all()]
    return [asdict(as_named_law(document)) for document in with_replacements(cited)]


def _forms(pages: Iterable[ProcedurePage]) -> dict[str, Document]:
    named = [
        getattr(row, column.field.name)
        for page in pages
        for kind in row_kinds().values()
        for column in kind.columns
        if column.kind is Kind.FORM
        for row in getattr(page, kind.name).all()
    ]
    found = {fingerprint_of(form): form for form in named if form is not None}
    return {fingerprint: form for fingerprint, form in found.items() if fingerprint}


def _ties(page: ProcedurePage, other: ProcedurePage) -> dict[str, list[int | None]]:
    """For each row of a translation the place of the row it translates."""
    ties = {}
    for name in row_kinds():
        places = {row.translation_key: place for place, row in enumerate(getattr(page, name).all())}
        ties[name] = [places.get(row.translation_key) for row in getattr(other, name).all()]
    return ties
