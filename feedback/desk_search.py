"""Search at the desk, without tone marks: in all cases the reader may see by code, topic, area, state and the title
that staff wrote; by their words only in the newest ones, which are decrypted in memory for this one search.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from feedback.access import Reader
from feedback.models import Case, CaseText, State, Topic
from gandan.text import fold, fold_words
from home.models import Area

IN_WORDS = 500  # newest cases whose words are read
SHOWN = 50
READ: tuple[str, ...] = (
    CaseText.Role.QUESTION,
    CaseText.Role.REPLY,
    CaseText.Role.ANSWER,
    CaseText.Role.NOTE,
)
_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"


def _spellings() -> dict[str, str]:
    """For each plain letter a class of a regular expression with all that are folded to it, small and capital."""
    found: dict[str, str] = defaultdict(str)
    for letter in _LETTERS:
        found[fold(letter)] += letter + letter.upper()
    found["i"] = found["y"] = found["i"] + found["y"]  # fold writes y as i behind some letters
    return {plain: f"[{letters}]" for plain, letters in found.items()}


_SPELLINGS = _spellings()


def find(reader: Reader, typed: str) -> list[Case]:
    """At most `SHOWN` cases, the newest first; none when nothing that can be searched was typed."""
    words = fold_words(typed)
    if not words:
        return []
    newest = _in_words(reader, words)
    matches = reader.cases().filter(_in_columns(typed, words) | Q(pk__in=newest))
    related = ("topic", "area", "unit", "official")
    found = matches.select_related(*related).prefetch_related("forwardings")
    return list(found.order_by("-sent_at", "-pk")[:SHOWN])


def _in_columns(typed: str, words: list[str]) -> Q:
    by_code = re.sub(r"[^0-9A-Za-z-]", "", typed).upper()
    topics = {topic.pk: fold(topic.name) for topic in Topic.objects.only("name")}
    areas = {area.pk: fold(area.name) for area in Area.objects.only("name")}
    states = {state.value: fold(str(state.label)) for state in State}
    everywhere = Q()
    for word in words:
        everywhere &= (
            Q(title__regex="".join(_SPELLINGS.get(letter, re.escape(letter)) for letter in word))
            | Q(topic__in=_holding(topics, word))
            | Q(area__in=_holding(areas, word))
            | Q(state__in=_holding(states, word))
        )
    return everywhere | Q(code__contains=by_code) if len(by_code) >= 4 else everywhere


def _holding(names: Mapping[Any, str], word: str) -> list[Any]:
    return [key for key, name in names.items() if word in name]


def _in_words(reader: Reader, words: list[str]) -> list[int]:
    newest = list(reader.cases().order_by("-sent_at", "-pk").values_list("pk", flat=True)[:IN_WORDS])
    texts = CaseText.objects.filter(case__in=newest, role__in=READ, hidden_at=None)
    said: dict[int, str] = defaultdict(str)
    for case_id, text in texts.values_list("case_id", "text"):
        said[case_id] += " " + fold(text)
    return [case_id for case_id, text in said.items() if _all_begin_words(words, text)]


def _all_begin_words(words: Iterable[str], text: str) -> bool:
    return all(f" {word}" in text for word in words)
