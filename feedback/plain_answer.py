"""Does a text read as an answer? A few honest rules, so that no case is closed with "received" alone.

Greetings, thanks and the usual words of having received or handed on something are taken away; an answer is what is
left. The rules look at Vietnamese and English, without tone marks; they cannot tell a wrong answer from a right one.
"""

import re

from django.utils.translation import gettext as _

from feedback.placeholders import used
from gandan.text import fold

FEWEST_WORDS = 5

_EMPTY_PHRASES = (
    "da tiep nhan",
    "da nhan duoc",
    "da nhan",
    "da ghi nhan",
    "da xem xet",
    "da xem",
    "da doc",
    "da ro",
    "da biet",
    "da chuyen bo phan chuyen mon",
    "da chuyen",
    "da giai quyet xong",
    "da giai quyet",
    "da xu li xong",
    "da xu li",
    "da xong",
    "da tra loi",
    "dang xu li",
    "dang giai quyet",
    "dang xem xet",
    "se xem xet",
    "se giai quyet",
    "se xu li",
    "se kiem tra",
    "se tra loi sau",
    "se phan hoi sau",
    "theo quy dinh cua phap luat",
    "theo dung quy dinh",
    "theo quy dinh",
    "trong thoi gian som nhat",
    "cau hoi cua",
    "y kien cua",
    "phan anh cua",
    "noi dung cua",
    "noi dung",
    "phan anh",
    "y kien",
    "cau hoi",
    "kinh gui",
    "kinh thua",
    "kinh chao",
    "chao ba con",
    "chao ong ba",
    "ong ba",
    "ba con",
    "cong dan",
    "nguoi dan",
    "xin chao",
    "chao",
    "xin cam on",
    "cam on",
    "tran trong",
    "ubnd xa",
    "uy ban nhan dan",
    "chung toi",
    "xin thong bao",
    "thank you",
    "thanks",
    "hello",
    "dear",
    "your question",
    "your report",
    "has been",
    "have been",
    "was",
    "received",
    "noted",
    "resolved",
    "done",
    "in progress",
    "being processed",
    "we will",
    "look into it",
)
_FILLER_WORDS = "xa phuong a da vang ok oke okay roi nhe cua cho va duoc xong tot xin anh chi em bac we it"
_FILLER = frozenset(_FILLER_WORDS.split())
_EMPTY = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, _EMPTY_PHRASES), key=len, reverse=True)) + r")\b"
)


def fault(text: str, question: str = "") -> str:
    """A sentence that says why the text is no answer; "" when it reads as one."""
    left_over = used(text)
    if left_over:
        return _("Something in braces is still to be filled in: %(names)s.") % {
            "names": ", ".join(f"{{{name}}}" for name in sorted(left_over))
        }
    if question and fold(text) == fold(question):
        return _("This is the question itself. Please write the answer.")
    if len(_words_that_say_something(text)) < FEWEST_WORDS:
        return _(
            "This does not answer yet. Say what was done or decided, or what the resident should do next, "
            "where and when; “received” or “being processed” is not an answer."
        )
    return ""


def _words_that_say_something(text: str) -> list[str]:
    return [word for word in _EMPTY.sub(" ", fold(text)).split() if word not in _FILLER]
