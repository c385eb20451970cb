import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gandan.search import Hit, find


class Command(BaseCommand):
    help = "Ask the public search, exactly as its page does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--locale", default="vi", choices=["vi", "en", "ar"])
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, text: str, limit: int, locale: str, **options: Any) -> None:
        hits = find(text, locale=locale, limit=max(limit, 0))
        if options["json"]:
            self.stdout.write(json.dumps([_row(hit) for hit in hits], ensure_ascii=False, indent=2))
            return
        for hit in hits:
            self.stdout.write(f"{hit.score:6.2f}  {hit.kind:<10} {hit.title}  {hit.code}  {hit.url}")
        self.stdout.write(f"{hits.total} found")


def _row(hit: Hit) -> dict[str, str]:
    return {"id": hit.id, "url": hit.url, "title": hit.title, "kind": hit.kind, "code": hit.code}
