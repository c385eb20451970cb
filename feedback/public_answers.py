"""Published answers as rows on the page of a guide."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import get_language

from feedback.models import PublishedAnswer
from home.sections import Row

NAMES = ("answer_1", "answer_2", "answer_3")  # columns, and so the most on one guide


class GuideAnswers:
    """The newest first."""

    def columns(self, code: str) -> Mapping[str, Subquery]:
        found = PublishedAnswer.objects.published().filter(guide_code=code)
        held = found.values(held=JSONObject(key="key", question="question", language="language"))
        return {name: Subquery(held[place : place + 1]) for place, name in enumerate(NAMES)}

    def rows(self, record: Mapping[str, Any]) -> list[Row]:
        return [_row(record[name]) for name in NAMES if record.get(name)]


def _row(held: Mapping[str, str]) -> Row:
    language = "" if held["language"] == get_language() else held["language"]
    url = reverse("feedback:published_answer", args=[held["key"]])
    return Row(held["question"], url, icon="ask", language=language)
