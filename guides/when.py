"""“If I hand it in then, when do I get it?”: the form on a guide and its answer, both from the address alone.

A way or situation that the guide does not have is read as the usual one: nobody types them. A day or an hour that
cannot be used is said so beside its field, which keeps what was typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gandan.worktime import VIETNAM, Calendar
from guides.facts import usual_way, ways
from guides.models.choices import Method, TimeUnit
from guides.promise_words import day_in_words, reason_in_words, runs_of_days_off, weekday_in_words
from guides.result_day import ResultDay, can_be_counted, result_day
from guides.situations import PARAMETER, chosen_of, query_of
from guides.terms import Time, time_for
from guides.typed_day import NotThere, Unreadable, read_day, read_hour
from guides.wording import hour_in_words, time_in_words, way_in_words
from home.hours import read_clock

WAY, DAY, HOUR = "cach", "ngay", "gio"
SECTION = "ngay-nhan"
AWAY = timedelta(days=365)  # further on, the holidays that decide are not announced yet
ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Answer:
    """`label`, `when` and `iso` stand in the stamp, `notes` below it; without a day `when` is empty."""

    label: str
    when: str
    iso: str
    notes: list[str]


class WhenForm(forms.Form):
    def __init__(self, page: Any, asked: dict[str, str], now: datetime) -> None:
        self.page, self.here = page, now.astimezone(VIETNAM)
        self.typed = _with_defaults(page.sheet, asked, self.here)
        super().__init__(self.typed, use_required_attribute=False)
        kinds = ways(page.sheet)
        if len(kinds) > 1:
            choices = [(way, way_in_words(way)) for way in kinds]
            self.fields[WAY] = forms.ChoiceField(label=_("How you hand it in"), choices=choices)
        labels = [(row["key"], row["label"]) for row in page.sheet.get("situations", [])]
        if labels:
            none = ("", _("None of these"))
            self.fields[PARAMETER] = forms.ChoiceField(
                label=_("Situation"), choices=[none, *labels], required=False
            )
        self.fields[DAY] = forms.CharField(label=_("Day"), widget=_picker("date", "25/11/2026"))
        self.fields[HOUR] = forms.CharField(label=_("Hour"), widget=_picker("time", "9:30"))

    def clean_ngay(self) -> date:
        typed = self.cleaned_data[DAY]
        try:
            day = read_day(typed, self.here.date())
        except NotThere as error:
            raise ValidationError(
                _("There is no %(day)s in the calendar.") % {"day": error.args[0]}
            ) from error
        except Unreadable as error:
            raise ValidationError(_("Write the day like 25/11/2026.")) from error
        self._refuse_far_away(day)
        return day

    def clean_gio(self) -> time:
        try:
            return read_hour(self.cleaned_data[HOUR])
        except NotThere as error:
            raise ValidationError(_("No clock shows %(hour)s.") % {"hour": error.args[0]}) from error
        except Unreadable as error:
            raise ValidationError(_("Write the hour like 9:30.")) from error

    def _refuse_far_away(self, day: date) -> None:
        begins, ends = self.page.valid_from, self.page.valid_to
        if begins and day < begins:
            message = _("This guide is valid from %(day)s. Before that day other rules held.")
            raise ValidationError(message % {"day": f"{begins:%d/%m/%Y}"})
        if ends and day > ends:
            message = _("This guide is valid until %(day)s. Ask the commune about a later day.")
            raise ValidationError(message % {"day": f"{ends:%d/%m/%Y}"})
        first, last = self.here.date() - AWAY, self.here.date() + AWAY
        if not first <= day <= last:
            words = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
            raise ValidationError(_("Choose a day from %(first)s to %(last)s.") % words)

    def full_clean(self) -> None:
        """What could be read is shown as the browser's own picker takes it; what could not, as it was typed."""
        super().full_clean()
        for name, shape in ((DAY, "%Y-%m-%d"), (HOUR, "%H:%M")):
            if name in self.cleaned_data:
                self.typed[name] = self.cleaned_data[name].strftime(shape)
            else:
                self.fields[name].widget.input_type = "text"

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.cleaned_data[DAY], self.cleaned_data[HOUR], VIETNAM)


def _picker(kind: str, example: str) -> forms.TextInput:
    widget = forms.TextInput({"placeholder": example})
    widget.input_type = kind
    return widget


def _with_defaults(sheet: dict[str, Any], asked: dict[str, str], here: datetime) -> dict[str, str]:
    """What was asked; now, by the usual way, where nothing was. Another day without an hour begins at its opening."""
    known = [row["key"] for row in sheet.get("situations", [])]
    kinds = ways(sheet) or [""]
    day = asked.get(DAY, "").strip() or f"{here:%Y-%m-%d}"
    is_today = not asked.get(DAY, "").strip() or day == f"{here:%Y-%m-%d}"
    return {
        WAY: asked.get(WAY, "") if asked.get(WAY, "") in kinds else kinds[0],
        PARAMETER: asked.get(PARAMETER, "") if asked.get(PARAMETER, "") in known else "",
        DAY: day,
        HOUR: asked.get(HOUR, "").strip() or (f"{here:%H:%M}" if is_today else "00:00"),
    }


def when_context(
    page: Any, asked: dict[str, str], calendar: Calendar | None, now: datetime
) -> dict[str, WhenForm | Answer | str | None]:
    """The form once it is asked for, by `?cach=`; nothing for a guide without a time or hours that can be counted."""
    if calendar is None or not _has_an_answer(page.sheet):
        return {}
    if not any(name in asked for name in (WAY, DAY, HOUR)):
        chosen = chosen_of(page.sheet, asked.get(PARAMETER, ""))
        return {"when_url": f"{query_of(chosen, **{WAY: usual_way(page.sheet)})}#{SECTION}"}
    form = WhenForm(page, asked, now)
    return {"when_form": form, "answer": answer(form, page.sheet, calendar)}


def _has_an_answer(sheet: dict[str, Any]) -> bool:
    return any(can_be_counted(term["time"]) for term in sheet.get("terms", []))


def answer(form: WhenForm, sheet: dict[str, Any], calendar: Calendar) -> Answer | None:
    """None while a day or an hour is wrong."""
    if not form.is_valid():
        return None
    terms = sheet.get("terms", [])
    way, situation = form.typed[WAY], form.typed[PARAMETER]
    term_time = time_for(terms, way, situation)
    found = result_day(terms, calendar, form.moment, way, situation)
    if found is None:
        return _unknown(term_time)
    return Answer(
        label=_("Handed in on %(when)s, collect it at") % {"when": _moment(form.moment)},
        when=format_html('<bdi dir="ltr">{}</bdi> {}', read_clock(found.at), _full_day(found.due)),
        iso=found.moment.isoformat(),
        notes=[note for note in _notes(found, term_time, calendar, form.moment, way) if note],
    )


def _unknown(term_time: Time) -> Answer:
    words = _("How long it takes is not known, so no day can be named: ask before you come.")
    return Answer(label="", when="", iso="", notes=[words, *filter(None, [term_time["note"]])])


def _moment(moment: datetime) -> str:
    return f"{weekday_in_words(moment.date())} {moment:%d/%m} {read_clock(moment.time())}"


def _full_day(day: date) -> SafeString:
    return format_html('{} <bdi dir="ltr">{}</bdi>', weekday_in_words(day), f"{day:%d/%m/%Y}")


def _notes(
    found: ResultDay, term_time: Time, calendar: Calendar, moment: datetime, way: str
) -> Iterator[str]:
    yield format_html(_("Time: {time}."), time=time_in_words(term_time))
    if way == Method.POST:
        yield _("By post it counts from the day the letter arrives, not from the day you send it.")
    if found.counted_from > moment:
        yield _taken_in_later(found, calendar, moment)
    if found.is_after_cut_off:
        words = {
            "hour": hour_in_words(time.fromisoformat(term_time["cut_off"])),
            "day": day_in_words(found.received),
        }
        yield format_html(_("After {hour} it counts from the next working day, {day}."), **words)
    yield from runs_of_days_off(found.skipped)
    if term_time["unit"] == TimeUnit.WORKING_DAY:
        yield from _weekends(found, calendar)
    if found.ready != found.due:
        yield format_html(_("Ready on {day}, when the counter is closed."), day=day_in_words(found.ready))
    if term_time["note"]:
        yield term_time["note"].rstrip(".") + "."


def _taken_in_later(found: ResultDay, calendar: Calendar, moment: datetime) -> SafeString:
    """The counter is closed at that moment; with the name of the holiday where that is why."""
    day, opens = moment.date(), found.counted_from
    words = {"hour": read_clock(opens.time()), "day": day_in_words(opens.date())}
    if day in calendar.off and not calendar.is_working_day(day):
        closed = _("Closed on {closed} ({reason}): taken in at {hour} on {day}.")
        return format_html(
            closed, closed=day_in_words(day), reason=reason_in_words(day, calendar.off[day]), **words
        )
    return format_html(_("Closed at that hour: taken in at {hour} on {day}."), **words)


def _weekends(found: ResultDay, calendar: Calendar) -> Iterator[str]:
    """A Saturday or Sunday on which everybody works instead of another day is counted, and named."""
    days = (found.received + ONE_DAY * n for n in range(1, (found.ready - found.received).days + 1))
    weekend = [day for day in days if day.weekday() >= SATURDAY]
    if any(day not in calendar.working for day in weekend):
        yield _("Saturdays and Sundays are not counted.")
    for day in weekend:
        if day in calendar.working:
            yield format_html(_("Counted as a make-up working day: {day}."), day=day_in_words(day))
