"""Files as residents' phones make them, and as somebody would who means harm. All made here, none downloaded."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
AVIF = b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1" + b"\x00" * 64
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SECRETS = (b"SERIAL-77", b"chi Hoa", b"private remark", b"21.0285")


def picture(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    body = io.BytesIO()
    Image.new(mode, size).save(body, kind, **options)
    return body.getvalue()


def from_a_phone() -> bytes:
    """A photo with place, maker, serial number, a remark, and a turn by 90 degrees."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0xA431] = 6, "Camera of chi Hoa", "SERIAL-77"
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 42.0)
    exif[0x010E] = "21.0285"
    return picture(exif=exif, comment=b"private remark")


def zipped() -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    return body.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Claims 3,600 million points in a few hundred bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(pages: int = 1, change: Callable[[PdfWriter], None] | None = None, **options: str) -> bytes:
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "chi Hoa", "/Title": "private remark"})
    if change:
        change(writer)
    if "password" in options:
        writer.encrypt(options["password"])
    body = io.BytesIO()
    writer.write(body)
    return body.getvalue()


def names(**values: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def with_javascript(writer: PdfWriter) -> None:
    action = names(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)


def with_attached_file(writer: PdfWriter) -> None:
    writer.add_attachment("virus.exe", b"MZ")


def that_opens_a_program(writer: PdfWriter) -> None:
    action = names(S=NameObject("/Launch"), F=TextStringObject("cmd.exe"))
    writer._root_object[NameObject("/OpenAction")] = action


def that_acts_on_a_page(writer: PdfWriter) -> None:
    action = names(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))
    writer.pages[0][NameObject("/AA")] = names(O=action)


def that_sends_a_form(writer: PdfWriter) -> None:
    link = names(Type=NameObject("/Annot"), Subtype=NameObject("/Link"), A=names(S=NameObject("/SubmitForm")))
    writer.pages[0][NameObject("/Annots")] = ArrayObject([link])


def that_is_a_form(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/AcroForm")] = names(Fields=ArrayObject())


def that_is_an_xfa_form(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/AcroForm")] = names(XFA=TextStringObject("<xdp/>"))


def that_leads_into_itself(writer: PdfWriter) -> None:
    """A tree of pages whose root is its own child."""
    pages = writer._root_object["/Pages"].get_object()
    pages[NameObject("/Kids")] = ArrayObject([writer._root_object.raw_get("/Pages")])
    pages[NameObject("/Count")] = NumberObject(5)


def that_swells(writer: PdfWriter) -> None:
    """A page whose content unpacks to 200 MB."""
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 m " * 33_000_000)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream.flate_encode())


def with_a_link(writer: PdfWriter) -> None:
    link = names(
        Type=NameObject("/Annot"),
        Subtype=NameObject("/Link"),
        A=names(S=NameObject("/URI"), URI=TextStringObject("https://tracker.example/chi-Hoa")),
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([link])


def pages_of(content: bytes) -> int:
    return len(PdfReader(io.BytesIO(content)).pages)
