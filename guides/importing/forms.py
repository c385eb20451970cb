"""Forms to fill in, carried beside the guides as files named after their fingerprint."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.text import get_valid_filename
from wagtail.documents.models import Document

from guides.importing.incoming import Form

FOLDER = "forms"
LARGEST_FORM = 10 * 1024 * 1024  # bytes


def ending_of(name: str) -> str:
    """The ending that a form may have, with its dot; empty for any other."""
    ending = Path(name).suffix.lower()
    return ending if ending.lstrip(".") in settings.WAGTAILDOCS_EXTENSIONS else ""


def file_name(fingerprint: str, name: str) -> str:
    return fingerprint + ending_of(name)


def read_form(folder: Path, fingerprint: str, form: Form) -> Form:
    """The form with its file, where that lies in the folder, is no larger than a form may be and is the same file."""
    if not ending_of(form.name):
        return form
    try:
        with (folder / file_name(fingerprint, form.name)).open("rb") as file:
            body = file.read(LARGEST_FORM + 1)
    except OSError:
        return form
    is_it = len(body) <= LARGEST_FORM and _fingerprint(body) == fingerprint
    return Form(form.title, form.name, body if is_it else None)


def keep_forms(forms: dict[str, Form]) -> None:
    """Puts those into the library that are not there yet."""
    if not forms:
        return
    known = set(Document.objects.filter(file_hash__in=forms).values_list("file_hash", flat=True))
    for fingerprint, form in forms.items():
        if fingerprint not in known and form.body is not None:
            file = ContentFile(form.body, name=get_valid_filename(form.name))
            size = len(form.body)
            Document.objects.create(title=form.title, file=file, file_size=size, file_hash=fingerprint)


def _fingerprint(body: bytes) -> str:
    """As Wagtail names the content of a document; the name of a file, no proof of anything."""
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()
