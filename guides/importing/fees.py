"""What the fee rows of one way to hand in say together.

Three choices. 0 is never free: a fee is free only when the text says nothing but that. An amount is taken over
only when the record names exactly one and does not defer to the province. Below 1,000 đồng an amount is not
believed: missions abroad write US dollars into the same field (5, 20, 45), others per cent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guides.importing.record import Fee
from guides.models.choices import FeeState

SMALLESTAMOUNT = 1000  # đồng

AMOUNT = re.compile(
    r"(?<![\d/.,])(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{4,9})\s*(đồng|đ|vnđ|vnd)\b", re.IGNORECASE
)
_PROVINCE = re.compile(
    r"hội đồng nhân dân|hđnd|ủy ban nhân dân (?:cấp )?tỉnh|ubnd (?:cấp )?tỉnh"
    r"|(?:tỉnh|địa phương)[^.;]{0,40} quy(?:ết)? định",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\W*(?:miễn(?: (?:thu|nộp))?|không(?: (?:thu|mất|phải nộp))?) (?:lệ phí|phí|phí, lệ phí|tiền)\W*(?:đồng\W*)?",
    re.IGNORECASE,
)
_EXEMPTS = re.compile(r"miễn(?: thu| nộp)? (?:lệ )?phí,? (?:lệ phí )?(?:cho|đối với)", re.IGNORECASE)
_SENTENCES = re.compile(r"\n+|(?<=[.;])\s+")


@dataclass(frozen=True)
class FeeFacts:
    state: str
    amount: int | None
    note: str
    exemptions: str


def amounts_in(text: str) -> set[int]:
    """Amounts in đồng that a text names."""
    return {int(re.sub(r"\D", "", match[1])) for match in AMOUNT.finditer(text)} - {0}


def defers_to_province(text: str) -> bool:
    return bool(_PROVINCE.search(text))


def says_free(text: str) -> bool:
    return bool(_FREE.fullmatch(text))


def is_believable(value: int | None) -> bool:
    return value is not None and value >= SMALLESTAMOUNT


def fee_facts(fees: Sequence[Fee]) -> FeeFacts:
    texts = list(dict.fromkeys(fee.text for fee in fees if fee.text))
    exempt = [sentence for text in texts for sentence in _SENTENCES.split(text) if _EXEMPTS.search(sentence)]
    state, amount = _state(fees, texts)
    return FeeFacts(
        state, amount, _note(fees, amount), "\n".join(dict.fromkeys(s.strip(" ()") for s in exempt))
    )


def _state(fees: Sequence[Fee], texts: list[str]) -> tuple[str, int | None]:
    if any(defers_to_province(text) for text in texts):
        return FeeState.PROVINCE, None
    amounts = {fee.value for fee in fees if is_believable(fee.value)}
    amounts |= {amount for text in texts for amount in amounts_in(text)}
    if len(amounts) == 1:
        return FeeState.AMOUNT, amounts.pop()
    if texts and not amounts and all(map(says_free, texts)) and all(not fee.value for fee in fees):
        return FeeState.FREE, None
    return FeeState.UNKNOWN, None


def _note(fees: Sequence[Fee], amount: int | None) -> str:
    """Every text, with the amount of its row where the text does not name one itself."""
    lines = []
    for fee in fees:
        said = (
            f"{fee.value:,} đồng".replace(",", ".")
            if is_believable(fee.value) and fee.value != amount
            else ""
        )
        if fee.value and fee.value in amounts_in(fee.text):
            said = ""
        lines.append(": ".join(part for part in (said, fee.text) if part))
    return "\n".join(line for line in dict.fromkeys(lines) if line)
