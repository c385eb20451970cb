"""Words that belong at another door: a formal complaint about a decision, or a denunciation. Pure.

Both have a route of their own by law, and a form on the web keeps nobody's secret; such words are stopped before
anything is stored. Who asks how one complains or denounces is only asking: that goes through.
"""

from collections.abc import Sequence
from enum import StrEnum

from gandan.search.sayings import Found, Sayings, Word, words_in
from gandan.search.terms import Term


class Door(StrEnum):
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"


_WORDS = {
    Door.DENUNCIATION: (
        "tố cáo|tố giác|hối lộ|đút lót|đòi phong bì|đưa phong bì|nhận phong bì|vòi tiền|vòi vĩnh|đòi tiền bôi trơn"
        "|lót tay|tham ô|tham nhũng|ăn hối lộ|ăn chặn|nhũng nhiễu|bảo kê|chạy án|chạy chức"
        "|đánh người|bị đánh|đánh đập|hành hung|chém|đâm người|giết người|dọa giết|đe dọa|hiếp dâm|xâm hại|dâm ô"
        "|bạo hành|bạo lực gia đình|buôn ma túy|bán ma túy|mua bán ma túy|buôn người|bắt cóc|buôn lậu|đánh bạc"
        "|denounce|denunciation|bribe|bribery|corrupt|corruption|embezzle|embezzlement|beat me|beaten|rape|murder"
        "|رشوة|فساد|اختلاس|ضربني|تهديد بالقتل|اغتصاب"
    ),
    Door.COMPLAINT: (
        "khiếu nại quyết định|khiếu nại về quyết định|khiếu nại việc|tôi khiếu nại|xin khiếu nại|làm đơn khiếu nại"
        "|gửi đơn khiếu nại|đơn khiếu nại|khiếu nại hành vi|khiếu kiện|không đồng ý với quyết định"
        "|không đồng ý quyết định|phản đối quyết định|đề nghị hủy quyết định|yêu cầu hủy quyết định|khởi kiện"
        "|formal complaint|complain about the decision|appeal the decision|appeal against|شكوى ضد قرار|أعترض على قرار"
    ),
}
_ASKING = (
    "hỏi thủ tục|thủ tục|hỏi cách|cách làm|cách viết|cách gửi|cách nộp|hướng dẫn|mẫu đơn"
    "|làm thế nào|làm sao|như thế nào|ở đâu|gửi đâu|nộp đâu|cần gì|bao lâu"
    "|mấy ngày|how do i|how to|where do i|where can i|how long|كيف|أين|كم من الوقت"
)


_PREVENTING = "phòng chống|đấu tranh chống|tuyên truyền|ngăn chặn|fight against|prevent"
_FALLEN = "rơi|số|máy|vần|giá"  # đánh rơi, đánh số: nobody is hurt
# Without marks these are everyday words: thăm ở, đám ở, chem chép, cháy ăn, chồng đạt.
_NEEDS_MARKS = frozenset(["tham ô", "dâm ô", "chém", "chạy án", "chạy chức", "bảo kê", "lót tay"])
NEAR_BEFORE, NEAR_AFTER = 3, 2  # words between a word of the route and the asking word that excuses it


def _sayings(phrases: str) -> Sayings:
    return Sayings(Term(phrase, (phrase,)) for phrase in phrases.split("|"))


_FOUND = {door: _sayings(phrases) for door, phrases in _WORDS.items()}
_ASKS, _PREVENTS, _FALLS = _sayings(_ASKING), _sayings(_PREVENTING), _sayings(_FALLEN)
_ROUTE = _sayings("tố cáo|tố giác|khiếu nại|khiếu kiện|khởi kiện|denunciation|denounce|complaint|appeal")


def door_of(text: str) -> Door | None:
    """The door such a text belongs at; None for everything else. Marks count where they are typed."""
    words = words_in(text)
    for door, sayings in _FOUND.items():
        if any(_is_meant(found, words) for found in sayings.within(words)):
            return door
    return None


def _is_meant(found: Found, words: Sequence[Word]) -> bool:
    said = " ".join(word.form for word in found.means[0])
    here = words[found.start : found.end]
    if said in _NEEDS_MARKS and all(word.fold == word.form for word in here):
        return False
    if said == "bị đánh" and any(one.start == found.end for one in _FALLS.within(words)):
        return False
    if any(one.end == found.start for one in _PREVENTS.within(words)):
        return False
    return not (_ROUTE.within(here) and _is_asked_beside(found, words))


def _is_asked_beside(found: Found, words: Sequence[Word]) -> bool:
    """Whether somebody asks how the route goes; what happened to somebody is never only a question."""
    return any(
        found.start - NEAR_BEFORE <= one.end <= found.end
        or found.start <= one.start <= found.end + NEAR_AFTER
        for one in _ASKS.within(words)
    )
