"""Reads one lesson out of a pack: every field checked as its model would, each fault with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from gandan.packs import Pack
from guides.importing.forms import LARGEST_FORM
from guides.importing.incoming import Form
from guides.importing.typed import Wrong, checked, checked_text
from guides.packs.columns import Cell, Link, lesson_models, shape_of
from guides.packs.lesson_files import NAME, VERSION
from guides.packs.pictures import LONGEST, Picture, fingerprint

Values = dict[str, Any]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
MOST_ROWS = 500


@dataclass(frozen=True)
class Written:
    """One language of a lesson. `ties` as `lesson_files` writes them."""

    language: str
    slug: str
    values: Values
    ties: dict[str, list[int | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Lesson:
    path: str
    model: Any
    name: str
    languages: tuple[Written, ...]
    pictures: dict[str, Picture]
    documents: dict[str, Form]
    unknown: tuple[str, ...]  # fields that another version of this site may know


class Faulty(Exception):
    def __init__(self, faults: list[str]) -> None:
        super().__init__(*faults)
        self.faults = faults


def read_lesson_file(pack: Pack, path: str) -> Lesson:
    """Raises Faulty with a sentence for each fault."""
    raw = pack.json(path)
    faults: list[str] = []
    model = _model_of(raw)
    if model is None:
        raise Faulty([_("This site has no such kind of page.")])
    languages = tuple(_languages(raw, model, faults))
    pictures, documents = _pictures(pack, raw), _documents(pack, raw)
    if faults or not languages:
        raise Faulty(faults or [_("It holds no language.")])
    name = raw.get("name") if isinstance(raw.get("name"), str) else path
    return Lesson(path, model, name, languages, pictures, documents, tuple(_unknown(raw, model)))


def _model_of(raw: Any) -> Any | None:
    if not isinstance(raw, dict) or raw.get("version") != VERSION:
        return None
    return next((model for model in lesson_models() if model._meta.model_name == raw.get("kind")), None)


def _languages(raw: dict[str, Any], model: Any, faults: list[str]) -> Iterator[Written]:
    found = raw.get("languages")
    for language, part in found.items() if isinstance(found, dict) else ():
        if (
            language not in LANGUAGES
            or not isinstance(part, dict)
            or not isinstance(part.get("lesson"), dict)
        ):
            faults.append(_("%(place)s cannot be read") % {"place": f"languages.{language[:20]}"})
            continue
        try:
            slug = checked_text(part.get("slug"), 255)
        except Wrong as wrong:
            faults.append(f"{language}.slug: {wrong}")
            continue
        if not slug or not slug.replace("-", "").replace("_", "").isalnum():
            faults.append(f"{language}.slug: " + _("is no web address"))
            continue
        values = _values(part["lesson"], model, f"{language}.", faults)
        yield Written(language, slug, values, _ties(part.get("ties")))


def _values(raw: dict[str, Any], model: Any, place: str, faults: list[str]) -> Values:
    shape = shape_of(model)
    values = _cells(raw, shape.cells, place, faults)
    for rows in shape.rows:
        if rows.name in raw:
            values[rows.name] = list(_rows(raw[rows.name], rows.cells, f"{place}{rows.name}", faults))
    return values


def _rows(raw: Any, cells: tuple[Cell, ...], place: str, faults: list[str]) -> Iterator[Values]:
    if not isinstance(raw, list) or len(raw) > MOST_ROWS or not all(isinstance(row, dict) for row in raw):
        faults.append(_("%(place)s cannot be read") % {"place": place})
        return
    for number, row in enumerate(raw):
        whole = {cell.name: row.get(cell.name, cell.empty) for cell in cells}
        yield _cells(whole, cells, f"{place}[{number}].", faults)


def _cells(raw: dict[str, Any], cells: tuple[Cell, ...], place: str, faults: list[str]) -> Values:
    values: Values = {}
    for cell in cells:
        if cell.name in raw:
            try:
                values[cell.name] = _checked(cell, raw[cell.name])
            except Wrong as wrong:
                faults.append(f"{place}{cell.name}: {wrong}")
    return values


def _checked(cell: Cell, raw: Any) -> Any:
    if cell.column:
        return checked(cell.column, raw)
    if cell.link is Link.PAGES:
        if not isinstance(raw, list) or len(raw) > MOST_ROWS:
            raise Wrong(_("is not a list"))
        return sorted({checked_text(name, 300) for name in raw} - {""})
    return checked_text(raw, 300)


def _ties(raw: Any) -> dict[str, list[int | None]]:
    found = raw if isinstance(raw, dict) else {}
    return {
        name: [place if type(place) is int else None for place in places]
        for name, places in found.items()
        if isinstance(places, list)
    }


def _file_rows(raw: dict[str, Any], name: str) -> list[dict[str, str]]:
    rows = raw.get(name)
    wanted = ("sha1", "file", "title")
    return [
        row
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and all(isinstance(row.get(key), str) for key in wanted)
    ]


def _pictures(pack: Pack, raw: dict[str, Any]) -> dict[str, Picture]:
    """Only those whose file is in the pack and is the one that is named."""
    found = {}
    for row in _file_rows(raw, "pictures"):
        body = pack.body(f"{NAME}/pictures/{row['file']}")
        if body is not None and fingerprint(body) == row["sha1"]:
            alt = row.get("alt") if isinstance(row.get("alt"), str) else ""
            title = (row["title"] or row["file"])[: LONGEST["title"]]
            found[row["sha1"]] = Picture(title, str(alt)[: LONGEST["alt"]], body, row["file"])
    return found


def _documents(pack: Pack, raw: dict[str, Any]) -> dict[str, Form]:
    found = {}
    for row in _file_rows(raw, "documents"):
        body = pack.body(f"{NAME}/documents/{row['file']}")
        if body is not None and len(body) <= LARGEST_FORM and fingerprint(body) == row["sha1"]:
            found[row["sha1"]] = Form(row["title"][:255] or row["file"], row["file"], body)
    return found


def _unknown(raw: dict[str, Any], model: Any) -> Iterator[str]:
    shape = shape_of(model)
    known = {cell.name for cell in shape.cells} | {rows.name for rows in shape.rows}
    parts = [part.get("lesson", {}) for part in raw["languages"].values()]
    yield from sorted({name for part in parts for name in part} - known)
