"""Takes lessons out of a content pack: the part "lessons".

A lesson in one language is one thing: new drafts are made, fields that no editor touched follow the pack, the rest is
left and listed. What the pack names and this site does not have stays empty and is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from gandan import packs
from gandan.packs import Line, Orders, Pack
from guides.importing.forms import keep_forms
from guides.models import GuidesIndexPage
from guides.packs.columns import lesson_models
from guides.packs.lesson_files import NAME, export_lessons
from guides.packs.lesson_fitting import Fit
from guides.packs.lesson_reading import Faulty, Lesson, Written, read_lesson_file
from guides.packs.lesson_storing import OUTCOMES, Outcome, Plan, carry_out, lessons_index, plan, publish
from home.founding import found_site


def register() -> None:
    label = gettext_lazy("Lessons")
    packs.register(packs.Part(20, NAME, label, export_lessons, receive_lessons, may_take, may_publish))


def may_take(user: Any) -> bool:
    index = lessons_index(Locale.get_default())
    return index is not None and index.permissions_for_user(user).can_add_subpage()


def may_publish(user: Any) -> bool:
    index = lessons_index(Locale.get_default())
    return index is not None and index.permissions_for_user(user).can_publish_subpage()


def receive_lessons(pack: Pack, orders: Orders, now: datetime) -> list[Line]:
    paths = [path for path in pack.paths(NAME, ".json") if path.count("/") == 1]
    lessons, lines = _read(pack, paths)
    names = {f"{written.language}/{written.slug}" for lesson in lessons for written in lesson.languages}
    coming = {lesson.name for lesson in lessons} | names | _guides_in(pack)
    if orders.write and not GuidesIndexPage.objects.filter(lists=GuidesIndexPage.Lists.LESSONS).exists():
        found_site(now.date())
    for lesson in orders.watch(lessons, len(lessons)):
        lines += _receive(lesson, coming, orders, now)
    return lines


def _read(pack: Pack, paths: Iterable[str]) -> tuple[list[Lesson], list[Line]]:
    """In the order in which they may name each other."""
    lessons, lines = [], []
    for path in paths:
        try:
            lessons.append(read_lesson_file(pack, path))
        except Faulty as faulty:
            lines.append(Line(path, _("refused"), tuple(faulty.faults), is_refused=True))
    order = {model: place for place, model in enumerate(lesson_models())}
    return sorted(lessons, key=lambda lesson: (order[lesson.model], lesson.path)), lines


def _guides_in(pack: Pack) -> set[str]:
    """Names of the guides that the same pack brings, in every language: they may be named before they are here."""
    names = set()
    for path in pack.paths("guides", ".json"):
        if path.count("/") == 1:
            raw = pack.json(path)
            whole = raw.get("gan_dan") if isinstance(raw, dict) else None
            others = whole.get("translations") if isinstance(whole, dict) else None
            key = path.removeprefix("guides/").removesuffix(".json")
            languages = [Locale.get_default().language_code, *(others if isinstance(others, dict) else ())]
            names |= {f"{language}/{key}" for language in languages}
    return names


@dataclass
class _Original:
    """What the languages after the first tie themselves to."""

    page: Any = None


def _receive(lesson: Lesson, coming: set[str], orders: Orders, now: datetime) -> list[Line]:
    original = _Original()
    lines = []
    try:
        with transaction.atomic():
            for written in lesson.languages:
                lines.append(_receive_language(lesson, written, original, coming, orders, now))
    except ValidationError as error:
        return [Line(lesson.path, _("refused"), tuple(error.messages), is_refused=True)]
    return lines


def _receive_language(
    lesson: Lesson, written: Written, original: _Original, coming: set[str], orders: Orders, now: datetime
) -> Line:
    fit = Fit(lesson, coming)
    values = fit.values(written.values)
    planned = plan(lesson, written, values)
    remarks = [*fit.remarks, *planned.remarks()]
    if lesson.unknown:
        remarks.append(_("this site does not know: %(fields)s") % {"fields": ", ".join(lesson.unknown)})
    if orders.write:
        page = _write(planned, fit, original, orders, now)
        original.page = original.page or page
        if orders.publish and publish(planned, page, orders.user):
            remarks.append(_("published"))
    title = f"{written.language}  {written.values.get('title', '')}"
    return Line(title, str(OUTCOMES[planned.outcome]), tuple(remarks))


def _write(planned: Plan, fit: Fit, original: _Original, orders: Orders, now: datetime) -> Any:
    if planned.outcome is Outcome.NEW or planned.changed:
        for picture in fit.pictures:
            picture.keep()
        keep_forms(fit.documents)
    return carry_out(planned, original.page, orders.user, now)
