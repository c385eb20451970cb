"""Decides what becomes of a guide that comes in and does it.

`plan` only reads. `carry_out` writes one guide in one transaction: all of it or nothing. An editor's work is never
overwritten: a field is untouched while it still equals a value imported into it; any other field is left and listed
as differing, run after run, until someone settles it. A guide that an editor deleted stays deleted unless its file
is imported by itself.

Origins do not overwrite each other's words: an official record changes only what official records wrote, while
another site's guide and a table may also replace official text. A table that was exported knows what it was
exported from, and may therefore change any guide, field by field, as long as nobody else did meanwhile.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from django.db import transaction
from wagtail.models import Locale

from guides.drafting import newest, save_draft
from guides.importing.drafts import add_draft, free_address, procedures_index
from guides.importing.findings import Finding
from guides.importing.forms import keep_forms
from guides.importing.incoming import Incoming, Marks, Origin, mark
from guides.importing.shape import empty_values
from guides.importing.translations import add_translations
from guides.importing.values import Values, filled, read_values, write_values
from guides.models import ImportedRecord, ProcedurePage
from home.models import User

Deleted = Literal["leave", "bring back"]


class Outcome(StrEnum):
    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DIFFERS = "differs"
    BY_HAND = "by_hand"
    DELETED = "deleted"


@dataclass(frozen=True)
class Plan:
    guide: Incoming
    outcome: Outcome
    page: ProcedurePage | None = None
    imported: ImportedRecord | None = None
    changed: tuple[str, ...] = ()  # fields to be set
    settled: tuple[str, ...] = ()  # fields that already hold the new value
    differs: tuple[str, ...] = ()  # fields an editor changed


@dataclass
class Known:
    """What the site holds when an import begins: two questions instead of two a guide."""

    imported: dict[str, ImportedRecord] = field(default_factory=dict)
    by_hand: dict[str, int] = field(default_factory=dict)  # keys of pages


def known_guides() -> Known:
    imported = {row.code: row for row in ImportedRecord.objects.select_related("page")}
    ours = {row.page_id for row in imported.values()}
    pages = ProcedurePage.objects.filter(locale=Locale.get_default(), alias_of=None)
    named = pages.values_list("pk", "code", "slug")
    return Known(imported, {code or address: pk for pk, code, address in named if pk not in ours})


def plan(guide: Incoming, known: Known, deleted: Deleted) -> Plan:
    imported = known.imported.get(guide.identity)
    page = imported.page if imported else None
    if page is None and guide.identity in known.by_hand:
        page = ProcedurePage.objects.get(pk=known.by_hand[guide.identity])
        imported = None
    if page is None:
        is_gone = imported is not None and deleted == "leave"
        return Plan(guide, Outcome.DELETED if is_gone else Outcome.NEW, None, imported)
    if not _may_touch(guide, imported):
        return Plan(guide, Outcome.BY_HAND, None, imported)
    if imported and guide.base is None and last_values(imported, guide.origin) == guide.values:
        return Plan(guide, Outcome.UNCHANGED, page, imported)
    return _compare(guide, imported, page)


def carry_out(plan: Plan, now: datetime, by: User | None = None) -> ProcedurePage | None:
    """Write what was planned; None where there is no guide of ours. ValidationError undoes the whole guide."""
    with transaction.atomic():
        if plan.outcome is Outcome.NEW:
            keep_forms(plan.guide.forms)
            page = _create(plan, now, by)
            add_translations(page, plan.guide, by)
            return page
        if plan.page is None:
            return None
        if plan.changed:
            keep_forms(plan.guide.forms)
            _update(plan.page, plan, by)
        _remember(plan, now)
        return plan.page


def last_values(imported: ImportedRecord, origin: Origin) -> Values:
    """What an origin wrote last, empty when it never did."""
    return filled(imported.values if origin is Origin.OFFICIAL else imported.others.get(origin, {}))


def _may_touch(guide: Incoming, imported: ImportedRecord | None) -> bool:
    """A guide made another way is left as it is, unless a table knows what it was exported from."""
    if guide.base is not None:
        return True
    if imported is None:
        return False
    replaceable = (guide.origin, Origin.OFFICIAL)
    return any(last_values(imported, origin) for origin in replaceable)


def _compare(guide: Incoming, imported: ImportedRecord | None, page: ProcedurePage) -> Plan:
    current = read_values(newest(page))
    before = _before(guide, imported)
    news = [name for name, value in guide.values.items() if before.is_new(name, value)]
    settled = tuple(name for name in news if current[name] == guide.values[name])
    untouched = [] if page.locked else [name for name in news if before.is_untouched(name, current[name])]
    changed = tuple(name for name in untouched if name not in settled)
    differs = tuple(name for name in news if name not in settled and name not in changed)
    outcome = Outcome.UPDATED if changed else Outcome.DIFFERS if differs else Outcome.UNCHANGED
    return Plan(guide, outcome, page, imported, changed, settled, differs)


@dataclass(frozen=True)
class _Before:
    """What imports wrote before: `own` by the same origin, `others` by those it may replace; `base` as exported."""

    own: Values
    others: Values
    base: dict[str, Marks] | None

    def is_new(self, name: str, value: Any) -> bool:
        if self.base and name in self.base:
            return self.base[name][1] != mark(value)
        return bool(self.own.get(name) != value)

    def is_untouched(self, name: str, current: Any) -> bool:
        written = [values[name] for values in (self.own, self.others) if name in values]
        if self.base and name in self.base:
            return self.base[name][0] == mark(current) or (name in self.own and current == self.own[name])
        return current in (written or [empty_values()[name]])


def _before(guide: Incoming, imported: ImportedRecord | None) -> _Before:
    if imported is None:
        return _Before({}, {}, guide.base)
    own, official = last_values(imported, guide.origin), last_values(imported, Origin.OFFICIAL)
    return _Before(own, official, guide.base)


def _create(plan: Plan, now: datetime, by: User | None) -> ProcedurePage:
    guide, index = plan.guide, procedures_index()
    page = ProcedurePage(code=guide.code, live=False, locale_id=index.locale_id)
    write_values(page, guide.values, guide.laws)
    page.slug = free_address(guide, guide.slug, guide.title, index)
    add_draft(page, index, by)
    ImportedRecord.objects.update_or_create(
        code=guide.identity,
        defaults={
            "page": page,
            "fingerprint": guide.fingerprint,
            "imported_at": now,
            **_kept(guide, plan.imported, guide.values),
        },
    )
    return page


def _update(page: ProcedurePage, plan: Plan, by: User | None) -> None:
    """A new revision. A live guide keeps what readers see until someone publishes it."""
    latest = newest(page)
    write_values(latest, {name: plan.guide.values[name] for name in plan.changed}, plan.guide.laws)
    save_draft(page, latest, by)


def _remember(plan: Plan, now: datetime) -> None:
    imported, guide = plan.imported, plan.guide
    news = {name: guide.values[name] for name in plan.changed + plan.settled}
    if imported is None:
        _remember_first(plan, news, now)
    elif news or imported.fingerprint != guide.fingerprint:
        for name, value in _kept(guide, imported, news).items():
            setattr(imported, name, value)
        imported.fingerprint = guide.fingerprint
        imported.imported_at = now
        imported.save()


def _remember_first(plan: Plan, news: Values, now: datetime) -> None:
    """What a table changed in a guide made by hand; official records go on leaving that guide alone."""
    if news:
        kept = {"values": {}, "others": {}, **_kept(plan.guide, None, news)}
        more = {"page": plan.page, "fingerprint": plan.guide.fingerprint, "imported_at": now}
        ImportedRecord.objects.update_or_create(code=plan.guide.identity, defaults={**more, **kept})


def _kept(guide: Incoming, imported: ImportedRecord | None, news: Values) -> dict[str, Any]:
    """The columns of an `ImportedRecord` that hold what was written, with what was written before."""
    if guide.origin is Origin.OFFICIAL:
        return {"values": {**(imported.values if imported else {}), **news}}
    others = imported.others if imported else {}
    return {"others": {**others, str(guide.origin): {**others.get(guide.origin, {}), **news}}}


def remember_findings(guide: Incoming, findings: list[Finding]) -> None:
    """Kept for the editor of the guide: the notes among the papers of an official record stand nowhere else."""
    if guide.origin is not Origin.OFFICIAL:
        return
    rows: list[dict[str, Any]] = [
        {"kind": str(found.kind), "field": found.field, "detail": found.detail} for found in findings
    ]
    ImportedRecord.objects.filter(code=guide.code).exclude(findings=rows).update(findings=rows)
