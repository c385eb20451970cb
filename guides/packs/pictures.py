"""Pictures in a pack, known by the fingerprint (SHA-1) of their file, with title and words for those who cannot see."""

import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail.images import get_image_model

from gandan.uploads import CleanPicture, clean_picture

LONGEST = {"title": 255, "alt": 255}


def fingerprint(body: bytes) -> str:
    """As Wagtail names the content of a file; a name, no proof of anything."""
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()


def fingerprint_of(image: Any) -> str:
    """Empty when the file is gone."""
    if image.file_hash:
        return str(image.file_hash)
    try:
        with image.open_file() as file:
            return fingerprint(file.read())
    except OSError:
        return ""


@dataclass(frozen=True)
class Picture:
    title: str
    alt: str
    body: bytes
    name: str

    @cached_property
    def pixels(self) -> tuple[bytes, str]:
        """What is kept, and its name: pixels only, by the code that every upload goes through."""
        clean = clean_picture(io.BytesIO(self.body), self.name)
        return clean.read(), str(clean.name)

    @cached_property
    def known_as(self) -> str:
        """The fingerprint under which this site has it, or will: of the very file, else of its pixels."""
        original = fingerprint(self.body)
        if get_image_model().objects.filter(file_hash=original).exists():
            return original
        return fingerprint(self.pixels[0])

    def keep(self) -> None:
        """Puts it into the library unless it is there."""
        model = get_image_model()
        if not model.objects.filter(file_hash=self.known_as).exists():
            body, name = self.pixels
            file = CleanPicture(body, name=name)
            sizes = {"file_size": len(body), "file_hash": self.known_as}
            model.objects.create(title=self.title, description=self.alt, file=file, **sizes)
