"""`/sw.js`, and the page it shows when there is no signal. Written from `worker.js` and what apps registered.

The worker is versioned by the manifest of static files: a release with other style sheets makes another worker,
which drops what the one before it kept. It is served at the root, so that guides a helper opens can be kept too;
only the page for counting registers it, so a resident's visit stays without scripts.
"""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gandan import offline
from gandan.pages import keep_fresh

SOURCE = Path(__file__).with_name("worker.js")
LANGUAGES = {"": "vi", "/en": "en", "/ar": "ar"}


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    written = json.dumps(_told(), ensure_ascii=False, sort_keys=True)
    body = f"const SETTINGS = {written};\n{SOURCE.read_text(encoding='utf-8')}"
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    return keep_fresh(response)


@require_safe
def no_signal(request: HttpRequest) -> HttpResponse:
    return keep_fresh(render(request, "offline.html"))


def _told() -> dict[str, object]:
    return {
        "version": _version(),
        "never": [language + room for language in LANGUAGES for room in offline.NEVER],
        "signOut": [reverse("account_logout"), "/admin/logout/"],
        "pages": offline.kept_pages(),
        "shells": [[shell.pattern, shell.suffix] for shell in offline.kept_shells()],
        "offline": {prefix: _no_signal_address(language) for prefix, language in LANGUAGES.items()},
        "static": settings.STATIC_URL,
        "styles": [static("css/site.css"), static("css/print.css")],
    }


def _no_signal_address(language: str) -> str:
    with override(language):
        return reverse("no_signal")


def _version() -> str:
    """Changes with any static file of ours and with the worker itself."""
    manifest = getattr(staticfiles_storage, "manifest_hash", "")
    return hashlib.sha256(f"{manifest}\0{SOURCE.read_text(encoding='utf-8')}".encode()).hexdigest()[:12]
