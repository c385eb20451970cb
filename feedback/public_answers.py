"""Published answers as rows on the page of a guide."""

from feedback.models import PublishedAnswer
from home.sections import Row

MOST = 5  # on the page of one guide


def answers_of(guide_code: str) -> list[Row]:
    found = PublishedAnswer.objects.published().filter(guide_code=guide_code)[:MOST]
    return [_row(answer) for answer in found]


def _row(answer: PublishedAnswer) -> Row:
    return Row(answer.question, answer.get_absolute_url(), icon="ask", language=answer.foreign_language)
