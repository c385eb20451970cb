"""Reads the files: one for each page and language, `<slug>.toml`, `<slug>.en.toml`, `<slug>.ar.toml`.

A translation holds only text; everything else, and every row it leaves out, comes from the Vietnamese file.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gandan.text import slug

FOLDER = Path(__file__).parent
ROWS = (
    *("situation", "channel", "term", "paper", "step", "rejection", "legal"),
    *("card", "practice", "message", "check", "lesson"),
)
Source = dict[str, Any]


@dataclass(frozen=True)
class Written:
    language: str
    text: Source

    @property
    def key(self) -> str:
        return str(self.text["key"])


def read(path: Path) -> Source:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_pages(folder: str) -> list[Written]:
    """Every page of a folder, the Vietnamese ones first, rows with their keys."""
    originals, translations = [], []
    for path in sorted((FOLDER / folder).glob("*.toml")):
        name, _dot, language = path.stem.partition(".")
        if not language:
            originals.append(Written("vi", _keyed(read(path))))
            continue
        original = _keyed(read(path.with_name(f"{name}.toml")))
        translations.append(Written(language, merged(original, _keyed(read(path)))))
    return originals + translations


def merged(original: Source, translation: Source) -> Source:
    """The original with the translation's words; rows are matched by key and keep the original's order."""
    both = {**original, **translation}
    for kind in ROWS:
        own = {row["key"]: row for row in translation.get(kind, [])}
        both[kind] = [{**row, **own.get(row["key"], {})} for row in original.get(kind, [])]
    return both


def _keyed(source: Source) -> Source:
    """Ways are known by their method, laws by their number, lessons by their slug; other rows carry a key."""
    for row in source.get("channel", []):
        row["key"] = row["method"]
    for row in source.get("legal", []):
        row["key"] = slug(row["number"])
    for row in source.get("lesson", []):
        row["key"] = row["slug"]
    return source
