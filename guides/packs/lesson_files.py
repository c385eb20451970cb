"""The part "lessons" of a content pack as files: one JSON a lesson with all its languages, pictures and sound beside.

{"version": 1, "kind": "tutorialpage", "name": "vi/quen-mat-khau", "languages": {"vi": {"slug", "lesson": {…}},
"en": {"slug", "lesson", "ties": {"cards": [0, 1, null]}}}, "pictures": [{"sha1", "file", "title", "alt"}],
"documents": [{"sha1", "file", "title", "name"}]}
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from gandan.packs import Line, PackWriter
from gandan.text import slug
from guides.drafting import newest
from guides.importing.forms import ending_of
from guides.packs.columns import lesson_models, shape_of
from guides.packs.lesson_values import documents_of, pictures_of, read_lesson
from guides.packs.naming import name_of

NAME = "lessons"
VERSION = 1


def export_lessons(pack: PackWriter) -> list[Line]:
    lines = []
    for model in lesson_models():
        for pages in _with_translations(model):
            original = next(iter(pages.values()))
            path = f"{NAME}/{model._meta.model_name}-{slug(original.slug) or original.pk}.json"
            content, remarks = _content(pack, model, pages)
            pack.add_json(path, content)
            lines.append(Line(original.title, _("written"), tuple(remarks)))
    pack.count(NAME, len(lines))
    return lines


def _with_translations(model: Any) -> Iterator[dict[str, Any]]:
    """Pages by language, as their editors saved them last; the site's own language first."""
    groups: dict[Any, dict[str, Any]] = defaultdict(dict)
    for page in model.objects.filter(alias_of=None).select_related("locale").order_by("path"):
        groups[page.translation_key][page.locale.language_code] = newest(page)
    for pages in groups.values():
        own = settings.LANGUAGE_CODE
        yield dict(sorted(pages.items(), key=lambda item: (item[0] != own, item[0])))


def _content(pack: PackWriter, model: Any, pages: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    original = next(iter(pages.values()))
    remarks: list[str] = []
    languages: dict[str, Any] = {}
    for language, page in pages.items():
        languages[language] = {"slug": page.slug, "lesson": read_lesson(page)}
        if page is not original:
            languages[language]["ties"] = _ties(original, page)
    content = {
        "version": VERSION,
        "kind": model._meta.model_name,
        "name": name_of(original),
        "languages": languages,
        "pictures": _files(pack, pages, "pictures", remarks),
        "documents": _files(pack, pages, "documents", remarks),
    }
    return content, remarks


def _ties(original: Any, page: Any) -> dict[str, list[int | None]]:
    """For each row of a translation the place of the row it translates."""
    ties = {}
    for rows in shape_of(type(page)).rows:
        keys = [getattr(row, "translation_key", None) for row in getattr(original, rows.name).all()]
        places = {key: place for place, key in enumerate(keys) if key}
        there = getattr(page, rows.name).all()
        ties[rows.name] = [places.get(getattr(row, "translation_key", None)) for row in there]
    return ties


def _files(pack: PackWriter, pages: dict[str, Any], folder: str, remarks: list[str]) -> list[dict[str, str]]:
    find = {"pictures": pictures_of, "documents": documents_of}[folder]
    found = {mark: thing for page in pages.values() for mark, thing in find(page).items()}
    rows = []
    for mark, thing in found.items():
        ending = (
            PurePosixPath(thing.filename).suffix.lower()
            if folder == "pictures"
            else ending_of(thing.filename)
        )
        try:
            with thing.open_file() as file:
                pack.add(f"{NAME}/{folder}/{mark}{ending}", file.read())
        except OSError:
            remarks.append(_("the file “%(title)s” is lost") % {"title": thing.title})
            continue
        row = {"sha1": mark, "file": f"{mark}{ending}", "title": thing.title}
        more = {"alt": thing.description} if folder == "pictures" else {"name": thing.filename}
        rows.append({**row, **more})
    return rows
