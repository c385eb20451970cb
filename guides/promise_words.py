"""The promise on a guide's slip in the words of the active language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.workdays import english_holiday
from guides.result_day import Promise, ResultDay
from guides.wording import hour_in_words, joined
from home.hours import read_clock

NAMED_DAYS_OFF = 2


@dataclass(frozen=True)
class PromiseWords:
    """`label` and `when` stand in the stamp, `notes` below it."""

    label: str
    when: SafeString
    iso: str
    notes: list[SafeString]


def in_words(promise: Promise) -> PromiseWords:
    return PromiseWords(
        label=_label(promise),
        when=_when(promise.first),
        iso=promise.first.moment.isoformat(),
        notes=[note for note in _notes(promise) if note],
    )


def weekday_in_words(day: date) -> str:
    """Small in the middle of a Vietnamese line."""
    weekday = date_format(day, "l")
    return weekday[:1].lower() + weekday[1:] if get_language() == "vi" else weekday


def day_in_words(day: date) -> SafeString:
    return format_html('{} <bdi dir="ltr">{}</bdi>', weekday_in_words(day), f"{day:%d/%m}")


def reason_in_words(day: date, name: str) -> str:
    """Holidays have Vietnamese names and some English ones; elsewhere it is a public holiday."""
    language = get_language()
    if language == "en":
        return english_holiday(day, name) or _("public holiday")
    return name if name and language == "vi" else _("public holiday")


def _label(promise: Promise) -> str:
    first = promise.first.counted_from.date()
    words = {"day": _plain_day(first), "hour": hour_in_words(promise.cut_off) if promise.cut_off else ""}
    if promise.is_open_today:
        if promise.first.is_after_cut_off:
            return _("Hand in now, collect it at")
        return (
            _("Hand in today before %(hour)s, collect it at") % words
            if promise.cut_off
            else _("Hand in today, collect it at")
        )
    if promise.cut_off:
        return _("Hand in on %(day)s before %(hour)s, collect it at") % words
    return _("Hand in on %(day)s, collect it at") % words


def _plain_day(day: date) -> str:
    return f"{weekday_in_words(day)} {day:%d/%m}"


def _when(result: ResultDay) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi> {}', read_clock(result.at), day_in_words(result.due))


def _notes(promise: Promise) -> Iterable[SafeString]:
    yield _days_off(promise.first.skipped)
    if promise.first.is_after_cut_off and promise.is_open_today:
        yield _sentence(_("The cut-off hour of today has passed: it counts from the next working day."))
    if promise.later and promise.cut_off:
        later = _("Handed in after {hour}: {day}.")
        yield format_html(later, hour=hour_in_words(promise.cut_off), day=day_in_words(promise.later.due))
        told = {day for day, _reason in promise.first.skipped}
        yield _days_off([(day, reason) for day, reason in promise.later.skipped if day not in told])


def _sentence(text: str) -> SafeString:
    return format_html("{}", text)


def _days_off(skipped: list[tuple[date, str]]) -> SafeString:
    if not skipped:
        return _sentence("")
    if len(skipped) > NAMED_DAYS_OFF:
        words = {"first": day_in_words(skipped[0][0]), "last": day_in_words(skipped[-1][0])}
        reasons = joined(reason_in_words(day, name) for day, name in skipped[:1])
        return format_html(_("Not counted: {first} to {last} ({reasons})."), reasons=reasons, **words)
    return format_html_join(" ", "{}", [(_day_off(day, name),) for day, name in skipped])


def _day_off(day: date, name: str) -> SafeString:
    words = _("Not counted: {day} ({reason}).")
    return format_html(words, day=day_in_words(day), reason=reason_in_words(day, name))


def runs_of_days_off(skipped: list[tuple[date, str]]) -> Iterator[SafeString]:
    """Every day off with its reason; days of one holiday in one sentence."""
    for name, days in groupby(skipped, key=lambda each: each[1]):
        run = [day for day, _name in days]
        if len(run) == 1:
            yield _day_off(run[0], name)
        else:
            words = {"first": day_in_words(run[0]), "last": day_in_words(run[-1])}
            reasons = reason_in_words(run[0], name)
            yield format_html(_("Not counted: {first} to {last} ({reasons})."), reasons=reasons, **words)
