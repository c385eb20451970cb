"""The short address of a page, `/q/<code>`: made once, when a paper first carries it, and never changed after."""

from collections.abc import Collection, Iterator
from itertools import count
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Page

from gandan.text import slug
from home.models import ShortLink

LONGEST, SHORTEST = 8, 3


def code_for(page: Page) -> str:
    """The page's oldest code; else a new one from the initials of its address: "dang-ky-khai-sinh" is "dkks"."""
    known = ShortLink.objects.filter(page_id=page.pk).order_by("pk").values_list("code", flat=True).first()
    return known or _make(page)


def short_url(page: Page) -> str:
    """The whole address, as a QR carries it; the same in every language of the reader."""
    return _whole(code_for(page))


def short_urls(pages: Collection[Page]) -> dict[int, str]:
    """The same of many pages by their number; one statement for all that have a code already."""
    links = ShortLink.objects.filter(page_id__in=[page.pk for page in pages]).order_by("-pk")
    known = dict(links.values_list("page_id", "code"))
    return {page.pk: _whole(known.get(page.pk) or _make(page)) for page in pages}


def short_url_of_path(path: str, words: str) -> str:
    """The short address of a path that no page has; its code is made from the words the first time."""
    link = ShortLink.objects.filter(page=None, path=path).order_by("pk").first()
    return _whole(link.code if link else _first_free(_stem(words), path=path))


def _whole(code: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{short_path(code)}"


def short_path(code: str) -> str:
    with override(settings.LANGUAGE_CODE):
        try:
            return reverse("home:short_link", args=[code])
        except NoReverseMatch:
            return f"/q/{code}"


def _make(page: Page) -> str:
    language = page.locale.language_code
    ending = "" if language == settings.LANGUAGE_CODE else language
    return _first_free(_stem(page.slug or page.title) + ending, page_id=page.pk)


def _first_free(stem: str, **leads_to: Any) -> str:
    for code in _candidates(stem):
        try:
            with transaction.atomic():
                ShortLink.objects.create(code=code, **leads_to)
        except IntegrityError:  # taken, perhaps this very moment
            continue
        return code
    raise AssertionError("numbers never end")


def _stem(text: str) -> str:
    words = slug(text).split("-")
    initials = "".join(word[0] for word in words if word)
    stem = initials if len(initials) >= SHORTEST else "".join(words)
    return (stem or "trang")[: LONGEST - 2]


def _candidates(stem: str) -> Iterator[str]:
    stem = stem.ljust(SHORTEST, "0")
    yield stem
    for number in count(2):
        yield f"{stem[: LONGEST - len(str(number))]}{number}"
