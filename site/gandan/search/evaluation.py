"""Measures the public search on a collection of documents and queries with judgements (`evaluate_search`).

Apps register how a document of a type becomes a page. Pages are stored in bulk, so that twenty thousand take
seconds a thousand; they are what editors' pages are to search: the same rows, indexed by the same backend.
"""

import gzip
import json
import math
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from modelsearch.backends import get_search_backend
from wagtail.models import Locale, Page

LONGEST_TITLE = 255
AT_ONCE = 500  # pages
DEPTH = 10  # of results that count

Make = Callable[["Sample"], Page]
_makers: dict[str, Make] = {}


@dataclass(frozen=True)
class Sample:
    id: str
    type: str
    title: str
    summary: str
    body: str

    @property
    def short_title(self) -> str:
        """The first 255 characters, at a word."""
        if len(self.title) <= LONGEST_TITLE:
            return self.title
        return self.title[: LONGEST_TITLE + 1].rpartition(" ")[0] or self.title[:LONGEST_TITLE]


@dataclass(frozen=True)
class Asked:
    id: str
    kind: str
    text: str
    relevant: Mapping[str, int]


def register(type_: str, make: Make) -> None:
    _makers[type_] = make


def samples(folder: Path) -> list[Sample]:
    """KeyError or ValueError when a line is no document of a known type."""
    rows = [_sample(json.loads(line)) for line in (folder / "docs.jsonl").open(encoding="utf-8")]
    unknown = {row.type for row in rows} - _makers.keys()
    if unknown:
        raise ValueError(f"No pages can be made of the type {', '.join(sorted(unknown))}.")
    return rows


def queries(folder: Path) -> list[Asked]:
    rows = [json.loads(line) for line in (folder / "queries.jsonl").open(encoding="utf-8")]
    return [Asked(row["id"], row["class"], row["text"], row.get("relevant", {})) for row in rows]


def _sample(row: Mapping[str, Any], prefix: str = "") -> Sample:
    type_ = row.get("type", "procedure")
    return Sample(f"{prefix}{row['id']}", type_, row["title"], row.get("summary", ""), row.get("body", ""))


def padding(folder: Path, number: int, seed: int = 7) -> Iterator[Sample]:
    """Procedures of unrelated fields, then recombinations of their titles and sentences, always the same."""
    with gzip.open(folder / "distractor_pool.jsonl.gz", "rt", encoding="utf-8") as lines:
        pool = [_sample(json.loads(line), "pad-") for line in lines]
    yield from pool[:number]
    chance = random.Random(seed)  # noqa: S311
    sentences = [
        sentence
        for sample in pool
        for sentence in re.split(r"(?<=[.;])\s+|\n", sample.body)
        if 40 < len(sentence) < 400
    ]
    for place in range(max(number - len(pool), 0)):
        one, other = chance.choice(pool), chance.choice(pool)
        start, end = one.title.split(), other.title.split()
        title = start[: chance.randint(3, max(3, min(10, len(start))))]
        title += end[-chance.randint(2, max(2, min(8, len(end)))) :]
        body = " ".join(chance.sample(sentences, chance.randint(3, 8)))
        yield Sample(f"pad-{place}", "procedure", " ".join(title), one.summary, body)


@transaction.atomic
def store(found: Iterable[Sample]) -> dict[int, str]:
    """Saves and indexes a live Vietnamese page for each sample; the ids of the samples by primary key."""
    root = Page.objects.get(depth=1)
    locale = Locale.objects.get(language_code="vi")
    ids: dict[int, str] = {}
    batch: list[tuple[Sample, Page]] = []
    place = root.numchild
    for sample in found:
        place += 1
        batch.append((sample, _placed(_makers[sample.type](sample), root, place, locale)))
        if len(batch) == AT_ONCE:
            ids |= _save(batch)
            batch = []
    ids |= _save(batch)
    Page.objects.filter(pk=root.pk).update(numchild=place)
    return ids


def _placed(page: Page, root: Page, place: int, locale: Locale) -> Page:
    page.path = Page._get_path(root.path, 2, place)
    page.depth = 2
    page.slug = f"mau-{place}"
    page.url_path = f"{root.url_path}{page.slug}/"
    page.draft_title = page.title
    page.locale = locale
    page.live = True
    page.first_published_at = page.last_published_at = timezone.now()
    page.content_type = ContentType.objects.get_for_model(page)
    return page


def _save(batch: Sequence[tuple[Sample, Page]]) -> dict[int, str]:
    """The rows of Page at once, then the row of each page's own table; the children of a page cannot be bulk made."""
    columns = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(
        [Page(**{column: getattr(page, column) for column in columns}) for _, page in batch]
    )
    by_type: dict[type[models.Model], list[Page]] = {}
    for (_, page), row in zip(batch, rows, strict=True):
        page.pk = page.id = row.pk
        page.save_base(raw=True, force_insert=True)
        by_type.setdefault(type(page), []).append(page)
    for model, pages in by_type.items():
        get_search_backend().get_index_for_model(model).add_items(model, pages)
    return {row.pk: sample.id for (sample, _), row in zip(batch, rows, strict=True)}


def ndcg(got: Sequence[str], relevant: Mapping[str, int]) -> float:
    def gain(grades: Iterable[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))

    best = gain(sorted(relevant.values(), reverse=True)[:DEPTH])
    return gain(relevant.get(one, 0) for one in got[:DEPTH]) / best if best else 0.0


@dataclass(frozen=True)
class Answer:
    asked: Asked
    got: tuple[str, ...]
    milliseconds: float

    @property
    def recall(self) -> float:
        wanted = {one for one, grade in self.asked.relevant.items() if grade >= 2}
        return len(wanted.intersection(self.got)) / min(len(wanted), DEPTH) if wanted else 1.0

    @property
    def first_is_right(self) -> bool:
        return bool(self.got) and self.asked.relevant.get(self.got[0], 0) >= 2


@dataclass(frozen=True)
class Measured:
    number: int
    ndcg: float
    recall: float
    success: float
    empty: float
    p50: float
    p95: float


def measured(answers: Sequence[Answer]) -> dict[str, Measured]:
    """By class, in the order of the queries, and ALL."""
    classes = [*dict.fromkeys(answer.asked.kind for answer in answers), "ALL"]
    return {kind: _measured([one for one in answers if kind in {one.asked.kind, "ALL"}]) for kind in classes}


def _measured(answers: Sequence[Answer]) -> Measured:
    times = sorted(answer.milliseconds for answer in answers)
    return Measured(
        len(answers),
        mean(ndcg(answer.got, answer.asked.relevant) for answer in answers),
        mean(answer.recall for answer in answers),
        mean(answer.first_is_right for answer in answers),
        mean(not answer.got for answer in answers),
        times[len(times) // 2],
        times[min(len(times) - 1, int(len(times) * 0.95))],
    )


def table(figures: Mapping[str, Measured]) -> str:
    head = "| class | n | nDCG@10 | recall@10 | success@1 | zero-result | p50 ms | p95 ms |"
    lines = [
        f"| {kind} | {of.number} | {of.ndcg:.3f} | {of.recall:.3f} | {of.success:.3f} | {of.empty:.3f}"
        f" | {of.p50:.1f} | {of.p95:.1f} |"
        for kind, of in figures.items()
    ]
    return "\n".join([head, "|---" * 8 + "|", *lines])
