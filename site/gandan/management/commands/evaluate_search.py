import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from gandan.search import dictionary, evaluation, find, stored, suggest
from gandan.search.elastic import index, is_wanted
from gandan.search.evaluation import Answer, Asked


class Command(BaseCommand):
    help = "Measure the public search on a collection of documents and queries, in a throwaway database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="holds docs.jsonl and queries.jsonl")
        parser.add_argument("--results", type=Path, help="one line a query: id, got, ms")
        parser.add_argument(
            "--pad", type=int, default=0, help="documents of distractor_pool.jsonl.gz beside them"
        )
        parser.add_argument("--min", default="", help="exit 1 below: ALL=0.91,typo=0.95")

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        try:
            samples, asked = evaluation.samples(directory), evaluation.queries(directory)
            padding = list(evaluation.padding(directory, options["pad"])) if options["pad"] > 0 else []
        except (OSError, KeyError, ValueError) as problem:
            raise CommandError(f"The collection in {directory} cannot be read: {problem}") from problem
        with throwaway_database():
            started = time.perf_counter()
            ids = evaluation.store(chain(samples, padding))
            dictionary.load_shipped()
            stored.refresh(timezone.now(), ["vi"])
            self.stdout.write(
                f"{len(ids)} documents stored and indexed in {time.perf_counter() - started:.1f} s"
            )
            with index.throwaway(timezone.now()) if is_wanted() else nullcontext():
                answers = [_answered(query, ids) for query in asked]
        if options["results"]:
            _write(answers, options["results"])
        if any(query.relevant for query in asked):
            self._report(answers, options["min"])

    def _report(self, answers: list[Answer], least: str) -> None:
        figures = evaluation.measured(answers)
        self.stdout.write(evaluation.table(figures))
        bars = (bar.split("=") for bar in least.split(",") if bar)
        below = [
            f"{kind} {figures[kind].ndcg:.3f} < {bar}"
            for kind, bar in bars
            if figures[kind].ndcg < float(bar)
        ]
        if below:
            raise CommandError(f"Below the bar: {', '.join(below)}")


def _answered(query: Asked, ids: dict[int, str]) -> Answer:
    ask = suggest if query.kind == "prefix" else find
    started = time.perf_counter()
    hits = ask(query.text, limit=evaluation.DEPTH)
    took = (time.perf_counter() - started) * 1000
    if hits.is_simple:
        raise CommandError(f"The engine did not answer “{query.text}”: its figures would be the database's.")
    return Answer(query, tuple(ids[int(hit.id.rpartition(":")[2])] for hit in hits), took)


def _write(answers: list[Answer], path: Path) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for one in answers:
            row = {"id": one.asked.id, "got": list(one.got), "ms": round(one.milliseconds, 2)}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


@contextmanager
def throwaway_database() -> Iterator[None]:
    """A new database beside the site's own, on the same engine, with nothing but what migrations put there."""
    own = connection.settings_dict["NAME"]
    known = dict(connection.settings_dict["TEST"])
    with tempfile.TemporaryDirectory() as folder:
        is_sqlite = connection.vendor == "sqlite"
        name = str(Path(folder) / "evaluated.sqlite3") if is_sqlite else f"gandan_evaluated_{os.getpid()}"
        connection.settings_dict["TEST"]["NAME"] = name
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        stored.forget()
        try:
            yield
        finally:
            stored.forget()
            connection.creation.destroy_test_db(own, verbosity=0)
            connection.settings_dict["TEST"].update(known)
            cache.close()
