"""Pictures of every kind, good and hostile, as they reach the library of the admin."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image, PngImagePlugin
from wagtail.images import get_image_model

from gandan.uploads import clean_picture
from home.models import User

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


def jpeg(**options) -> bytes:
    """A wide picture, red on its left half, with whatever a camera writes beside it."""
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("red", (0, 0, 30, 40))
    exif = Image.Exif()
    exif[0x0112] = options.pop("orientation", 1)
    exif[0x010F], exif[0xA431] = "Camera of chị Hoa", "SERIAL-77"
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 42.0)
    body = io.BytesIO()
    picture.save(body, "JPEG", exif=exif, comment=b"private remark", quality=95, **options)
    return body.getvalue()


def png(size=(20, 10), **options) -> bytes:
    body = io.BytesIO()
    Image.new("RGBA", size, (0, 80, 70, 128)).save(body, "PNG", **options)
    return body.getvalue()


def bomb(side: int) -> bytes:
    """A small PNG that claims to be `side` × `side` points."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"0"))
        + chunk(b"IEND", b"")
    )


def cleaned(body: bytes, name: str = "Ảnh chợ.jpg") -> tuple[bytes, str]:
    file = clean_picture(io.BytesIO(body), name)
    return file.read(), str(file.name)


def test_place_camera_serial_number_and_remarks_are_gone():
    body, _ = cleaned(jpeg())
    assert dict(Image.open(io.BytesIO(body)).getexif()) == {}
    for word in (b"Hoa", b"SERIAL", b"remark", b"Exif"):
        assert word not in body


def test_remarks_in_a_png_and_a_colour_profile_are_gone():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "chị Hoa")
    body, _ = cleaned(png(pnginfo=notes, icc_profile=b"broken profile"), "a.png")
    assert b"Author" not in body
    assert Image.open(io.BytesIO(body)).info == {}


def test_a_picture_taken_with_the_phone_on_its_side_stands_upright():
    body, _ = cleaned(jpeg(orientation=6))
    picture = Image.open(io.BytesIO(body))
    assert picture.size == (40, 60)
    assert picture.getpixel((20, 5))[2] < 80 < picture.getpixel((20, 55))[2]


def test_see_through_parts_stay_see_through():
    body, name = cleaned(png(), "dau.png")
    assert name.endswith(".png")
    assert Image.open(io.BytesIO(body)).mode == "RGBA"


def test_what_hangs_behind_the_picture_is_cut_off():
    body, _ = cleaned(jpeg() + b"PK\x03\x04 <script>alert(1)</script>")
    assert b"script" not in body


def test_a_printers_jpeg_in_four_inks_becomes_red_green_and_blue():
    inks = io.BytesIO()
    Image.new("CMYK", (10, 10)).save(inks, "JPEG")
    assert Image.open(io.BytesIO(cleaned(inks.getvalue())[0])).mode == "RGB"


def test_the_name_says_what_and_carries_a_mark_of_the_content():
    _, name = cleaned(jpeg(), "../../Đường làng <b>.JPG")
    assert name.startswith("duong-lang")
    assert "/" not in name
    assert name != cleaned(jpeg(orientation=6), "../../Đường làng <b>.JPG")[1]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (SVG, "wrong_kind"),
        (HEIC, "wrong_kind"),
        (b"GIF89a" + b"\x00" * 40, "wrong_kind"),
        (b"", "wrong_kind"),
        (b"%PDF-1.7\n", "wrong_kind"),
        (jpeg()[:-200], "broken"),
        (bomb(7_000), "too_large"),
        (bomb(60_000), "too_large"),
    ],
    ids=["svg", "heic", "gif", "empty", "pdf", "truncated", "49 million", "3.6 billion"],
)
def test_what_is_no_picture_for_us_is_refused_with_a_sentence(body, code):
    with pytest.raises(ValidationError) as refusal:
        clean_picture(io.BytesIO(body), "x.jpg")
    assert refusal.value.code == code


def test_who_sends_an_iphone_picture_reads_what_to_do():
    with translation.override("en"), pytest.raises(ValidationError, match="Most Compatible"):
        clean_picture(io.BytesIO(HEIC), "IMG_1.HEIC")


@pytest.fixture
def admin(db) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("quantri"))
    return client


def upload(client: Client, body: bytes, name: str):
    url = reverse("wagtailimages:add")
    return client.post(url, {"title": "Chợ", "file": ContentFile(body, name), "collection": "1", "tags": ""})


def test_an_upload_in_the_admin_keeps_only_pixels(admin):
    assert upload(admin, jpeg(), "cho.jpg").status_code == 302
    image = get_image_model().objects.get()
    kept = image.file.read()
    assert b"Hoa" not in kept
    assert (image.width, image.height, image.file_size) == (60, 40, len(kept))


def test_a_picture_under_the_wrong_ending_gets_the_right_one(admin):
    upload(admin, png(), "dau.jpg")
    assert get_image_model().objects.get().file.name.endswith(".png")


def test_several_pictures_at_once_keep_only_pixels_too(admin):
    answer = admin.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Chợ", "files[]": ContentFile(jpeg(), "cho.jpg"), "collection": "1"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.json()["success"]
    assert b"Hoa" not in get_image_model().objects.get().file.read()


@pytest.mark.django_db
def test_a_picture_saved_by_our_own_code_keeps_only_pixels_too():
    image = get_image_model()(title="Chợ", file=ImageFile(io.BytesIO(jpeg(orientation=6)), name="cho.jpg"))
    image.save()
    image.refresh_from_db()
    assert b"Hoa" not in image.file.open().read()
    assert (image.width, image.height) == (40, 60)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (SVG, "a.svg"),
        (SVG, "a.png"),
        (HEIC, "IMG_1.HEIC"),
        (HEIC, "IMG_1.jpg"),
        (jpeg()[:-200], "a.jpg"),
        (bomb(7_000), "a.png"),
        (bomb(60_000), "a.png"),
        (b"", "a.png"),
    ],
)
def test_a_refused_upload_says_why_and_keeps_nothing(admin, body, name):
    answer = upload(admin, body, name)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not get_image_model().objects.exists()


def test_a_picture_is_shown_in_its_sizes_and_its_original_to_nobody(admin):
    upload(admin, jpeg(), "cho.jpg")
    image = get_image_model().objects.get()
    shown = admin.get(image.get_rendition("width-30").url)
    assert shown.status_code == 200
    assert shown.headers["Content-Type"] == "image/webp"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in shown.headers["Cache-Control"]
    assert b"".join(shown.streaming_content)[8:12] == b"WEBP"
    assert admin.get(image.file.url).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "images/../../db.sqlite3",
        "..%2f..%2fdb.sqlite3",
        "....//db.sqlite3",
        "/etc/passwd",
        "a.html",
        "a.svg",
        "nothing.webp",
        "x%00.webp",
        "",
    ],
)
@pytest.mark.django_db
def test_nothing_but_a_picture_can_be_asked_for(settings, tmp_path, client, path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.html").write_text("<script>")
    (tmp_path / "images" / "a.svg").write_bytes(SVG)
    (tmp_path / "secret.webp").write_text("")
    (tmp_path / "images" / "link.webp").symlink_to(tmp_path / "secret.webp")
    for address in (f"/media/images/{path}", f"/media/{path}", "/media/images/link.webp"):
        assert client.get(address).status_code in {301, 302, 404}
