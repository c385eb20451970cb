"""What a guide still lacks before residents may read it.

Only a question: nothing is changed or refused here. The page may be unsaved or come from a revision.
"""

from django.utils.translation import gettext as _

from guides.models import ProcedurePage


def missing_for_publishing(page: ProcedurePage) -> list[tuple[str, str]]:
    """(field, reason) for each gap, in the order of the edit form; empty when the guide may be published."""
    terms = list(page.terms.all())
    times_known = any(term.time_value is not None or term.time_note for term in terms)
    gates = [
        ("unit", page.unit_id, _("Say which unit is in charge.")),
        ("terms", times_known, _("Say how long it takes.")),
        ("papers", page.no_papers or page.papers.all(), _("List the papers, or tick that none are needed.")),
        ("legal_basis", page.legal_basis.all(), _("Name the legal basis.")),
        ("source_url", page.source_url, _("Give the address of the source.")),
        ("checked_on", page.checked_on, _("Say on which day the guide was compared with its source.")),
    ]
    return [(field, reason) for field, is_there, reason in gates if not is_there]
