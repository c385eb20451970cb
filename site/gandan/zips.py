"""Archives from elsewhere, read without trust.

Nothing is ever unpacked to disk by a name that stands in an archive: names are looked at, contents are streamed with
limits. An archive is refused as a whole, with a reason for people, when anything about it is not as our own writer
makes it: a path that leads elsewhere, a link, two entries of one name or for one place, an encrypted or overlapping
entry, a size that lies, more than the limits allow.
"""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

CHUNK = 64 * 1024  # bytes read at a time
_UTF8_NAME = 0x800  # the flag that says a name is UTF-8
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_LOCAL_HEADER = 30  # bytes before the name
_END = 22  # bytes of the record that ends an archive without a comment
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*){0,3}")
_ARCHIVES = re.compile(r"\.(?:zip|7z|rar|tar|gz|tgz|bz2|xz|jar|apk|iso|cab|zst)$")
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    NotImplementedError,
)


class Refused(Exception):
    """The message is for people and names the entry."""


@dataclass(frozen=True)
class Limits:
    archive: int = 60 * 1024**2  # bytes of the file itself
    total: int = 100 * 1024**2  # bytes when unpacked
    entry: int = 20 * 1024**2  # bytes of one entry
    entries: int = 5000
    ratio: int = 100  # unpacked to packed, of the whole and of entries over `small`
    small: int = 64 * 1024  # bytes; text of a few kilobytes may well shrink to a hundredth
    name: int = 180  # characters


USUAL = Limits()


class SafeZip:
    """An archive whose list of entries has been looked at; contents are checked while they are read."""

    def __init__(self, file: IO[bytes], limits: Limits = USUAL) -> None:
        self.limits = limits
        self._zip = _opened(file, limits)
        self._entries = {info.filename: info for info in self._zip.infolist()}
        _look_at_all(self._zip, limits)

    @property
    def names(self) -> list[str]:
        return sorted(self._entries)

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """Raises Refused when the content is not what the archive's list says of it."""
        info, count = self._entries[name], 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    count += len(chunk)
                    if count > min(info.file_size, self.limits.entry):
                        raise Refused(_("%(name)s is larger than the archive says.") % {"name": name})
                    yield chunk
        except _FAULTS as error:
            raise Refused(_("%(name)s is damaged.") % {"name": name}) from error
        if count != info.file_size:
            raise Refused(_("%(name)s is not as large as the archive says.") % {"name": name})

    def read(self, name: str) -> bytes:
        return b"".join(self.chunks(name))


def shown(name: str) -> str:
    """A name from an archive as it may be printed: short, without what nobody sees."""
    plain = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in name)
    return plain if len(plain) <= 80 else plain[:79] + "…"


def _opened(file: IO[bytes], limits: Limits) -> zipfile.ZipFile:
    size = file.seek(0, 2)
    if size > limits.archive:
        raise Refused(_("The file is larger than %(size)d MB.") % {"size": limits.archive // 1024**2})
    if not _is_exactly_one_archive(file, size):
        raise Refused(_("The file is no zip archive, or holds something besides it."))
    _refuse_too_many(file, size, limits)
    try:
        return zipfile.ZipFile(file)
    except UnicodeDecodeError as error:
        raise Refused(_("A name in the archive is not UTF-8.")) from error
    except _FAULTS as error:
        raise Refused(_("The archive is damaged and cannot be read.")) from error


def _is_exactly_one_archive(file: IO[bytes], size: int) -> bool:
    """It begins with an entry and ends with the list: nothing before, behind or in a comment."""
    file.seek(0)
    begins = file.read(4) == b"PK\x03\x04"
    file.seek(max(0, size - _END))
    end = file.read(_END)
    return begins and end[:4] == b"PK\x05\x06" and end[20:22] == b"\0\0"


def _refuse_too_many(file: IO[bytes], size: int, limits: Limits) -> None:
    """Before the list is read into memory; the real number is counted again afterwards."""
    file.seek(size - _END)
    here, all_entries, list_size = struct.unpack("<8xHHI6x", file.read(_END))
    if max(here, all_entries) > limits.entries or list_size > limits.entries * (46 + 4 * limits.name):
        raise Refused(_("The archive holds more than %(count)d files.") % {"count": limits.entries})


def _look_at_all(archive: zipfile.ZipFile, limits: Limits) -> None:
    infos = archive.infolist()
    if len(infos) > limits.entries:
        raise Refused(_("The archive holds more than %(count)d files.") % {"count": limits.entries})
    _refuse_twins(infos)
    for info in infos:
        _look_at(info, limits)
    _refuse_overlaps(archive, infos)
    total, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if total > limits.total:
        raise Refused(
            _("Unpacked the archive is larger than %(size)d MB.") % {"size": limits.total // 1024**2}
        )
    if total > limits.small and total > packed * limits.ratio:
        raise Refused(_("The archive unpacks to far more than it holds: it looks like a zip bomb."))


def _refuse_twins(infos: list[zipfile.ZipInfo]) -> None:
    """Names that differ only in case or in the spelling of a letter are one file on some computers."""
    seen: dict[str, str] = {}
    for info in infos:
        key = unicodedata.normalize("NFKC", info.filename).casefold()
        if key in seen:
            words = {"first": shown(seen[key]), "second": shown(info.filename)}
            raise Refused(_("Two files have the same name: %(first)s and %(second)s.") % words)
        seen[key] = info.filename


def _look_at(info: zipfile.ZipInfo, limits: Limits) -> None:
    reason = _fault_of_name(info, limits) or _fault_of_kind(info) or _fault_of_size(info, limits)
    if reason:
        raise Refused(reason % {"name": shown(info.orig_filename)})


def _fault_of_name(info: zipfile.ZipInfo, limits: Limits) -> str:
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME and not name.isascii():
        return _("The name %(name)s is not UTF-8.")
    if name != info.filename or "\0" in name:
        return _("The name %(name)s holds a character that ends it early.")
    if "\\" in name:
        return _("The name %(name)s holds a backslash.")
    if name.startswith("/"):
        return _("The name %(name)s begins at the root of the disk.")
    if re.match(r"[A-Za-z]:", name):
        return _("The name %(name)s names a drive.")
    if ".." in name.split("/"):
        return _("The name %(name)s leads upwards.")
    if _ARCHIVES.search(name.lower()):
        return _("%(name)s is an archive inside the archive.")
    if len(name) > limits.name or not _NAME.fullmatch(name):
        return _("The name %(name)s is none that a content pack uses.")
    return ""


def _fault_of_kind(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return _("%(name)s is a link to another place.")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG) or info.is_dir():
        return _("%(name)s is no plain file.")
    if info.flag_bits & _ENCRYPTED:
        return _("%(name)s is encrypted.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _("%(name)s is packed in a way this site does not read.")
    return ""


def _fault_of_size(info: zipfile.ZipInfo, limits: Limits) -> str:
    if info.file_size > limits.entry:
        return _("%(name)s is larger than a file in a content pack may be.")
    if info.file_size > limits.small and info.file_size > info.compress_size * limits.ratio:
        return _("%(name)s unpacks to far more than it holds: it looks like a zip bomb.")
    return ""


def _refuse_overlaps(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes make a small file unpack to a huge one."""
    free = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < free:
            raise Refused(
                _("%(name)s lies over another file of the archive.") % {"name": shown(info.filename)}
            )
        free = info.header_offset + _LOCAL_HEADER + len(info.orig_filename.encode()) + info.compress_size
    if free > archive.start_dir or (infos and min(info.header_offset for info in infos) != 0):
        raise Refused(_("The archive is damaged and cannot be read."))
