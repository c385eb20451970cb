"""A whole guide as JSON, under one key beside the fields of the portal: what their shape has no place for.

{"version": 1, "slug": …, "guide": {field: value, rows: [{column: value}]}, "documents": [legal documents],
"forms": [{"sha1", "title", "name"}], "translations": {language: {"slug", "guide", "ties"}}}
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from guides.importing import forms
from guides.importing.coherence import faults
from guides.importing.fields import Fields
from guides.importing.incoming import Form, Translation
from guides.importing.legal_documents import DAYS, NamedLaw
from guides.importing.shape import Column, empty_values, page_columns, row_kinds
from guides.importing.typed import Wrong, checked, checked_address, checked_day, checked_text
from guides.importing.values import Values

KEY = "gan_dan"
VERSION = 1
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LONGEST = {"number": 80, "kind": 60, "title": 600, "issuer": 200, "replaced_by": 80}  # of a legal document


@dataclass(frozen=True)
class WholeGuide:
    slug: str
    values: Values
    documents: dict[str, NamedLaw]
    forms: dict[str, Form]
    translations: dict[str, Translation]


def read_whole(fields: Fields, folder: Path) -> WholeGuide | None:
    """None where a file holds no such part, or one that is refused: the reasons stand among the problems.

    Forms are looked for below `folder`.
    """
    if KEY not in fields.raw:
        return None
    part = fields.group(KEY)
    version = part.number("version") or 0
    if version != VERSION:
        words = {"version": version, "known": VERSION}
        part.wrong("version", _("is %(version)d, and this site reads %(known)d") % words)
        return None
    return WholeGuide(
        slug=_slug(part),
        values=_values(part.group("guide")),
        documents={law.number: law for law in _documents(part)},
        forms=dict(_forms(part, folder / forms.FOLDER)),
        translations=dict(_translations(part)),
    )


def unknown_fields(fields: Fields) -> list[tuple[str, str]]:
    """(place, name) of what another version may know and this one leaves out."""
    guide = fields.group(KEY).group("guide")
    return [(guide.path + name, name) for name in guide.raw if name not in empty_values()]


def _values(guide: Fields) -> Values:
    """Only the fields that are there. A field with a fault is left out: its fault stands among the problems."""
    before = len(guide.problems)
    values = _columns(guide, page_columns(), list(guide.raw))
    for name, kind in row_kinds().items():
        if name in guide.raw:
            values[name] = [
                _columns(row, kind.columns, [column.name for column in kind.columns])
                for row in guide.groups(name)
            ]
    if len(guide.problems) == before:
        for name, place, column, reason in faults(values):
            guide.wrong(f"{name}[{place}].{column}", reason)
    return values


def _columns(holder: Fields, columns: tuple[Column, ...], names: list[str]) -> Values:
    found: Values = {}
    for column in columns:
        if column.name not in names:
            continue
        try:
            found[column.name] = checked(column, holder.raw.get(column.name, column.empty))
        except Wrong as wrong:
            holder.wrong(column.name, str(wrong))
    return found


def _slug(part: Fields) -> str:
    text = part.text("slug", 255)
    if text and not text.replace("-", "").replace("_", "").isalnum():
        part.wrong("slug", _("is no web address"))
    return text


def _documents(part: Fields) -> Iterator[NamedLaw]:
    for row in part.groups("documents"):
        try:
            texts = {name: checked_text(row.raw.get(name), limit) for name, limit in LONGEST.items()}
            days = {name: checked_day(row.raw.get(name)) for name in DAYS}
            address = checked_address(row.raw.get("url"))
        except Wrong as wrong:
            row.wrong("number", str(wrong))
            continue
        if not texts["number"]:
            row.wrong("number", _("is missing"))
        elif "" < days["in_force_to"] < days["in_force_from"]:
            row.wrong("in_force_to", _("It ends before it begins."))
        else:
            yield NamedLaw(**texts, **days, url=address)


def _forms(part: Fields, folder: Path) -> Iterator[tuple[str, Form]]:
    for row in part.groups("forms"):
        fingerprint, name = row.text("sha1", 40), row.text("name", 255)
        if len(fingerprint) != 40 or not fingerprint.isalnum() or not fingerprint.isascii():
            row.wrong("sha1", _("is no fingerprint of a file"))
        else:
            form = Form(row.text("title", 255) or name, Path(name).name)
            yield fingerprint, forms.read_form(folder, fingerprint, form)


def _translations(part: Fields) -> Iterator[tuple[str, Translation]]:
    for language in part.group("translations").raw:
        translation = part.group("translations").group(language)
        if language not in LANGUAGES:
            translation.wrong("", _("is none of: %(known)s") % {"known": ", ".join(LANGUAGES)})
            continue
        ties = translation.group("ties")
        yield (
            language,
            Translation(
                slug=_slug(translation),
                values=_values(translation.group("guide")),
                ties={name: _places(ties, name) for name in row_kinds()},
            ),
        )


def _places(ties: Fields, name: str) -> list[int | None]:
    found: Any = ties.raw.get(name) or []
    if not isinstance(found, list) or not all(item is None or type(item) is int for item in found):
        ties.wrong(name, _("is not a list"))
        return []
    return found
