"""Answers a question with one fact of a guide, where the question asks for just that. Rules, no written text. Pure."""

from collections.abc import Sequence
from typing import Any

from gandan.text import fold

# What is asked for, by the key of the fact (`guides.facts`); a phrase counts wherever it stands in the question.
_ASKED = {
    "how-long": """
bao lâu|mấy ngày|bao nhiêu ngày|mấy hôm|bao giờ xong|bao giờ có|khi nào có|khi nào xong|thời gian|thời hạn|
how long|how many days|when ready|كم يوم|كم يستغرق|كم من الوقت|المدة
""",
    "cost": """
bao nhiêu tiền|mất tiền|tốn tiền|hết nhiêu|hết bao nhiêu|lệ phí|giá bao nhiêu|mất phí|tốn phí|có phí|đóng tiền|
how much|cost|fee|free|كم السعر|الرسوم|رسوم|تكلفة
""",
    "bring": """
cần gì|cần những gì|cần giấy tờ|giấy tờ gì|những giấy tờ|mang gì|mang theo gì|cần mang|hồ sơ gì|gồm những gì|
chuẩn bị gì|giấy gì|what to bring|what papers|what documents|which documents|need to bring|
ما المطلوب|الأوراق|المستندات
""",
    "online": """
qua mạng|trên mạng|online|trực tuyến|bằng điện thoại|ở nhà được|over the internet|by phone|عبر الإنترنت|أونلاين
""",
    "where": """
ở đâu|chỗ nào|đến đâu|tới đâu|nơi nào|quầy nào|where|which office|which counter|أين
""",
}
_PHRASES = [(key, f" {fold(phrase)} ") for key, phrases in _ASKED.items() for phrase in phrases.split("|")]


def asked_for(text: str) -> str:
    """The key of the fact that is asked for first, empty when none is."""
    padded = f" {fold(text)} "
    places = [(padded.find(phrase), key) for key, phrase in _PHRASES if phrase in padded]
    return min(places)[1] if places else ""


def is_about(title: str, words: Sequence[str], text: str) -> bool:
    """Whether what is left of the question, the asking aside, has a word of the title."""
    padded = f" {fold(text)} "
    for _key, phrase in _PHRASES:
        padded = padded.replace(phrase, " ")
    left = set(padded.split()) & set(words)
    return bool(left & set(fold(title).split()))


def answering(facts: Sequence[Any], key: str) -> Any | None:
    return next((fact for fact in facts if fact.key == key), None)
