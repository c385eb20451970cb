"""Legal documents by number. One that is there stays as its editor left it; one that is not yet is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from guides.models import LegalDocument

TEXTS = ("kind", "title", "issuer", "url")
DAYS = ("date", "in_force_from", "in_force_to")


@dataclass(frozen=True)
class NamedLaw:
    """Days are ISO dates or empty; the records of the portal know none, nor an issuer."""

    number: str
    kind: str
    title: str
    date: str = ""
    issuer: str = ""
    url: str = ""
    in_force_from: str = ""
    in_force_to: str = ""
    replaced_by: str = ""


def documents_by_number(numbers: Iterable[str], laws: dict[str, NamedLaw]) -> dict[str, LegalDocument]:
    """Makes what is missing, together with what replaces it, from `laws`."""
    wanted = list(dict.fromkeys(numbers))
    if not wanted:
        return {}
    known = {document.number: document for document in LegalDocument.objects.filter(number__in=wanted)}
    new = [number for number in wanted if number not in known]
    for number in new:
        known[number] = _made(number, laws)
    for number in new:
        _link(known[number], _described(number, laws).replaced_by, laws)
    return known


def as_named_law(document: LegalDocument) -> NamedLaw:
    texts: dict[str, Any] = {name: getattr(document, name) for name in TEXTS}
    days = {name: value.isoformat() if (value := getattr(document, name)) else "" for name in DAYS}
    replaced_by = document.replaced_by.number if document.replaced_by else ""
    return NamedLaw(number=document.number, **texts, **days, replaced_by=replaced_by)


def with_replacements(documents: Iterable[LegalDocument]) -> list[LegalDocument]:
    """The documents, those that replaced them, those that replaced these, each once."""
    found: dict[str, LegalDocument] = {}
    waiting = list(documents)
    while waiting:
        document = waiting.pop(0)
        if document.number not in found:
            found[document.number] = document
            waiting += [document.replaced_by] if document.replaced_by else []
    return list(found.values())


def _made(number: str, laws: dict[str, NamedLaw]) -> LegalDocument:
    law = _described(number, laws)
    texts: dict[str, Any] = {name: getattr(law, name) for name in TEXTS}
    days = {name: date.fromisoformat(text) if (text := getattr(law, name)) else None for name in DAYS}
    return LegalDocument.objects.create(number=number, **texts, **days)


def _described(number: str, laws: dict[str, NamedLaw]) -> NamedLaw:
    return laws.get(number) or NamedLaw(number, "", "")


def _link(document: LegalDocument, replaced_by: str, laws: dict[str, NamedLaw]) -> None:
    """Follows the chain of replacements; one that nobody can describe is left out."""
    if not replaced_by or document.replaced_by_id or replaced_by == document.number:
        return
    newer = LegalDocument.objects.filter(number=replaced_by).first()
    is_new = newer is None and replaced_by in laws
    if newer is None and is_new:
        newer = _made(replaced_by, laws)
    if newer is None:
        return
    document.replaced_by = newer
    document.save(update_fields=["replaced_by"])
    if is_new:
        _link(newer, laws[replaced_by].replaced_by, laws)
