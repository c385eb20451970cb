"""Decides what becomes of a record and does it.

`plan` only reads. `carry_out` writes one record in one transaction: all of it or nothing. An editor's work is
never overwritten: a field is untouched while it still equals the value last imported into it; any other field is
left and listed as differing, run after run, until someone settles it. A guide that an editor deleted stays
deleted unless its file is imported by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from gandan.text import slug
from guides.importing.findings import Finding
from guides.importing.mapping import Mapped
from guides.importing.record import OfficialRecord
from guides.importing.values import read_values, write_values
from guides.models import GuidesIndexPage, ImportedRecord, ProcedurePage
from home.founding import found_site

# Set by the tree when the page takes its place; Wagtail itself checks only the title of a draft.
_TREE_FIELDS = {field.name for field in Page._meta.concrete_fields} - {"title"}


class Outcome(StrEnum):
    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DIFFERS = "differs"
    BY_HAND = "by_hand"
    DELETED = "deleted"


class NoIndex(Exception):
    """An editor changed the index of procedures into something else; the message is for people."""


@dataclass(frozen=True)
class Plan:
    record: OfficialRecord
    mapped: Mapped
    outcome: Outcome
    imported: ImportedRecord | None = None
    changed: tuple[str, ...] = ()  # fields to be set
    settled: tuple[str, ...] = ()  # fields that already hold the new value
    differs: tuple[str, ...] = ()  # fields an editor changed


@dataclass
class Known:
    """What the site holds when an import begins: two questions instead of two a record."""

    imported: dict[str, ImportedRecord] = field(default_factory=dict)
    by_hand: set[str] = field(default_factory=set)


def known_guides() -> Known:
    imported = {row.code: row for row in ImportedRecord.objects.select_related("page")}
    pages = {row.page_id for row in imported.values()}
    codes = ProcedurePage.objects.filter(locale=Locale.get_default()).values_list("pk", "code")
    return Known(imported, {code for pk, code in codes if code and pk not in pages})


def plan(
    record: OfficialRecord, mapped: Mapped, known: Known, deleted: Literal["leave", "bring back"]
) -> Plan:
    imported = known.imported.get(record.code)
    if imported is None or imported.page is None:
        return Plan(record, mapped, _outcome_without_page(record, known, imported, deleted), imported)
    if imported.values == mapped.values:
        return Plan(record, mapped, Outcome.UNCHANGED, imported)
    return _compare(record, mapped, imported, _latest(imported.page))


def carry_out(plan: Plan, now: datetime) -> ProcedurePage | None:
    """Write what was planned; None where there is no guide of ours. ValidationError undoes the whole record."""
    with transaction.atomic():
        if plan.outcome is Outcome.NEW:
            return _create(plan, now)
        if plan.imported is None or plan.imported.page is None:
            return None
        if plan.changed:
            _update(plan.imported.page, plan)
        _remember(plan, now)
        return plan.imported.page


def procedures_index() -> GuidesIndexPage:
    """The index that drafts stand below. A site without one is founded first: tree and sections, no content."""
    found = _index()
    if found is None:
        found_site(timezone.localdate())
        found = _index()
    if found is None:
        raise NoIndex(_("There is no index page that lists procedure guides."))
    return found


def _index() -> GuidesIndexPage | None:
    indexes = GuidesIndexPage.objects.filter(lists=GuidesIndexPage.Lists.PROCEDURES)
    return indexes.filter(locale=Locale.get_default()).order_by("path").first()


def _outcome_without_page(
    record: OfficialRecord, known: Known, imported: ImportedRecord | None, deleted: str
) -> Outcome:
    if record.code in known.by_hand:
        return Outcome.BY_HAND
    return Outcome.DELETED if imported is not None and deleted == "leave" else Outcome.NEW


def _compare(record: OfficialRecord, mapped: Mapped, imported: ImportedRecord, page: ProcedurePage) -> Plan:
    current = read_values(page)
    news = [name for name, value in mapped.values.items() if imported.values.get(name) != value]
    settled = tuple(name for name in news if current[name] == mapped.values[name])
    changed = tuple(
        name for name in news if name not in settled and current[name] == imported.values.get(name)
    )
    differs = tuple(name for name in news if name not in settled and name not in changed)
    outcome = Outcome.UPDATED if changed else Outcome.DIFFERS if differs else Outcome.UNCHANGED
    return Plan(record, mapped, outcome, imported, changed, settled, differs)


def _latest(page: ProcedurePage) -> ProcedurePage:
    """The guide with an editor's unpublished work."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


def _create(plan: Plan, now: datetime) -> ProcedurePage:
    record = plan.record
    index = procedures_index()
    page = ProcedurePage(code=record.code, live=False, locale_id=index.locale_id)
    write_values(page, plan.mapped.values, plan.mapped.laws)
    page.slug = f"{slug(page.title)}-{record.code.replace('.', '-')}".lstrip("-")
    page.clean_fields(exclude=_TREE_FIELDS)
    with _references_once(page):
        index.add_child(instance=page)
    page.save_revision(log_action="wagtail.create")
    ImportedRecord.objects.update_or_create(
        code=record.code,
        defaults={
            "page": page,
            "fingerprint": record.fingerprint,
            "values": plan.mapped.values,
            "imported_at": now,
        },
    )
    return page


def _update(page: ProcedurePage, plan: Plan) -> None:
    """A new revision. A live guide keeps what readers see until someone publishes it."""
    latest = _latest(page)
    write_values(latest, {name: plan.mapped.values[name] for name in plan.changed}, plan.mapped.laws)
    if not page.live:
        with _references_once(latest):
            latest.save()
    latest.save_revision(log_action=True)


@contextmanager
def _references_once(page: ProcedurePage) -> Iterator[None]:
    """Wagtail indexes what a page refers to after each of its rows; once is enough, and twice as fast."""
    with disable_reference_index_auto_update():
        yield
    ReferenceIndex.create_or_update_for_object(page)


def _remember(plan: Plan, now: datetime) -> None:
    imported, record = plan.imported, plan.record
    assert imported is not None
    news = {name: plan.mapped.values[name] for name in plan.changed + plan.settled}
    if news or imported.fingerprint != record.fingerprint:
        imported.values = {**imported.values, **news}
        imported.fingerprint = record.fingerprint
        imported.imported_at = now
        imported.save()


def remember_findings(code: str, findings: list[Finding]) -> None:
    """Kept for the editor of the guide: the notes among the papers stand nowhere else."""
    rows: list[dict[str, Any]] = [
        {"kind": str(found.kind), "field": found.field, "detail": found.detail} for found in findings
    ]
    ImportedRecord.objects.filter(code=code).exclude(findings=rows).update(findings=rows)
