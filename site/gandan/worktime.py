"""Working time: opening hours, due days and the days that did not count.

Pure Python. A `Calendar` says when one unit or counter is open; holidays and exceptions are handed to it, it
reads none itself. What is counted and how:

- A working day is a day with opening hours, half days included.
- The day of receipt is day zero. What arrives outside hours is received at the next opening, and that day is
  day zero: Friday 18:00 and one working day make Tuesday.
- Moments are aware datetimes of any zone, read and answered on the clock of Việt Nam (UTC+7, no summer time).
  A naive one is refused with ValueError, since it could be of any zone.
- A calendar without a working day within `SEARCHED_DAYS` raises ValueError instead of searching for ever.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SEARCHED_DAYS = 400  # longer than any closure: a year and a month
MOST_WORKING_DAYS = 20_000  # about eighty years; a larger count is a typing error

Span = tuple[time, time]
Known = TypeVar("Known")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The hours of one unit or counter.

    `weekly`: weekday (Monday is 0) → spans of (opening, closing) in order; a weekday left out is closed.
    `off`: day → name of the holiday, "" when it has none.
    `working`: day → note. A make-up day: a Saturday or Sunday has the hours of `make_up_weekday`, another day
    its own. It wins over `off`.
    `half`: day → closing time of a day that ends early.
    """

    weekly: Mapping[int, tuple[Span, ...]]
    off: Mapping[date, str] = field(default_factory=dict)
    working: Mapping[date, str] = field(default_factory=dict)
    half: Mapping[date, time] = field(default_factory=dict)
    make_up_weekday: int = 0

    def __post_init__(self) -> None:
        for weekday, spans in self.weekly.items():
            if weekday not in range(7):
                raise ValueError(f"There is no weekday {weekday!r}: Monday is 0, Sunday 6.")
            clock = [moment for span in spans for moment in span]
            if any(later <= earlier for earlier, later in zip(clock[::2], clock[1::2], strict=True)):
                raise ValueError(f"On weekday {weekday} a closing time is not after its opening time.")
            if clock != sorted(clock):
                raise ValueError(f"On weekday {weekday} the opening hours overlap or are out of order.")

    def with_exceptions(
        self,
        off: Mapping[date, str] | None = None,
        working: Mapping[date, str] | None = None,
        half: Mapping[date, time] | None = None,
    ) -> "Calendar":
        """The same hours with an editor's exceptions, which win over whatever was known of these days.

        A half day that was a holiday is worked until its closing time; a half day on a make-up day stays one.
        """
        off, working, half = off or {}, working or {}, half or {}
        return replace(
            self,
            off={**_without(self.off, working, half), **off},
            working={**_without(self.working, off), **working},
            half={**_without(self.half, off, working), **half},
        )

    def spans(self, day: date) -> tuple[Span, ...]:
        """Opening hours of a day in order; () when closed."""
        if isinstance(day, datetime):
            raise TypeError("Opening hours belong to a date, not to a moment.")
        if day in self.working:
            hours = self._make_up_hours(day.weekday())
        elif day in self.off:
            return ()
        else:
            hours = self.weekly.get(day.weekday(), ())
        closing = self.half.get(day)
        if closing is None:
            return hours
        return tuple((opens, min(closes, closing)) for opens, closes in hours if opens < closing)

    def is_working_day(self, day: date) -> bool:
        return bool(self.spans(day))

    def is_open(self, moment: datetime) -> bool:
        """Whether the doors are open; at the closing time itself they are not."""
        return self.closes_at(moment) is not None

    def closes_at(self, moment: datetime) -> datetime | None:
        """When the doors that are open now close next, for lunch too; None when they are closed."""
        here = _in_vietnam(moment)
        for opens, closes in self._moments(here.date()):
            if opens <= here < closes:
                return closes
        return None

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when open, else the next opening."""
        here = _in_vietnam(moment)
        opens, _closes = next(self._open_spans_from(here))
        return max(here, opens)

    def add_working_days(self, start_day: date, n: int) -> date:
        """The n-th working day after a day that itself does not count; before it when n is negative.

        n = 0 gives `start_day` as it is, working day or not.
        """
        if abs(n) > MOST_WORKING_DAYS:
            raise ValueError(f"{n} working days are more than can be counted ({MOST_WORKING_DAYS}).")
        day = start_day
        for _ in range(abs(n)):
            day = self._neighbouring_working_day(day, _ONE_DAY if n > 0 else -_ONE_DAY)
        return day

    def between(self, a: date, b: date) -> int:
        """Working days from a to b: a itself is not counted, b is. Negative when b lies before a."""
        if a <= b:
            return sum(map(self.is_working_day, _days_after(a, b)))
        return -sum(map(self.is_working_day, _days_before(a, b)))

    def add_hours(self, moment: datetime, working_hours: float) -> datetime:
        """The moment when that many hours have been open; a closing time rather than the opening after it.

        0 hours give the moment itself when open, else the next opening. Negative hours raise ValueError.
        """
        if working_hours < 0:
            raise ValueError("Working hours can only be counted forwards.")
        if working_hours > MOST_WORKING_DAYS:
            raise ValueError(
                f"{working_hours} working hours are more than can be counted ({MOST_WORKING_DAYS})."
            )
        here, left = self.next_open(moment), timedelta(hours=working_hours)
        for opens, closes in self._open_spans_from(here):
            begins = max(here, opens)
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        raise AssertionError("the open spans never end")

    def hours_between(self, a: datetime, b: datetime) -> float:
        """Open hours from a to b; negative when b lies before a."""
        start, end = _in_vietnam(a), _in_vietnam(b)
        if start > end:
            return -self.hours_between(b, a)
        total = timedelta()
        for day in (start.date(), *_days_after(start.date(), end.date())):
            for opens, closes in self._moments(day):
                total += max(timedelta(), min(end, closes) - max(start, opens))
        return total / timedelta(hours=1)

    def skipped_days(self, start_day: date, end_day: date) -> list[tuple[date, str | None]]:
        """Days after `start_day`, up to and including `end_day`, that a reader would count and that did not.

        These are the closed ones from Monday to Friday and, on other days, those with usual hours. With the
        name of the holiday where there is one.
        """
        return [
            (day, self.off.get(day) or None)
            for day in _days_after(start_day, end_day)
            if (day.weekday() < 5 or self.weekly.get(day.weekday())) and not self.is_working_day(day)
        ]

    def received_on(self, moment: datetime, cut_off: time | None = None) -> date:
        """The working day that is day zero for what arrives at `moment`.

        With a `cut_off`, what would be received at that time of day or later counts for the next working day.
        """
        opening = self.next_open(moment)
        if cut_off is not None and opening.time() >= cut_off:
            return self._neighbouring_working_day(opening.date(), _ONE_DAY)
        return opening.date()

    def due_at(
        self, received_moment: datetime, working_days: int, answer_by: time, cut_off: time | None = None
    ) -> datetime:
        """`answer_by` of the n-th working day after the day of receipt.

        With 0 working days the answer is due on the day of receipt, or on the next working day when
        `answer_by` has passed by then. Negative days raise ValueError.
        """
        if working_days < 0:
            raise ValueError("An answer cannot be due before its case is received.")
        day = self.add_working_days(self.received_on(received_moment, cut_off), working_days)
        due = datetime.combine(day, answer_by, VIETNAM)
        if due > self.next_open(received_moment):
            return due
        return self.shift(due, 1)

    def shift(self, due: datetime, working_days_waited: int) -> datetime:
        """The due moment moved by the working days spent waiting; its hour stays."""
        here = _in_vietnam(due)
        return datetime.combine(self.add_working_days(here.date(), working_days_waited), here.time(), VIETNAM)

    def _make_up_hours(self, weekday: int) -> tuple[Span, ...]:
        own, made_up = self.weekly.get(weekday, ()), self.weekly.get(self.make_up_weekday, ())
        return (own or made_up) if weekday < 5 else (made_up or own)

    def _moments(self, day: date) -> list[tuple[datetime, datetime]]:
        return [
            (datetime.combine(day, opens, VIETNAM), datetime.combine(day, closes, VIETNAM))
            for opens, closes in self.spans(day)
        ]

    def _open_spans_from(self, here: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Spans of open time that end after `here`, without end."""
        day = here.date()
        yield from (span for span in self._moments(day) if here < span[1])
        while True:
            day = self._neighbouring_working_day(day, _ONE_DAY)
            yield from self._moments(day)

    def _neighbouring_working_day(self, day: date, step: timedelta) -> date:
        found = day
        try:
            for _ in range(SEARCHED_DAYS):
                found += step
                if self.spans(found):
                    return found
        except OverflowError:
            raise ValueError("Working days cannot be counted beyond the years 1 to 9999.") from None
        raise ValueError(f"This calendar has no working day within {SEARCHED_DAYS} days of {day:%d/%m/%Y}.")


def _in_vietnam(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("Working time needs moments with a time zone.")
    return moment.astimezone(VIETNAM)


def _days_after(start: date, end: date) -> Iterator[date]:
    return map(date.fromordinal, range(start.toordinal() + 1, end.toordinal() + 1))


def _days_before(end: date, start: date) -> Iterator[date]:
    return map(date.fromordinal, range(start.toordinal(), end.toordinal()))


def _without(known: Mapping[date, Known], *others: Mapping[date, object]) -> dict[date, Known]:
    return {day: value for day, value in known.items() if not any(day in other for other in others)}
