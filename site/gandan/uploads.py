"""Pictures are taken apart and written anew before they are kept.

What a camera or a person hid in the file (place, time, serial number, remarks, a second file behind the first) does
not survive: only pixels do, turned upright and in sRGB. `keep_only_pixels` runs on every save of an image, whichever
way it came in; the form runs it too, so that an editor reads a sentence instead of a fault.
"""

import hashlib
import io
import warnings
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.utils.file import hash_filelike

from gandan.text import slug

FORMATS = ("JPEG", "PNG", "WEBP")
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
HOW: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 88, "method": 4},
}
BROKEN = _("This picture cannot be read. Open it in an app on your device, save it as JPEG and upload that.")
TOO_LARGE = _("This picture has too many points. Make it smaller, at most 40 million.")
WRONG_KIND = _(
    "Only JPEG, PNG and WebP pictures can be kept. On an iPhone choose Settings, Camera, Formats, Most Compatible, "
    "or send the picture by e-mail: it becomes a JPEG."
)


class CleanPicture(ContentFile):
    """A file that `clean_picture` has written."""


def clean_picture(file: IO[bytes], name: str | None, longest: int = 0) -> CleanPicture:
    """The same picture as pixels only, named after its content; raises `ValidationError` for what is none.

    With `longest`, a larger picture is scaled down to so many pixels on its longer side.
    """
    picture = _opened(file)
    kind = (
        "JPEG" if picture.format == "MPO" else str(picture.format)
    )  # MPO: a telephone's JPEG of several pictures
    try:
        clean = _pixels(picture)
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        raise ValidationError(BROKEN, code="broken") from error
    if longest:
        clean.thumbnail((longest, longest))
    written = io.BytesIO()
    if kind == "JPEG":
        clean = clean.convert("RGB")
    clean.save(written, kind, **HOW[kind])
    body = written.getvalue()
    stem = slug(Path(name or "").stem)[:50] or "anh"
    mark = hashlib.sha256(body).hexdigest()[:10]
    return CleanPicture(body, name=f"{stem}-{mark}.{ENDINGS[kind]}")


def _opened(file: IO[bytes]) -> Image.Image:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise ValidationError(TOO_LARGE, code="too_large") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(WRONG_KIND, code="wrong_kind") from error
    if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(TOO_LARGE, code="too_large")
    return picture


def _pixels(picture: Image.Image) -> Image.Image:
    """Upright, in sRGB, with nothing beside its pixels; of a moving picture the first frame."""
    picture.load()
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    see_through = upright.has_transparency_data
    if profile and upright.mode in {"RGB", "CMYK"}:
        upright = _in_srgb(upright, profile)
    plain = upright.convert("RGBA" if see_through else "RGB")
    plain.info = {}
    return plain


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """A picture whose colour profile is damaged keeps its colours as they stand."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture


def keep_only_pixels(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `pre_save` of the image model."""
    file: Any = instance.file  # a FieldFile
    if raw or not file or file._committed or isinstance(file.file, CleanPicture):
        return
    file.open()
    clean = clean_picture(file.file, file.name)
    instance.file = clean
    instance.file_size = clean.size
    instance.file_hash = hash_filelike(clean)


class PictureField(WagtailImageField):
    """Cleans before Wagtail looks: its own checks raise on a picture that ends in the middle."""

    def to_python(self, data: Any) -> Any:
        file = FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        return super().to_python(clean_picture(file, file.name))


class PictureForm(BaseImageForm):
    """Wagtail's form for images (`WAGTAILIMAGES_IMAGE_FORM_BASE`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget
            )
