"""Times and fees in the words of the active language. What is not known is said as not known."""

from collections.abc import Iterable
from datetime import time

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from gandan.templatetags.gandan import money
from guides.models.choices import FeeState, Method, TimeUnit
from guides.terms import Fee, Time


def not_known() -> str:
    return _("Not known yet")


def way_in_words(method: str) -> str:
    return str(Method(method).label) if method in Method.values else method


def hour_in_words(clock: time) -> str:
    """15:00 as Vietnamese say it ("15 giờ"); other languages keep the digits."""
    if clock.minute == 0:
        return _("%(hour)d:00") % {"hour": clock.hour}
    return _("%(hour)d:%(minute)02d") % {"hour": clock.hour, "minute": clock.minute}


def cut_off_of(term_time: Time) -> time | None:
    return time.fromisoformat(term_time["cut_off"]) if term_time["cut_off"] else None


def time_in_words(term_time: Time) -> str:
    """0 working days is the same day, 0 hours is at once; a time without a number is not known."""
    value, unit = term_time["value"], term_time["unit"]
    if value is None or unit == TimeUnit.OTHER:
        return not_known()
    if value == 0:
        return _("At once") if unit == TimeUnit.HOUR else _("The same day")
    if unit == TimeUnit.HOUR:
        return ngettext("%(count)d hour", "%(count)d hours", value) % {"count": value}
    if unit == TimeUnit.DAY:
        return ngettext("%(count)d day", "%(count)d days", value) % {"count": value}
    if unit == TimeUnit.MONTH:
        return ngettext("%(count)d month", "%(count)d months", value) % {"count": value}
    return ngettext("%(count)d working day", "%(count)d working days", value) % {"count": value}


def time_note(term_time: Time) -> str:
    """The editor's note, else what the cut-off hour means."""
    cut_off = cut_off_of(term_time)
    if term_time["note"] or cut_off is None:
        return term_time["note"]
    return _("After %(hour)s: counts from the next working day") % {"hour": hour_in_words(cut_off)}


def fee_in_words(fee: Fee) -> str:
    """Only a fee stated as free is free; an amount that is missing is not known."""
    if fee["state"] == FeeState.FREE:
        return _("Free")
    if fee["state"] == FeeState.PROVINCE:
        return _("Set by the province")
    if fee["state"] == FeeState.AMOUNT and fee["amount"] is not None:
        return money(fee["amount"])
    return not_known()


def inside(words: str) -> str:
    """One of our own phrases in the middle of a sentence: its first letter small."""
    return words[:1].lower() + words[1:]


def joined(pieces: Iterable[str]) -> str:
    """Notes on one line; empty ones and repeated ones are left out."""
    kept = dict.fromkeys(piece.strip().rstrip(".;") for piece in pieces)
    return " · ".join(piece for piece in kept if piece)


def listed(items: Iterable[str]) -> str:
    return ("، " if get_language() == "ar" else ", ").join(items)
