"""A lesson read aloud can be begun in the middle, on every phone, and is served as sound and nothing else."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from gandan.sound import MOST, span

BODY = bytes(range(256)) * 600


@pytest.fixture
def document(db, settings, tmp_path) -> Document:
    settings.MEDIA_ROOT = tmp_path
    Collection.objects.exists() or Collection.add_root(name="Root")
    return Document.objects.create(title="Bài", file=ContentFile(BODY, name="bai.mp3"))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-1", 0, 1), ("bytes=100-", 100, len(BODY) - 1), ("bytes=-10", len(BODY) - 10, len(BODY) - 1),
     ("bytes=150000-999999999", 150_000, len(BODY) - 1)],
)  # fmt: skip
def test_a_part_of_the_sound_is_given_where_a_part_is_asked(document, asked, first, last) -> None:
    answer = Client().get(document.url, headers={"range": asked})
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{len(BODY)}"
    assert answer.content == BODY[first : last + 1]


@pytest.mark.parametrize("asked", ["", "bytes=a-b", "bytes=0-1,5-6", "lines=1-2", "bytes=" + "9" * 40 + "-"])
def test_the_whole_is_given_where_no_part_is_asked(document, asked) -> None:
    answer = Client().get(document.url, headers={"range": asked})
    assert (answer.status_code, b"".join(answer)) == (200, BODY)
    assert answer["Content-Type"] == "audio/mpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=5-4", "bytes=-0", "bytes=-"])
def test_a_part_that_is_not_there_is_refused(document, asked) -> None:
    answer = Client().get(document.url, headers={"range": asked})
    assert answer.status_code == 416


def test_a_sound_in_a_private_collection_stays_private(document) -> None:
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    assert Client().get(document.url).status_code == 302


@given(st.integers(1, 10**6), st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_span_never_leaves_the_file(size: int, begin: int, end: int) -> None:
    for asked in ((str(begin), str(end)), (str(begin), ""), ("", str(end))):
        first, last = span(*asked, size)
        assert first > last or 0 <= first <= last < min(size, first + MOST)
