"""Our search beside the stock one of modelsearch: the same documents, database and run.

Prints pages a second for building the index and milliseconds a query, median and 95th percentile. The stock backend
folds nothing, so it finds less; only the times are compared here (`evaluate_search` compares what is found).
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from modelsearch.backends.database import SearchBackend as stock_backend
from wagtail.models import Page

from gandan.management.commands.evaluate_search import throwaway_database
from gandan.search import dictionary, evaluation, find, reindexing, stored

MOST_QUERIES = 40


class Command(BaseCommand):
    help = "Times our search beside modelsearch's own on a collection (docs.jsonl, queries.jsonl)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--pad", type=int, default=0, help="documents of distractor_pool.jsonl.gz beside them"
        )

    def handle(self, *args: Any, directory: Path, pad: int, **options: Any) -> None:
        try:
            samples = [*evaluation.samples(directory), *(evaluation.padding(directory, pad) if pad else [])]
            asked = evaluation.queries(directory)
        except (OSError, KeyError, ValueError) as problem:
            raise CommandError(f"The collection in {directory} cannot be read: {problem}") from problem
        queries = [one.text for one in asked[:: max(1, len(asked) // MOST_QUERIES)]]
        with throwaway_database():
            evaluation.store(samples)
            dictionary.load_shipped()
            stored.refresh(timezone.now(), ["vi"])
            stock = stock_backend({})
            rows = [
                (
                    "stock",
                    *_timed(
                        lambda: reindexing.rebuild(backend=stock), lambda text: _stock(stock, text), queries
                    ),
                ),
                ("ours", *_timed(reindexing.rebuild, lambda text: find(text, limit=10), queries)),
            ]
        self.stdout.write(f"{len(samples)} documents, {len(queries)} queries")
        self.stdout.write(f"{'':8}{'index, pages/s':>16}{'query p50 ms':>16}{'p95 ms':>10}")
        for name, pages, median, slow in rows:
            self.stdout.write(f"{name:8}{pages:16.0f}{median:16.1f}{slow:10.1f}")


def _stock(backend: Any, text: str) -> list[Page]:
    return list(backend.search(text, Page.objects.live())[:10])


def _timed(
    rebuild: Callable[[], int], ask: Callable[[str], Any], queries: list[str]
) -> tuple[float, float, float]:
    """Objects a second, median and 95th percentile of a query in milliseconds."""
    began = time.perf_counter()
    pages = rebuild() / (time.perf_counter() - began)
    took = []
    for text in queries:
        began = time.perf_counter()
        ask(text)
        took.append((time.perf_counter() - began) * 1000)
    parts = quantiles(took, n=20)
    return pages, parts[9], parts[18]
