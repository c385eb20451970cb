"""The words residents agree to, every version that was ever shown. A version once used is never changed: words that
change get a new number, so that each record of a consent can be read as it was given.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils import translation
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from feedback.models import Case, Consent

WORDINGS: Mapping[str, Mapping[int, LazyText]] = {
    Consent.Purpose.CONTACT: {
        1: _("I agree that the commune uses this to reach me about this case, and for nothing else."),
    },
}


def present_version(purpose: str) -> int:
    return max(WORDINGS[purpose])


def record(case: Case, purpose: str, language: str, now: datetime, how: str = Consent.How.FORM) -> None:
    """Once for each purpose, until it is withdrawn."""
    Consent.objects.get_or_create(
        case=case,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"version": present_version(purpose), "language": language, "how": how, "given_at": now},
    )


def words_of(consent: Consent) -> str:
    """As the resident read them, in the language of the form."""
    with translation.override(consent.language):
        return str(WORDINGS[consent.purpose][consent.version])
