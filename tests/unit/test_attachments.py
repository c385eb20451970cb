"""Photos and papers of residents: clean ones are kept as we wrote them, everything else is refused with a sentence."""

import io
import resource
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from feedback import attachments
from feedback.attachments import (
    APPLE,
    EMPTY,
    LONGEST_SIDE,
    MOST_BYTES,
    NOT_TAKEN,
    OF_A_PDF,
    TOO_HEAVY,
    checked,
)
from gandan.uploads import BROKEN, TOO_LARGE
from tests.unit import attachment_world as world

CLEAN = {
    "a photo with place, maker and serial number": (world.from_a_phone(), "jpeg"),
    "a screenshot": (world.picture("PNG", "RGBA"), "png"),
    "a picture of a chat": (world.picture("WEBP"), "webp"),
    "a photo in the colours of a printer": (world.picture("JPEG", "CMYK"), "jpeg"),
    "a photo without colours": (world.picture("JPEG", "L"), "jpeg"),
    "a scan of 16 bits a point": (world.picture("PNG", "I;16"), "png"),
    "a drawing of few colours": (world.picture("PNG", "P"), "png"),
    "a fax": (world.picture("PNG", "1"), "png"),
    "a picture that moves": (
        world.picture("WEBP", save_all=True, append_images=[Image.new("RGB", (64, 48), "red")]),
        "webp",
    ),
    "a panorama": (world.picture(size=(9_000, 400)), "jpeg"),
    "a photo with a zip behind it": (world.picture() + world.zipped(), "jpeg"),
    "a photo with a web page behind it": (world.picture() + b"<script>alert(1)</script>", "jpeg"),
    "two photos in one": (
        world.picture("MPO", save_all=True, append_images=[Image.new("RGB", (64, 48))]),
        "jpeg",
    ),
    "a paper of two pages": (world.pdf(2), "pdf"),
    "a paper of thirty pages": (world.pdf(30), "pdf"),
    "a paper with a link in it": (world.pdf(1, world.with_a_link), "pdf"),
    "a paper that swells as it is read": (world.pdf(1, world.that_swells), "pdf"),
}
REFUSED = {
    "nothing": (b"", EMPTY),
    "11 MB": (b"\xff\xd8\xff" + b"\0" * (11 * 1024 * 1024), TOO_HEAVY),
    "an iPhone's photo": (world.HEIC, APPLE),
    "a new kind of photo": (world.AVIF, APPLE),
    "a drawing with a program": (world.SVG, NOT_TAKEN),
    "a web page": (b"<!doctype html><script>alert(1)</script>", NOT_TAKEN),
    "a program": (b"MZ\x90\0" + b"\0" * 200, NOT_TAKEN),
    "a Linux program": (b"\x7fELF" + b"\0" * 200, NOT_TAKEN),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", NOT_TAKEN),
    "a zip": (world.zipped(), NOT_TAKEN),
    "a moving picture of old": (world.picture("GIF", "P"), NOT_TAKEN),
    "a GIF that is JavaScript too": (b"GIF89a=1;alert(1)//" + b"\0" * 50, NOT_TAKEN),
    "a picture of Windows": (world.picture("BMP"), NOT_TAKEN),
    "a picture of scanners": (world.picture("TIFF"), NOT_TAKEN),
    "a film": (b"\0\0\0\x18ftypmp42" + b"\0" * 50, NOT_TAKEN),
    "sound": (b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 50, None),
    "words": ("Tôi muốn hỏi".encode(), NOT_TAKEN),
    "a table of Excel's": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 200, NOT_TAKEN),
    "half a photo": (world.picture(size=(400, 400))[:900], BROKEN),
    "the head of a photo": (b"\xff\xd8\xff\xe0", None),
    "half a screenshot": (world.picture("PNG")[:60], BROKEN),
    "a picture of 3,600 million points": (world.png_bomb(), TOO_LARGE),
    "a picture of 50 million points": (world.png_bomb(10_000, 5_000), TOO_LARGE),
    "a picture that promises more than it has": (world.png_bomb(6_000, 6_000), BROKEN),
    "a locked paper": (world.pdf(password="1234"), OF_A_PDF["encrypted"]),
    "a paper with JavaScript": (world.pdf(1, world.with_javascript), OF_A_PDF["active"]),
    "a paper with a program inside": (world.pdf(1, world.with_attached_file), OF_A_PDF["active"]),
    "a paper that starts a program": (world.pdf(1, world.that_opens_a_program), OF_A_PDF["active"]),
    "a paper that acts when a page is turned": (world.pdf(1, world.that_acts_on_a_page), OF_A_PDF["active"]),
    "a paper that sends itself": (world.pdf(1, world.that_sends_a_form), OF_A_PDF["active"]),
    "a paper to fill in": (world.pdf(1, world.that_is_a_form), OF_A_PDF["form"]),
    "a paper of Adobe's own": (world.pdf(1, world.that_is_an_xfa_form), OF_A_PDF["form"]),
    "a paper of 31 pages": (world.pdf(31), OF_A_PDF["long"]),
    "a paper without a page": (world.pdf(0), OF_A_PDF["broken"]),
    "a paper that leads into itself": (world.pdf(2, world.that_leads_into_itself), OF_A_PDF["broken"]),
    "half a paper": (world.pdf(3)[:200], OF_A_PDF["broken"]),
    "the head of a paper": (b"%PDF-1.7\n", OF_A_PDF["broken"]),
    "a web page that says it is a paper": (b"%PDF-<script>alert(1)</script>", OF_A_PDF["broken"]),
}
NAMES = [
    "anh.jpg",
    "../../etc/passwd",
    "\u202egpj.exe",
    "x" * 300 + ".jpg",
    "",
    "a\0b.jpg",
    "CON",
    "<img src=x>.png",
]


def given(content: bytes, name: str = "anh.jpg", announced: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, announced)


@pytest.mark.parametrize(("content", "kind"), CLEAN.values(), ids=CLEAN)
def test_what_residents_send_is_kept_as_pixels_and_pages_alone(content: bytes, kind: str) -> None:
    started = time.perf_counter()
    kept = checked(given(content))

    assert time.perf_counter() - started < 3
    assert kept.kind == kind
    assert not [
        secret for secret in (*world.SECRETS, b"alert(1)", b"passwd", b"tracker") if secret in kept.content
    ]
    if kind == "pdf":
        assert kept.pages == world.pages_of(kept.content)
    else:
        picture = Image.open(io.BytesIO(kept.content))
        assert max(picture.size) <= LONGEST_SIDE
        assert not picture.getexif()
        assert not picture.info.keys() & {"exif", "comment", "xmp", "icc_profile", "Software"}
        assert getattr(picture, "n_frames", 1) == 1


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused_with_a_sentence(content: bytes, sentence: object) -> None:
    started = time.perf_counter()
    with pytest.raises(ValidationError) as refused:
        checked(given(content))

    assert time.perf_counter() - started < 3
    assert refused.value.messages[0]
    if sentence is not None:
        assert refused.value.messages == [str(sentence)]


def test_enough_hostile_files_are_tried() -> None:
    assert len(CLEAN) + len(REFUSED) + len(NAMES) >= 55


@pytest.mark.parametrize("name", NAMES)
def test_neither_name_nor_announced_type_of_a_file_count(name: str) -> None:
    file = given(world.picture("PNG"))
    file._name = name
    file.content_type = "text/html"

    assert checked(file).kind == "png"


def test_a_photo_taken_sideways_stands_upright() -> None:
    kept = Image.open(io.BytesIO(checked(given(world.from_a_phone())).content))

    assert kept.size == (48, 64)


def test_the_heaviest_file_that_is_taken_may_have_ten_megabytes() -> None:
    exactly = world.picture()
    exactly += b"\0" * (MOST_BYTES - len(exactly))

    assert checked(given(exactly)).kind == "jpeg"


def test_a_paper_whose_reading_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "SECONDS_FOR_A_PDF", 0.01)

    with pytest.raises(ValidationError, match=str(OF_A_PDF["broken"])):
        checked(given(world.pdf()))


def test_reading_the_largest_pictures_takes_less_than_half_a_gigabyte() -> None:
    checked(given(world.picture("PNG", size=(7_900, 5_000))))

    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_000_000
    )  # kB, with everything else of the tests
