"""Pictures and sound in a pack: written anew, found again, named as this site knows them."""

import io

import pytest
from django.db import models
from django.utils.translation import override
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images import get_image_model

from guides.importing.shape import Column, Kind
from guides.models import TutorialPage
from guides.packs.columns import Cell, Link
from guides.packs.lesson_fitting import Fit
from guides.packs.lesson_reading import Lesson
from guides.packs.pictures import Picture, fingerprint


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def drawing(kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Drawing.effect_noise((40, 30), 60).convert("RGB").save(file, kind, comment=b"Nha ba Tu")
    return file.getvalue()


def test_a_picture_is_written_anew_once_and_found_again(db):
    body = drawing()
    for _time in range(2):
        picture = Picture("Màn hình", "Nút đăng nhập màu đỏ", body, "a.jpg")
        picture.keep()
    image = get_image_model().objects.get()
    assert (image.title, image.description, image.file_hash) == (
        *("Màn hình", "Nút đăng nhập màu đỏ"),
        picture.known_as,
    )
    with image.open_file() as file:
        kept = file.read()
    assert b"Nha ba Tu" in body
    assert b"Nha ba Tu" not in kept
    assert fingerprint(kept) == picture.known_as


@pytest.mark.parametrize("here", [True, False])
def test_a_picture_in_a_lesson_is_named_as_this_site_knows_it(db, here):
    body = drawing("PNG")
    cell = Cell(
        "picture", models.ForeignKey(get_image_model(), models.SET_NULL, null=True), link=Link.PICTURE
    )
    pictures = {fingerprint(body): Picture("Màn hình", "", body, "a.png")} if here else {}
    fit = Fit(Lesson("lessons/a.json", TutorialPage, "vi/a", (), pictures, {}, ()), set())
    value = fit._fitted(cell, fingerprint(body), "picture")
    assert value == (pictures[fingerprint(body)].known_as if here else "")
    assert len(fit.remarks) == (0 if here else 1)


def test_sound_travels_as_a_file(db):
    field = models.ForeignKey(Document, models.SET_NULL, null=True, name="audio")
    cell = Cell("audio", field, Column("audio", Kind.FORM, field))
    fit = Fit(Lesson("lessons/a.json", TutorialPage, "vi/a", (), {}, {}, ()), set())
    assert fit._fitted(cell, "0" * 40, "audio") is None
    assert "a file" in fit.remarks[0]
