"""The short address of a page, `/q/<code>`: made once, when a paper first carries it, and never changed after."""

from collections.abc import Iterator
from itertools import count

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
    return f"{settings.BASE_URL.rstrip('/')}{short_path(code_for(page))}"


def short_path(code: str) -> str:
    with override(settings.LANGUAGE_CODE):
        try:
            return reverse("home:short_link", args=[code])
        except NoReverseMatch:
            return f"/q/{code}"


def _make(page: Page) -> str:
    for code in _candidates(page):
        try:
            with transaction.atomic():
                ShortLink.objects.create(code=code, page_id=page.pk)
        except IntegrityError:  # taken, perhaps this very moment
            continue
        return code
    raise AssertionError("numbers never end")


def _candidates(page: Page) -> Iterator[str]:
    language = page.locale.language_code
    words = slug(page.slug or page.title).split("-")
    initials = "".join(word[0] for word in words if word)
    stem = initials if len(initials) >= SHORTEST else "".join(words)
    stem = (stem or "trang")[: LONGEST - 2] + ("" if language == settings.LANGUAGE_CODE else language)
    stem = stem.ljust(SHORTEST, "0")
    yield stem
    for number in count(2):
        yield f"{stem[: LONGEST - len(str(number))]}{number}"
