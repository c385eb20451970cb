"""What makes a title a special case of what residents mostly want: the later fate of a paper, or somebody else's case.

Who types "giám hộ" wants to register one; ending it, or a foreign party, is what people say when they mean it.
A title that says so unasked counts a little less. Pure.
"""

from collections.abc import Collection

from gandan.search.encoding import code
from gandan.text import fold

_LATER = """
lại|đổi|cấp đổi|thay đổi|gia hạn|chấm dứt|hủy|huỷ bỏ|hủy bỏ|thu hồi|rút|xóa|đính chính|sửa đổi|bổ sung|điều chỉnh|
tạm dừng|tạm ngừng|phục hồi|khôi phục|chuyển đổi|giải thể|giám sát|miễn nhiệm|từ chối|thôi|cải chính
"""
_OTHERS = """
nước ngoài|tổ chức|doanh nghiệp|cơ sở|cơ quan|đơn vị|biên giới|lưu động|ngoại giao|cấp tỉnh|lực lượng vũ trang|quân đội|
chuyên dùng
"""
_RESIDENTS = ("cá nhân", "hộ gia đình", "công dân", "cấp xã")
LATER, OTHERS = 0.05, 0.03  # taken off for each, at most MOST
MOST = 0.12


def _phrases(text: str) -> dict[str, str | None]:
    """Each folded, with the code of a single word: "lại" is not "lái"."""
    return {f" {fold(phrase)} ": code(phrase.strip()) for phrase in text.split("|")}


_LATER_PHRASES = _phrases(_LATER)
_OTHERS_PHRASES = _phrases(_OTHERS)
_RESIDENTS_PHRASES = _phrases("|".join(_RESIDENTS))


def marks_of(name: str, codes: Collection[str]) -> dict[str, float]:
    """The phrases that make a folded name special, between spaces, and what each takes off."""
    padded = f" {name} "
    marks = {
        phrase: LATER
        for phrase, coded in _LATER_PHRASES.items()
        if phrase in padded and (coded is None or not codes or coded in codes)
    }
    if not any(phrase in padded for phrase in _RESIDENTS_PHRASES):
        marks |= {phrase: OTHERS for phrase in _OTHERS_PHRASES if phrase in padded}
    return marks


def unasked(marks: dict[str, float], said: str) -> float:
    """What is taken off for the marks whose words the query, folded between spaces, does not hold; 0 to 0.12."""
    return min(sum(cost for phrase, cost in marks.items() if phrase not in said), MOST)


def later_unasked(said: str) -> dict[str, str | None]:
    """The phrases of a paper's later fate that a query, folded between spaces, does not hold, each with its code."""
    return {phrase: coded for phrase, coded in _LATER_PHRASES.items() if phrase not in said}


def others_unasked(said: str) -> dict[str, str | None]:
    """The same for somebody else's case."""
    return {phrase: coded for phrase, coded in _OTHERS_PHRASES.items() if phrase not in said}


def residents() -> list[str]:
    """The phrases of a name that say it is for residents after all, folded between spaces."""
    return list(_RESIDENTS_PHRASES)
