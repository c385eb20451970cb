"""Published answers in search."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from feedback.models import PublishedAnswer
from gandan.search import Hit, Record, register


def published(now: datetime) -> QuerySet[PublishedAnswer]:
    return PublishedAnswer.objects.published()


def answer_hit(record: Record, language: str) -> Hit:
    with override(language):
        url = reverse("feedback:published_answer", args=[record["key"]])
    return Hit(title=record["question"], url=url, summary=record["answer"], language=record["language"])


register(
    "answer",
    PublishedAnswer,
    queryset=published,
    to_hit=answer_hit,
    columns={"key": "key", "question": "question", "answer": "answer", "language": "language"},
)
