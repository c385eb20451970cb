"""Packs that somebody tampered with. Each is built here, refused with its reason, and leaves nothing behind."""

import hashlib
import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.translation import override
from PIL import Image

from gandan.packs import FORMAT, MANIFEST, VERSION, Pack
from gandan.zips import Limits, Refused

FILES = {"guides/khai-sinh.json": b'{"title": "Khai sinh"}', "lessons/mat-khau.json": b"{}"}


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def manifest(content: dict[str, bytes], /, **changes: Any) -> bytes:
    rows = [
        {"path": path, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        for path, body in content.items()
    ]
    whole = {"format": FORMAT, "version": VERSION, "made_on": "2031-04-02", "commune": "Xã A", "files": rows}
    return json.dumps({**whole, **changes}).encode()


def packed(content: dict[str, bytes] = FILES, /, listed: bytes | None = None, **changes: Any) -> bytes:
    """A pack as our writer makes it, its manifest changed or another one."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, body in content.items():
            archive.writestr(path, body)
        archive.writestr(MANIFEST, manifest(content, **changes) if listed is None else listed)
    return file.getvalue()


def with_entry(info: zipfile.ZipInfo | str, body: bytes = b"x") -> bytes:
    """A pack with one more entry, which stands in the manifest too."""
    name = info if isinstance(info, str) else info.filename
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in FILES.items():
            archive.writestr(path, content)
        archive.writestr(info, body)
        archive.writestr(MANIFEST, manifest({**FILES, name: body}))
    return file.getvalue()


def link() -> bytes:
    info = zipfile.ZipInfo("guides/link.json")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return with_entry(info, b"/etc/passwd")


def pipe() -> bytes:
    info = zipfile.ZipInfo("guides/pipe.json")
    info.external_attr = (stat.S_IFIFO | 0o644) << 16
    return with_entry(info)


def twice() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("guides/a.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("guides/a.json", b"[]")
        archive.writestr(MANIFEST, manifest({"guides/a.json": b"{}"}))
    return file.getvalue()


def flagged(bit: int) -> bytes:
    """Every entry carries the flag, here and in the list."""
    raw = bytearray(packed())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(signature)
        while start >= 0:
            flags = struct.unpack_from("<H", raw, start + place)[0]
            struct.pack_into("<H", raw, start + place, flags | bit)
            start = raw.find(signature, start + 4)
    return bytes(raw)


def in_the_list(place: int, kind: str, value: int) -> bytes:
    """One number of the first entry in the archive's list is another."""
    raw = bytearray(packed())
    struct.pack_into(kind, raw, raw.find(b"PK\x01\x02") + place, value)
    return bytes(raw)


def renamed(old: bytes, new: bytes, flag: int = 0) -> bytes:
    """The name is changed everywhere in the archive: zipfile would not write such a name."""
    assert len(old) == len(new)
    raw = flagged(flag) if flag else packed()
    return raw.replace(old, new)


def bomb() -> bytes:
    body = b'"' + b"a" * 3_000_000 + b'"'
    return packed({"guides/a.json": body})


def overlapping() -> bytes:
    """Both entries point at the bytes of the first."""
    files = {"guides/aaaa.json": b"{}", "guides/bbbb.json": b"{}"}
    raw = bytearray(packed(files))
    first = raw.find(b"PK\x01\x02")
    second = raw.find(b"PK\x01\x02", first + 4)
    struct.pack_into("<I", raw, second + 42, 0)
    return bytes(raw)


def many() -> bytes:
    return packed({f"guides/{number}.json": b"{}" for number in range(5001)})


def odd_compression() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("guides/a.json", b"{}")
        archive.writestr(MANIFEST, manifest({"guides/a.json": b"{}"}))
    return file.getvalue()


def nested() -> bytes:
    return with_entry("guides/more.zip", packed())


def hidden_archive() -> bytes:
    return with_entry("guides/more.png", packed())


def swf_picture() -> bytes:
    return with_entry("guides/images/a.jpg", b"FWS" + b"\0" * 64)


def broken_picture() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((80, 80), 40).save(file, "PNG")
    return with_entry("guides/images/a.png", file.getvalue()[:400])


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a path upwards": (lambda: with_entry("guides/../../etc/cron.json"), "leads upwards"),
    "a path upwards at the front": (lambda: with_entry("../a.json"), "leads upwards"),
    "an absolute path": (lambda: with_entry("/etc/passwd"), "root of the disk"),
    "a drive letter": (lambda: with_entry("C:/windows/a.json"), "a drive"),
    "backslashes": (lambda: renamed(b"guides/khai-sinh.json", b"..\\..\\..\\ab-sinh.json"), "backslash"),
    "a name with a NUL": (lambda: renamed(b"khai-sinh.json", b"khai-s\0nh.json"), "ends it early"),
    "a symbolic link": (link, "link"),
    "a named pipe": (pipe, "no plain file"),
    "a folder": (lambda: with_entry("guides/x/", b""), "none that a content pack uses"),
    "one name twice": (twice, "same name"),
    "names that differ in case": (lambda: with_entry("guides/Khai-Sinh.json"), "same name"),
    "names that differ in spelling": (
        lambda: packed({"guides/ﬁ.json": b"{}", "guides/fi.json": b"{}"}),
        "same name",
    ),
    "a hidden file": (lambda: with_entry("guides/.htaccess"), "none that a content pack uses"),
    "a very long name": (
        lambda: with_entry("guides/" + "a" * 300 + ".json"),
        "none that a content pack uses",
    ),
    "a name right-to-left": (lambda: with_entry("guides/\u202egnp.json"), "none that a content pack uses"),
    "a name that is not UTF-8": (lambda: renamed(b"khai-sinh", b"kh\xa0i-s\xeenh", 0x800), "not UTF-8"),
    "a name in an old code page": (lambda: renamed(b"khai-sinh", b"kh\xa0i-s\xeenh"), "not UTF-8"),
    "an archive inside": (nested, "archive inside"),
    "an archive that calls itself a picture": (hidden_archive, "more.png"),
    "an encrypted entry": (lambda: flagged(0x1), "encrypted"),
    "an unusual compression": (odd_compression, "does not read"),
    "a bomb": (bomb, "bomb"),
    "overlapping entries": (overlapping, "lies over"),
    "too many entries": (many, "more than 5000"),
    "a size that says less": (lambda: in_the_list(24, "<I", 3), "manifest says"),
    "a size that says more": (lambda: in_the_list(24, "<I", 4_000), "manifest says"),
    "an entry as large as the earth": (lambda: in_the_list(24, "<I", 0xFFFFFFF0), "larger than a file"),
    "a wrong CRC": (lambda: in_the_list(16, "<I", 1), "damaged"),
    "bytes before the archive": (lambda: b"MZ" + packed(), "something besides"),
    "bytes behind the archive": (lambda: packed() + b"<script>", "something besides"),
    "no archive": (lambda: b"GIF89a", "no zip archive"),
    "an empty file": (lambda: b"", "no zip archive"),
    "half an archive": (lambda: packed()[:-40], "no zip archive"),
    "no manifest": (lambda: packed(listed=b"").replace(MANIFEST.encode(), b"manifesu.json"), "no manifest"),
    "a wrong checksum": (
        lambda: packed(listed=manifest({**FILES, "lessons/mat-khau.json": b"[]"})),
        "another checksum",
    ),
    "a file too many": (
        lambda: packed(listed=manifest({"guides/khai-sinh.json": FILES["guides/khai-sinh.json"]})),
        "not in its manifest",
    ),
    "a file too few": (lambda: packed(listed=manifest({**FILES, "guides/x.json": b"{}"})), "missing"),
    "a file listed twice": (
        lambda: packed(files=[{"path": "a/b.json", "size": 1, "sha256": ""}] * 2),
        "lists a file twice",
    ),
    "a size that the manifest invents": (
        lambda: packed(listed=manifest(FILES).replace(b'"size": 2', b'"size": 3')),
        "manifest says",
    ),
    "another version": (lambda: packed(version=2), "version 2"),
    "another format": (lambda: packed(format="docx"), "says something else"),
    "a manifest that is a list": (lambda: packed(listed=b"[]"), "says something else"),
    "a manifest of another shape": (lambda: packed(files={"a": 1}), "list of files"),
    "a manifest without a day": (lambda: packed(made_on=None), "where and when"),
    "a manifest of no day": (lambda: packed(made_on="hôm qua"), "where and when"),
    "JSON nested deeply": (lambda: packed({"guides/a.json": b"[" * 100_000 + b"]" * 100_000}), "a.json"),
    "JSON nested too deeply to store": (
        lambda: packed({"guides/a.json": b"[" * 30 + b"]" * 30}),
        "nested too deeply",
    ),
    "JSON that ends early": (lambda: packed({"guides/a.json": b'{"title": '}), "not sound JSON"),
    "JSON with a key twice": (lambda: packed({"guides/a.json": b'{"a": 1, "a": 2}'}), "not sound JSON"),
    "JSON with no number": (lambda: packed({"guides/a.json": b"[NaN]"}), "not sound JSON"),
    "JSON with a number of 5000 digits": (lambda: packed({"guides/a.json": b"9" * 5000}), "not sound JSON"),
    "JSON with a NUL": (lambda: packed({"guides/a.json": b'"\\u0000"'}), "no database keeps"),
    "JSON with half a character": (lambda: packed({"guides/a.json": b'"\\ud800"'}), "no database keeps"),
    "JSON that is not UTF-8": (lambda: packed({"guides/a.json": b'"X\xe3"'}), "not sound JSON"),
    "a picture that is none": (swf_picture, "a.jpg"),
    "a picture that ends early": (broken_picture, "a.png"),
    "a program": (lambda: with_entry("guides/a.exe", b"MZ"), "kind that no content pack holds"),
    "a page": (lambda: with_entry("guides/a.html", b"<script>"), "kind that no content pack holds"),
    "a document that is none": (lambda: with_entry("guides/forms/a.pdf", b"MZ"), "not what its ending says"),
    "a file outside the parts": (lambda: with_entry("a.json", b"{}"), "none that a content pack uses"),
}


def test_a_pack_as_our_writer_makes_it_is_taken():
    pack = Pack(io.BytesIO(packed()))
    assert pack.json("guides/khai-sinh.json") == {"title": "Khai sinh"}
    assert pack.paths("lessons") == ["lessons/mat-khau.json"]
    assert (pack.commune, pack.made_on) == ("Xã A", "2031-04-02")
    assert pack.body("guides/not-there.json") is None


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_pack_is_refused_with_its_reason(case):
    make, reason = HOSTILE[case]
    with pytest.raises(Refused, match="(?i)" + reason):
        Pack(io.BytesIO(make()))


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(archive=100), "larger than"),
        (Limits(total=20), "Unpacked"),
        (Limits(entry=10), "larger than a file"),
        (Limits(entries=2), "more than 2"),
    ],
)
def test_every_limit_is_kept(limits, reason):
    with pytest.raises(Refused, match=reason):
        Pack(io.BytesIO(packed()), limits)


def test_a_broken_byte_anywhere_is_found_or_changes_nothing():
    """A pack with one wrong byte is refused, or reads exactly as before."""
    whole = packed()
    for place in range(0, len(whole), 3):
        changed = bytearray(whole)
        changed[place] ^= 0x55
        try:
            pack = Pack(io.BytesIO(bytes(changed)))
        except Refused:
            continue
        assert {path: pack.body(path) for path in pack.sums} == FILES
