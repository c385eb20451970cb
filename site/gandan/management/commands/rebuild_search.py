"""Builds the search index anew beside the one in use, then puts it in its place: readers never meet an empty moment."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gandan.progress import with_progress
from gandan.search import reindexing
from gandan.search.elastic import index, is_wanted
from gandan.search.elastic.client import FAULTS
from gandan.search.elastic.sending import NotAllWritten


class Command(BaseCommand):
    help = "Builds the search index anew: the database's, and the search engine's where SEARCH_URL names one."

    def handle(self, *args: Any, **options: Any) -> None:
        total = reindexing.how_many()
        done = reindexing.rebuild(lambda items: with_progress(items, total, sys.stderr))
        self.stdout.write(f"The database's index holds {done} objects.")
        if not is_wanted():
            return
        now = timezone.now()
        try:
            done = index.rebuild(now, lambda items: with_progress(items, index.how_many(now), sys.stderr))
        except (NotAllWritten, *FAULTS) as fault:
            raise CommandError(
                f"The search engine could not be filled; its index is as it was. {fault}"
            ) from fault
        self.stdout.write(f"The search engine's index holds {done} documents.")
