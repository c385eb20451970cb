"""Mail about cases. Staff get code, topic and link; a resident gets a link: never anybody's words or names.

Messages go to the outbox inside the caller's transaction, each under a key of its own, so that a retry stores
none twice.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from feedback.access import COORDINATORS
from feedback.models import Case, CaseText
from home.models import CommuneSettings, User

STAFF_LANGUAGE = "vi"


def tell_assigned(case: Case) -> None:
    """To the official; without an address to the coordinators, and without those to the commune's own mailbox."""
    with translation.override(STAFF_LANGUAGE):
        subject = gettext("New case %(code)s") % {"code": case.code}
        address = settings.BASE_URL + reverse("desk:case", args=[case.code])
        body = render_to_string("email/case_assigned.txt", {"case": case, "address": address})
        _send(subject, body, _staff_addresses(case), f"case-{case.code}-assigned")


def tell_answered(case: Case) -> None:
    """To the resident, who agreed to it by giving an e-mail address."""
    given = case.words.filter(role=CaseText.Role.EMAIL).first()
    if given is None or case.contact_consent_at is None:
        return
    with translation.override(case.language):
        subject = gettext("The commune has answered")
        address = settings.BASE_URL + reverse("feedback:track")
        body = render_to_string("email/case_answered.txt", {"case": case, "address": address})
        _send(subject, body, [given.text], f"case-{case.code}-answered-{case.answered_at:%Y%m%d%H%M%S}")


def _staff_addresses(case: Case) -> list[str]:
    user = case.official.user
    if user is not None and user.email:
        return [user.email]
    coordinators = User.objects.filter(groups__name=COORDINATORS, is_active=True).exclude(email="")
    addresses = coordinators.values_list("email", flat=True)
    return list(addresses) or list(
        CommuneSettings.objects.exclude(email="").values_list("email", flat=True)[:1]
    )


def _send(subject: str, body: str, to: Iterable[str], key: str) -> None:
    EmailMessage(subject, body, to=list(to), headers={"X-Outbox-Key": key}).send()
