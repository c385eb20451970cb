"""Content packs of the sample commune, and what tests do with them."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.models import Page

from gandan.packs import Line, Orders, Pack, PackWriter, parts, receive_pack, write_pack
from guides.importing.whole_export import as_last_saved
from guides.models import ImportedRecord, LegalDocument, ProcedurePage, ReceivedLesson, TutorialPage
from guides.packs.columns import lesson_models
from guides.packs.lesson_files import NAME
from guides.packs.lesson_values import read_lesson

NOW = datetime(2031, 4, 2, 3, 0, tzinfo=UTC)
DAY = date(2031, 4, 2)


@dataclass(frozen=True)
class Commune:
    """The sample commune before its guides and lessons were removed: what they held, and its packs."""

    guides: dict[str, Any]
    lessons: dict[str, Any]
    whole: bytes
    again: bytes
    only_lessons: bytes
    cards: list[Any]  # translation keys of the cards of one lesson


def pack_of(*names: str) -> bytes:
    file = io.BytesIO()
    wanted = names or ("guides", "lessons")
    write_pack(file, [part for part in parts() if part.name in wanted], DAY, "Xã Mẫu")
    return file.getvalue()


def take(body: bytes, **orders: Any) -> dict[str, list[Line]]:
    report = receive_pack(Pack(io.BytesIO(body)), parts(), Orders(**orders), NOW)
    assert report.refused == []
    return report.lines


def empty_the_site() -> None:
    """Guides and lessons and all that was remembered of them go; the people and places of the commune stay."""
    for model in (ImportedRecord, ReceivedLesson):
        model.objects.all().delete()
    for page_model in (*lesson_models(), ProcedurePage):
        for page in page_model.objects.all():
            Page.objects.get(pk=page.pk).delete()
    for library in (LegalDocument, Document, get_image_model()):
        library.objects.all().delete()


def every_lesson() -> dict[str, Any]:
    pages = [page for model in lesson_models() for page in model.objects.select_related("locale")]
    return {f"{page.locale.language_code}/{page.slug}": read_lesson(as_last_saved(page)) for page in pages}


def changed(body: bytes, path: str, change: Any) -> bytes:
    """The pack with one JSON changed, its checksum mended."""
    old = Pack(io.BytesIO(body))
    content = old.json(path)
    change(content)
    return repacked(old, {path: (json.dumps(content, ensure_ascii=False) + "\n").encode()})


def repacked(old: Pack, other: dict[str, bytes]) -> bytes:
    """The same pack with other or more files."""
    file = io.BytesIO()
    writer = PackWriter(file, DAY, old.commune)
    for path in sorted({*old.sums, *other}):
        writer.add(path, other.get(path) or old.body(path) or b"")
    writer.close()
    return file.getvalue()


def with_only(body: bytes, *words: str) -> bytes:
    old = Pack(io.BytesIO(body))
    file = io.BytesIO()
    writer = PackWriter(file, DAY, old.commune)
    for path in old.sums:
        if any(word in path for word in words):
            writer.add(path, old.body(path) or b"")
    writer.close()
    return file.getvalue()


def outcomes(lines: dict[str, list[Line]]) -> set[str]:
    return {line.outcome for part in lines.values() for line in part}


def remarks(lines: dict[str, list[Line]]) -> list[str]:
    return [remark for part in lines.values() for line in part for remark in line.remarks]


def lesson(slug: str = "quen-mat-khau-vneid", language: str = "vi") -> TutorialPage:
    return TutorialPage.objects.get(slug=slug, locale__language_code=language)


LESSON = f"{NAME}/tutorialpage-quen-mat-khau-vneid.json"
