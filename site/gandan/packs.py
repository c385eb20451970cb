"""A content pack: what one commune wrote, in a zip that another commune can take.

{"format": "gan-dan-content-pack", "version": 1, "made_on": "2026-11-25", "commune": …, "parts": {"guides": 18},
"files": [{"path", "size", "sha256"}]} stands in `manifest.json`; everything else lies in the folder of its part.
Parts register here by a small protocol, as `guides` does for guides and lessons; a part this site does not know is
checked like the rest, left out, and said.

A pack is judged as a whole before anything of it is used: see `zips` for the archive, here for the manifest, the
checksums, and that each file is what its ending says. Checksums find damage, not ill will: nobody signs a pack.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gandan.strict_json import LARGEST_JSON, strict_json
from gandan.uploads import clean_picture
from gandan.zips import USUAL, Limits, Refused, SafeZip

FORMAT = "gan-dan-content-pack"
VERSION = 1
MANIFEST = "manifest.json"
PICTURES = ("jpg", "jpeg", "png", "webp")
_BEGINNINGS = {
    "pdf": (b"%PDF-",),
    **dict.fromkeys(("docx", "xlsx", "odt", "ods"), (b"PK\x03\x04",)),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "ogg": (b"OggS",),
    "oga": (b"OggS",),
    "opus": (b"OggS",),
}


Item = TypeVar("Item")


def unwatched(items: Iterable[Item], _total: int) -> Iterable[Item]:
    return items


@dataclass(frozen=True)
class Orders:
    """`watch` passes things on and shows how far the work is; `user` signs what is written."""

    write: bool = True
    publish: bool = False
    watch: Callable[[Iterable[Any], int], Iterable[Any]] = unwatched
    user: Any = None  # who gave them; None for a command


@dataclass(frozen=True)
class Line:
    """What became of one thing: its name, a word, and remarks, all for people."""

    title: str
    outcome: str
    remarks: tuple[str, ...] = ()
    is_refused: bool = False


@dataclass(frozen=True)
class Part:
    """`export` writes into the pack's folder of the part and returns how many things and remarks; `receive` takes
    them out of a pack. Parts run by `order`: what others name comes before them."""

    order: int
    name: str
    label: Promise
    export: "Callable[[PackWriter], list[Line]]"
    receive: "Callable[[Pack, Orders, datetime], list[Line]]"
    may_take: Callable[[Any], bool]  # may this person export and receive it in the admin?
    may_publish: Callable[[Any], bool]


@dataclass
class Report:
    lines: dict[str, list[Line]] = field(default_factory=dict)  # by the name of the part
    unknown: dict[str, int] = field(default_factory=dict)  # parts this site does not know, with their files

    @property
    def refused(self) -> list[Line]:
        return [line for lines in self.lines.values() for line in lines if line.is_refused]


_parts: list[Part] = []


def register(part: Part) -> None:
    _parts.append(part)


def parts() -> list[Part]:
    return sorted(_parts, key=lambda part: part.order)


def label_of(name: str) -> str:
    return next((str(part.label) for part in parts() if part.name == name), name)


class PackWriter:
    """Collects the files of a pack. The same content on the same day gives the same bytes."""

    def __init__(self, file: IO[bytes], made_on: date, commune: str) -> None:
        self.made_on = made_on
        self.commune = commune
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._files: dict[str, dict[str, Any]] = {}
        self._counts: dict[str, int] = {}

    def add_json(self, path: str, content: Any) -> None:
        self.add(path, as_json(content))

    def add(self, path: str, body: bytes) -> None:
        """A file may be named by several things; it is written once."""
        if path in self._files:
            return
        self._files[path] = {"path": path, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        self._write(path, body)

    def count(self, part: str, things: int) -> None:
        self._counts[part] = things

    def close(self) -> None:
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "made_on": self.made_on.isoformat(),
            "commune": self.commune,
            "parts": self._counts,
            "files": sorted(self._files.values(), key=lambda row: str(row["path"])),
        }
        self._write(MANIFEST, as_json(manifest))
        self._zip.close()

    def _write(self, path: str, body: bytes) -> None:
        info = zipfile.ZipInfo(path, (self.made_on.year, self.made_on.month, self.made_on.day, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        self._zip.writestr(info, body)


def as_json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def write_pack(file: IO[bytes], chosen: Iterable[Part], today: date, commune: str) -> dict[str, list[Line]]:
    """What each part remarked, by its name."""
    writer = PackWriter(file, today, commune)
    remarks = {part.name: part.export(writer) for part in chosen}
    writer.close()
    return remarks


class Pack:
    """A pack that was found sound: every file is there, whole, and of its kind. Raises Refused where it is not."""

    def __init__(self, file: IO[bytes], limits: Limits = USUAL) -> None:
        self._zip = SafeZip(file, limits)
        self.manifest = _manifest(self._zip)
        self.sums = _listed(self.manifest)
        _compare(self._zip, self.sums)
        for path in self.sums:
            self._check(path)

    @property
    def made_on(self) -> str:
        return str(self.manifest["made_on"])

    @property
    def commune(self) -> str:
        return str(self.manifest["commune"])

    def paths(self, folder: str, ending: str = "") -> list[str]:
        return [path for path in sorted(self.sums) if path.startswith(f"{folder}/") and path.endswith(ending)]

    def json(self, path: str) -> Any:
        return strict_json(self._zip.read(path), path)

    def body(self, path: str) -> bytes | None:
        """None for a file that is not in the pack."""
        return self._zip.read(path) if path in self.sums else None

    def folders(self) -> dict[str, int]:
        """The folders of parts with the number of their files."""
        found: dict[str, int] = {}
        for path in self.sums:
            folder = path.partition("/")[0]
            found[folder] = found.get(folder, 0) + 1
        return found

    def _check(self, path: str) -> None:
        digest = hashlib.sha256()
        body = bytearray()
        for chunk in self._zip.chunks(path):
            digest.update(chunk)
            body += chunk
        if digest.hexdigest() != self.sums[path]["sha256"]:
            raise Refused(_("%(name)s has another checksum than the manifest says.") % {"name": path})
        _check_kind(path, bytes(body))


def receive_pack(
    pack: Pack,
    chosen: Iterable[Part],
    orders: Orders,
    now: datetime,
    tell: Callable[[str], None] = lambda _name: None,
) -> Report:
    report = Report()
    known = {part.name for part in parts()}
    report.unknown = {name: count for name, count in pack.folders().items() if name not in known}
    for part in chosen:
        if pack.paths(part.name):
            tell(str(part.label))
            report.lines[part.name] = part.receive(pack, orders, now)
    return report


def _manifest(archive: SafeZip) -> dict[str, Any]:
    if MANIFEST not in archive.names:
        raise Refused(_("The archive is no content pack: it has no manifest.json."))
    if archive.size(MANIFEST) > LARGEST_JSON:
        raise Refused(_("%(name)s is larger than a file in a content pack may be.") % {"name": MANIFEST})
    manifest = strict_json(archive.read(MANIFEST), MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Refused(_("The archive is no content pack: its manifest says something else."))
    if manifest.get("version") != VERSION or manifest.get("version") is True:
        words = {"version": str(manifest.get("version"))[:20], "known": VERSION}
        raise Refused(_("The pack is of version %(version)s; this site reads version %(known)d.") % words)
    if not (isinstance(manifest.get("commune"), str) and _is_day(manifest.get("made_on"))):
        raise Refused(_("The manifest does not say where and when the pack was made."))
    return manifest


def _is_day(text: Any) -> bool:
    try:
        return isinstance(text, str) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _listed(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    rows = manifest.get("files")
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        raise Refused(_("The manifest's list of files cannot be read."))
    found = {row["path"]: row for row in rows}
    if len(found) != len(rows) or MANIFEST in found:
        raise Refused(_("The manifest lists a file twice."))
    return found


def _is_row(row: Any) -> bool:
    kinds = {"path": str, "sha256": str, "size": int}
    return isinstance(row, dict) and all(type(row.get(name)) is kind for name, kind in kinds.items())


def _compare(archive: SafeZip, sums: dict[str, dict[str, Any]]) -> None:
    there = set(archive.names) - {MANIFEST}
    for problem, names in (
        (_("%(name)s is missing from the archive."), set(sums) - there),
        (_("%(name)s is in the archive and not in its manifest."), there - set(sums)),
    ):
        if names:
            raise Refused(problem % {"name": min(names)[:80]})
    for path, row in sums.items():
        if archive.size(path) != row["size"]:
            raise Refused(_("%(name)s is not as large as the manifest says.") % {"name": path})
        if "/" not in path:
            raise Refused(_("The name %(name)s is none that a content pack uses.") % {"name": path})


def _check_kind(path: str, body: bytes) -> None:
    ending = path.rpartition(".")[2]
    if ending == "json":
        strict_json(body, path)
    elif ending in PICTURES:
        _check_picture(path, body)
    elif ending not in settings.WAGTAILDOCS_EXTENSIONS:
        raise Refused(_("%(name)s is of a kind that no content pack holds.") % {"name": path})
    elif not _begins_as_said(ending, body):
        raise Refused(_("%(name)s is not what its ending says.") % {"name": path})


def _begins_as_said(ending: str, body: bytes) -> bool:
    if ending in ("csv", "txt"):
        return b"\0" not in body
    if ending == "m4a":
        return body[4:8] == b"ftyp"
    return ending not in _BEGINNINGS or body.startswith(_BEGINNINGS[ending])


def _check_picture(path: str, body: bytes) -> None:
    try:
        clean_picture(io.BytesIO(body), path)
    except ValidationError as error:
        raise Refused(f"{path}: {' '.join(error.messages)}") from error
