"""Decides what becomes of a lesson that comes in, and does it; an editor's work is never overwritten."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from guides.drafting import create_draft, newest, save_draft
from guides.importing.report import OUTCOMES as GUIDE_OUTCOMES
from guides.importing.storing import Outcome as GuideOutcome
from guides.models import GuidesIndexPage, ReceivedLesson
from guides.packs.columns import shape_of
from guides.packs.lesson_reading import Lesson, Written
from guides.packs.lesson_values import Values, read_lesson, write_lesson
from home.models import User


class Outcome(StrEnum):
    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DIFFERS = "differs"
    BY_HAND = "by_hand"
    DELETED = "deleted"
    NO_LANGUAGE = "no_language"


OUTCOMES = {
    **{outcome: GUIDE_OUTCOMES[GuideOutcome(outcome)] for outcome in list(Outcome)[:-1]},
    Outcome.NO_LANGUAGE: gettext_lazy("left out, this site has no lessons in that language"),
}


@dataclass(frozen=True)
class Plan:
    lesson: Lesson
    written: Written
    values: Values
    outcome: Outcome
    page: Any = None
    received: ReceivedLesson | None = None
    changed: tuple[str, ...] = ()  # fields to be set
    settled: tuple[str, ...] = ()  # fields that already hold the new value
    differs: tuple[str, ...] = ()  # fields an editor changed

    def remarks(self) -> list[str]:
        said = []
        if self.changed:
            said.append(_("set anew: %(fields)s") % {"fields": ", ".join(self.changed)})
        if self.differs:
            said.append(_("changed by an editor, left: %(fields)s") % {"fields": ", ".join(self.differs)})
        return said


def lessons_index(locale: Locale) -> GuidesIndexPage | None:
    indexes = GuidesIndexPage.objects.filter(lists=GuidesIndexPage.Lists.LESSONS, locale=locale)
    return indexes.order_by("path").first()


def plan(lesson: Lesson, written: Written, values: Values) -> Plan:
    """Only reads."""
    named = {"kind": lesson.model._meta.model_name, "name": lesson.name, "language": written.language}
    received = ReceivedLesson.objects.filter(**named).select_related("page").first()
    if received is not None:
        if received.page is None:
            return Plan(lesson, written, values, Outcome.DELETED, None, received)
        return _compare(Plan(lesson, written, values, Outcome.UNCHANGED, received.page.specific, received))
    if _index_of(written.language) is None:
        return Plan(lesson, written, values, Outcome.NO_LANGUAGE)
    pages = lesson.model.objects.filter(
        locale__language_code=written.language, slug=written.slug, alias_of=None
    )
    by_hand = pages.first()
    outcome = Outcome.NEW if by_hand is None else Outcome.BY_HAND
    return Plan(lesson, written, values, outcome, by_hand)


def _index_of(language: str) -> GuidesIndexPage | None:
    locale = Locale.objects.filter(language_code=language).first()
    return lessons_index(locale) if locale else None


def _compare(base: Plan) -> Plan:
    assert base.received is not None
    current, last = read_lesson(newest(base.page)), base.received.values
    news = [name for name, value in base.values.items() if name not in last or last[name] != value]
    settled = tuple(name for name in news if current[name] == base.values[name])
    changed = tuple(
        name for name in news if name not in settled and current[name] == last.get(name, _empty(base, name))
    )
    differs = tuple(name for name in news if name not in settled and name not in changed)
    outcome = Outcome.UPDATED if changed else Outcome.DIFFERS if differs else Outcome.UNCHANGED
    return replace(base, outcome=outcome, changed=changed, settled=settled, differs=differs)


def _empty(base: Plan, name: str) -> Any:
    """What a field holds that the pack before this one did not know yet."""
    cells = {cell.name: cell.empty for cell in shape_of(base.lesson.model).cells}
    return cells.get(name, [])


def carry_out(planned: Plan, original: Any, user: User | None, now: datetime) -> Any:
    """The page of the lesson in that language, None where there is none. Runs inside the lesson's transaction."""
    if planned.outcome is Outcome.NEW:
        return _create(planned, original, user, now)
    if planned.changed:
        latest = newest(planned.page)
        write_lesson(latest, {name: planned.values[name] for name in planned.changed})
        save_draft(planned.page, latest, user)
    _remember(planned, now)
    return planned.page


def _create(planned: Plan, original: Any, user: User | None, now: datetime) -> Any:
    index = _index_of(planned.written.language)
    assert index is not None
    page = planned.lesson.model(live=False, locale_id=index.locale_id, slug=planned.written.slug)
    write_lesson(page, planned.values)
    if original is not None and not _is_translated(original, index):
        page.translation_key = original.translation_key
        _tie(page, newest(original), planned.written.ties)
    if index.get_children().filter(slug=page.slug).exists():
        page.slug = ""
    create_draft(index, page, user)
    ReceivedLesson.objects.create(
        kind=page._meta.model_name,
        name=planned.lesson.name,
        language=planned.written.language,
        page_id=page.pk,
        values=planned.values,
        received_at=now,
    )
    return page


def _is_translated(original: Any, index: GuidesIndexPage) -> bool:
    others = type(original).objects.filter(
        translation_key=original.translation_key, locale_id=index.locale_id
    )
    return bool(original.locale_id == index.locale_id or others.exists())


def _tie(page: Any, original: Any, ties: dict[str, list[int | None]]) -> None:
    """Each row keeps the key of the row it translates; a row is translated once."""
    for rows in shape_of(type(page)).rows:
        keys = [getattr(row, "translation_key", None) for row in getattr(original, rows.name).all()]
        made = list(getattr(page, rows.name).all())
        for row, place in zip(made, ties.get(rows.name, []), strict=False):
            if place is not None and 0 <= place < len(keys) and keys[place]:
                row.translation_key, keys[place] = keys[place], None
        setattr(page, rows.name, made)


def _remember(planned: Plan, now: datetime) -> None:
    news = {name: planned.values[name] for name in planned.changed + planned.settled}
    if news and planned.received is not None:
        planned.received.values = {**planned.received.values, **news}
        planned.received.received_at = now
        planned.received.save()


def publish(planned: Plan, page: Any, user: User | None) -> bool:
    """A lesson that came in just now, or whose readers saw its newest text before; nothing an editor has begun."""
    if planned.outcome is Outcome.UPDATED:
        may = planned.page.live and not planned.page.has_unpublished_changes
    else:
        may = planned.outcome is Outcome.NEW
    if may:
        type(page).objects.get(pk=page.pk).get_latest_revision().publish(user=user)
    return bool(may)
