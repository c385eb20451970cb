"""What the import has to say about a record: facts that contradict each other, gaps, rows that are no papers."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(StrEnum):
    FEE_TEXT_NAMES_AMOUNT = "fee_text_names_amount"
    FEE_TEXT_DEFERS = "fee_text_defers"
    FEE_AMOUNTS_DIFFER = "fee_amounts_differ"
    FEE_NOT_BELIEVABLE = "fee_not_believable"
    TIMES_DIFFER = "times_differ"
    TIMES_BY_CASE = "times_by_case"
    REPEALED_PAPER = "repealed_paper"
    ABOLISHED_LEVEL = "abolished_level"
    EMPTY = "empty"
    NOT_A_PAPER = "not_a_paper"
    LAW_WITHOUT_NUMBER = "law_without_number"
    UNKNOWN_WORD = "unknown_word"
    SHORTENED = "shortened"
    UNSEEN = "unseen"


LABELS = {
    Kind.FEE_TEXT_NAMES_AMOUNT: gettext_lazy("no amount (or 0 đồng), but the text names one"),
    Kind.FEE_TEXT_DEFERS: gettext_lazy("no amount (or 0 đồng), but the text leaves the fee to the province"),
    Kind.FEE_AMOUNTS_DIFFER: gettext_lazy("the amount and the text differ"),
    Kind.FEE_NOT_BELIEVABLE: gettext_lazy("an amount too small to be đồng"),
    Kind.TIMES_DIFFER: gettext_lazy("different times"),
    Kind.TIMES_BY_CASE: gettext_lazy("the text names other times for some cases"),
    Kind.REPEALED_PAPER: gettext_lazy("a paper that no longer exists"),
    Kind.ABOLISHED_LEVEL: gettext_lazy("the district level, abolished on 1 July 2025"),
    Kind.EMPTY: gettext_lazy("empty"),
    Kind.NOT_A_PAPER: gettext_lazy("a note among the papers, not a paper"),
    Kind.LAW_WITHOUT_NUMBER: gettext_lazy("a legal text without a number"),
    Kind.UNKNOWN_WORD: gettext_lazy("a word we do not know, left out"),
    Kind.SHORTENED: gettext_lazy("shortened"),
    Kind.UNSEEN: gettext_lazy("characters that nobody sees and that can turn text around, left out"),
}

CONTRADICTIONS = frozenset(
    [
        Kind.FEE_TEXT_NAMES_AMOUNT,
        Kind.FEE_TEXT_DEFERS,
        Kind.FEE_AMOUNTS_DIFFER,
        Kind.FEE_NOT_BELIEVABLE,
        Kind.TIMES_DIFFER,
        Kind.TIMES_BY_CASE,
        Kind.REPEALED_PAPER,
        Kind.ABOLISHED_LEVEL,
    ]
)


@dataclass(frozen=True)
class Finding:
    """`detail` quotes the record; for an empty field it is the field's name."""

    kind: Kind
    field: str
    detail: str

    def __str__(self) -> str:
        label = str(LABELS[self.kind])
        return _("%(label)s: %(detail)s") % {"label": label, "detail": self.detail} if self.detail else label
