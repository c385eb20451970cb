"""Serves renditions of pictures from MEDIA_ROOT when SERVE_MEDIA is on.

Nothing else of that folder is reachable: originals (which are re-encoded, but larger than anybody needs) and
documents (which have their own view with access rules) answer 404. A rendition's name carries a hash of its
picture, so it may be kept for ever.
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

TYPES = {".webp": "image/webp", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
FOR_EVER = timedelta(days=365)


@require_safe
def picture(request: HttpRequest, path: str) -> FileResponse:
    file = rendition(path)
    response = FileResponse(file.open("rb"), content_type=TYPES[file.suffix.lower()])
    response.headers["Cache-Control"] = f"public, max-age={int(FOR_EVER.total_seconds())}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def rendition(path: str) -> Path:
    """The file in `images/` with that name; raises `Http404` for anything else, links out of it included."""
    folder = (Path(settings.MEDIA_ROOT) / "images").resolve()
    if "\x00" in path:
        raise Http404
    file = (folder / path).resolve()
    if file.parent != folder or file.suffix.lower() not in TYPES or not file.is_file():
        raise Http404
    return file
