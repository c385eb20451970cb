"""Photos and papers of residents: what is taken, and what becomes of it before it is kept.

What is kept was written by us: pictures from their pixels, PDFs from their pages. Names, places, serial numbers and
remarks stay behind. What a file is, its first bytes say; name and announced type count for nothing.
"""

import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from feedback import pdf_cleaning
from feedback.models import CaseFile
from gandan.uploads import clean_picture

MOST_FILES = 3
MOST_BYTES = 10 * 1024 * 1024  # of one file
LONGEST_SIDE = 2560  # pixels: a page of writing stays readable
SECONDS_FOR_A_PDF = 5
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"

EMPTY = _("This file is empty.")
TOO_MANY = _("At most 3 files can be sent with one form.")
TOO_HEAVY = _("This file is larger than 10 MB. Please make it smaller, or send a photo of it.")
APPLE = _(
    "This photo is in a form that only Apple devices read. On the iPhone choose Settings, Camera, Formats, Most "
    "Compatible, and take it again; or send a screenshot of it."
)
NOT_TAKEN = _("Only photos (JPEG, PNG, WebP) and PDF files can be taken in.")
OF_A_PDF = {
    pdf_cleaning.ENCRYPTED: _(
        "This PDF is locked with a password. Please save it without one, or send photos of it."
    ),
    pdf_cleaning.ACTIVE: _(
        "This PDF holds a program or another file. Please print it to a new PDF, or send photos."
    ),
    pdf_cleaning.FORM: _(
        "This PDF is a form that can still change. Please print it to a new PDF, or send photos."
    ),
    pdf_cleaning.LONG: _("This PDF has more than 30 pages. Please send only the pages that matter."),
    pdf_cleaning.LARGE: _("This PDF is too large. Please send only the pages that matter."),
    pdf_cleaning.BROKEN: _("This PDF cannot be read. Please send photos of its pages."),
}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_APPLE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"heif", b"avif", b"avis")


@dataclass(frozen=True)
class Attached:
    """A file as it will be kept. `kind` is one of `CaseFile.Kind`, `pages` those of a PDF."""

    kind: str
    content: bytes
    pages: int | None = None


def checked(file: UploadedFile[Any]) -> Attached:
    """The file written anew; ValidationError with a sentence for what is not taken in."""
    if not file.size:
        raise ValidationError(EMPTY)
    if file.size > MOST_BYTES:
        raise ValidationError(TOO_HEAVY)
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in _APPLE_BRANDS:
        raise ValidationError(APPLE)
    if head.startswith(b"%PDF-"):
        return _paper(file.read())
    if not head.startswith(_PICTURES):
        raise ValidationError(NOT_TAKEN)
    clean = clean_picture(file, None, LONGEST_SIDE)
    return Attached(_KIND_OF[str(clean.name).rpartition(".")[2]], clean.read())


_KIND_OF = {"jpg": CaseFile.Kind.JPEG, "png": CaseFile.Kind.PNG, "webp": CaseFile.Kind.WEBP}


def _paper(given: bytes) -> Attached:
    command = [sys.executable, "-m", pdf_cleaning.__name__]
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            command,
            input=given,
            cwd=settings.BASE_DIR,
            capture_output=True,
            timeout=SECONDS_FOR_A_PDF,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise ValidationError(OF_A_PDF[pdf_cleaning.BROKEN]) from late
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise ValidationError(OF_A_PDF.get(reason, OF_A_PDF[pdf_cleaning.BROKEN]))
    pages, _line, content = done.stdout.partition(b"\n")
    return Attached(CaseFile.Kind.PDF, content, int(pages))
