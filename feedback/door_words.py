"""Words that belong at another door: a formal complaint about a decision, or a denunciation. Pure.

Both have a route of their own by law, and a form on the web keeps nobody's secret; such words are stopped before
anything is stored. Who asks how one complains or denounces is only asking: that goes through.
"""

import re
from enum import StrEnum

from gandan.text import fold


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
    "hỏi thủ tục|thủ tục|hướng dẫn|mẫu đơn|làm thế nào|làm sao|như thế nào|ở đâu|gửi đâu|nộp đâu|cần gì|bao lâu"
    "|mấy ngày|how do i|how to|where do i|where can i|how long|كيف|أين|كم من الوقت"
)


def _row_of(phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(fold(one))}(?!\w)" for one in phrases.split("|")))


_FOUND = {door: _row_of(phrases) for door, phrases in _WORDS.items()}
_ASKS = _row_of(_ASKING)
_ABOUT_THE_ROUTE = _row_of(
    "tố cáo|tố giác|khiếu nại|khiếu kiện|khởi kiện|denunciation|denounce|complaint|appeal"
)


def door_of(text: str) -> Door | None:
    """The door such a text belongs at; None for everything else. Accents do not matter."""
    typed = fold(text)
    for door, words in _FOUND.items():
        found = [match for match in words.finditer(typed) if not _only_asks(match[0], typed)]
        if found:
            return door
    return None


def _only_asks(word: str, typed: str) -> bool:
    """The word names the route itself, and the text asks how it goes; what happened to somebody is never a question."""
    return bool(_ABOUT_THE_ROUTE.search(word) and _ASKS.search(typed))
