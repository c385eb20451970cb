"""What a guide, a lesson or a troubleshooter still lacks before residents may read it, and the refusal that follows.

Each of them says what is missing (`Gated`); the page may be unsaved or come from a revision. `refuse_incomplete`
stands in its `save`, where every road of publishing ends (the edit form, an approval, a planned day, many pages at
once, a translation, a copy kept live, an import): a page that is being published is live and takes a new live
revision. Drafts, aliases, and saves by programs that publish nothing pass. A plan is refused when it is made
(`watch`) and again on its day, since a unit may have gone meanwhile.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from gandan.planned import Gap, PublishingRefused

if TYPE_CHECKING:
    from guides.models import ProcedurePage


@runtime_checkable
class Gated(Protocol):
    def missing_for_publishing(self) -> list[Gap]:
        """(field or name of the rows, reason) for each gap; empty when the page may be published."""


@dataclass(frozen=True)
class Stated:
    """Which of the facts that publishing asks for are there."""

    unit: bool
    time: bool
    papers: bool
    legal_basis: bool
    source_url: bool
    checked_on: bool


def gaps(stated: Stated) -> list[Gap]:
    """(field, reason) for each gap, in the order of the edit form; empty when the guide may be published."""
    gates = [
        ("unit", stated.unit, _("Say which unit is in charge.")),
        ("terms", stated.time, _("Say how long it takes.")),
        ("papers", stated.papers, _("List the papers, or tick that none are needed.")),
        ("legal_basis", stated.legal_basis, _("Name the legal basis.")),
        ("source_url", stated.source_url, _("Give the address of the source.")),
        ("checked_on", stated.checked_on, _("Say on which day the guide was compared with its source.")),
    ]
    return [(field, reason) for field, is_there, reason in gates if not is_there]


def missing_in_guide(page: "ProcedurePage") -> list[Gap]:
    return gaps(
        Stated(
            unit=page.unit_id is not None,
            time=any(term.time_value is not None or term.time_note for term in page.terms.all()),
            papers=page.no_papers or bool(page.papers.all()),
            legal_basis=bool(page.legal_basis.all()),
            source_url=bool(page.source_url),
            checked_on=page.checked_on is not None,
        )
    )


def refuse_incomplete(page: Page, before: Page | None) -> None:
    """`before` is the page as the database has it, None for a new one. Raises PublishingRefused."""
    if _is_being_published(page, before):
        _refuse(page)


def as_published(page: Page) -> Page | None:
    """What `refuse_incomplete` asks of the stored page; None for a new one."""
    if page.pk is None:
        return None
    return type(page).objects.filter(pk=page.pk).only("live", "live_revision").first()


def _is_being_published(page: Page, before: Page | None) -> bool:
    if not page.live or page.alias_of_id is not None or page.live_revision_id is None:
        return False
    return before is None or not before.live or page.live_revision_id != before.live_revision_id


def _refuse(page: Page) -> None:
    missing = page.missing_for_publishing() if isinstance(page, Gated) else []
    if missing:
        raise PublishingRefused(page, missing)


def _refuse_plan(sender: type, instance: Revision, update_fields: Any = None, **_more: Any) -> None:
    """Wagtail plans a revision for a day by this one column, whoever asks for it."""
    if instance.approved_go_live_at is None or "approved_go_live_at" not in (update_fields or ()):
        return
    if issubclass(instance.content_type.model_class() or object, Gated):
        _refuse(instance.as_object())


def watch() -> None:
    pre_save.connect(_refuse_plan, sender=Revision, dispatch_uid="guides refuse plans")
