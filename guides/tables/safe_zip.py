"""A zip file looked at before anything is unpacked: how large it would grow, and whether its XML hides definitions.

Sizes are those the file itself states; reading stops at them, so a file that lies about them fails to be read.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from guides.tables.grids import NotATable

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 60 * MEGABYTE
MOST_PARTS = 1000
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # an .xls, or a file with a password


@contextmanager
def opened(file: Path) -> Iterator[ZipFile]:
    """Raises `NotATable` for what is no zip file, is too large, or would become so."""
    try:
        with ZipFile(file) as archive:
            _check_sizes(archive)
            yield archive
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise NotATable(_("The file is damaged and cannot be unpacked.")) from error


def check_size(file: Path) -> None:
    if file.stat().st_size > LARGEST_FILE:
        raise NotATable(_("The file is larger than %(size)d MB.") % {"size": LARGEST_FILE // MEGABYTE})


def refuse_definitions(archive: ZipFile) -> None:
    """A spreadsheet's XML never declares a document type; one that does may unfold to any size."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as stream:
                _read_to_first_element(stream)


class _FirstElement(Exception):
    pass


def _read_to_first_element(stream: Any) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _stop
    try:
        while chunk := stream.read(4096):
            parser.Parse(chunk, False)
    except (_FirstElement, expat.ExpatError):
        return


def _refuse(*_arguments: Any) -> NoReturn:
    raise NotATable(_("The file holds definitions that no spreadsheet writes, and is not opened."))


def _stop(*_arguments: Any) -> NoReturn:
    raise _FirstElement


def _check_sizes(archive: ZipFile) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
        words = {"size": max(1, unpacked // MEGABYTE), "limit": LARGEST_UNPACKED // MEGABYTE}
        raise NotATable(_("Unpacked, the file would take %(size)d MB; %(limit)d at most.") % words)
