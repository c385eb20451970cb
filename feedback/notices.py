"""Mail about cases. Staff get code, topic and link; a resident gets a link: never anybody's words or names.

Messages go to the outbox inside the caller's transaction, each under a key of its own, so that a retry stores
none twice.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from feedback.access import COORDINATORS
from feedback.models import Case, CaseEvent, CaseText, Escalation, Kind
from home.models import CommuneSettings, Official, User

STAFF_LANGUAGE = "vi"
SILENT_HOLDS = (Case.Hold.TRAP, Case.Hold.LIMIT)  # nobody is mailed before a person has looked

_OFFICIAL_SUBJECTS: Mapping[str, LazyText] = {
    CaseEvent.Kind.ASSIGNED: _("New case %(code)s"),
    CaseEvent.Kind.REPLIED: _("The resident replied: %(code)s"),
    CaseEvent.Kind.REOPENED: _("Not solved, reopened: %(code)s"),
    CaseEvent.Kind.CORRECTED: _("Corrected by the resident: %(code)s"),
    CaseEvent.Kind.WITHDRAWN: _("Withdrawn by the resident: %(code)s"),
}
_ESCALATED: Mapping[str, LazyText] = {
    Escalation.Step.SOON: _("One working day left: %(code)s"),
    Escalation.Step.DUE: _("The promise is broken: %(code)s"),
    Escalation.Step.LEADER: _("Late for two working days: %(code)s"),
    Escalation.Step.FOLLOW_UP: _("The other authority has not answered: %(code)s"),
    Escalation.Step.NO_REPLY: _("The resident has not replied for ten working days: %(code)s"),
}
_RESIDENT_NEWS: Mapping[str, LazyText] = {
    CaseEvent.Kind.ACCEPTED: _("An official has taken your case on"),
    CaseEvent.Kind.ASKED: _("The commune asks you something about your case"),
    CaseEvent.Kind.FORWARDED: _("Your case was forwarded to another authority"),
    CaseEvent.Kind.REFUSED: _("The commune cannot take your case on, and says where to go"),
    CaseEvent.Kind.EXTENDED: _("The commune is sorry: your answer will take longer"),
    CaseEvent.Kind.ANSWERED: _("The commune has answered"),
    CaseEvent.Kind.MERGED: _("Your case was joined with another that asks the same"),
}


def tell_assigned(case: Case) -> None:
    """To the official; without an address to the coordinators, but for remarks about conduct."""
    with translation.override(STAFF_LANGUAGE):
        subject = gettext("New case %(code)s") % {"code": case.code}
        address = settings.BASE_URL + reverse("desk:case", args=[case.code])
        body = render_to_string("email/case_assigned.txt", {"case": case, "address": address})
        send(subject, body, _staff_addresses(case), f"case-{case.code}-assigned")


def tell_official(case: Case, event: str, now: datetime) -> None:
    """To whoever is responsible now: what the resident or a colleague did, as code, topic and link."""
    with translation.override(STAFF_LANGUAGE):
        subject = _OFFICIAL_SUBJECTS[event] % {"code": case.code}
        address = settings.BASE_URL + reverse("desk:case", args=[case.code])
        body = render_to_string("email/case_news.txt", {"case": case, "subject": subject, "address": address})
        send(subject, body, _staff_addresses(case), _key(case, event, now))


def tell_resident(case: Case, event: str, now: datetime) -> None:
    """To the resident, who agreed to it by giving an e-mail address: that something happened and where to read it."""
    to = reachable_by_mail(case)
    if not to:
        return
    with translation.override(case.language):
        said = _RESIDENT_NEWS[event]
        address = settings.BASE_URL + reverse("feedback:track")
        body = render_to_string("email/case_moved.txt", {"said": said, "case": case, "address": address})
        send(str(said), body, [to], _key(case, event, now))


def mail_slip(case: Case, pin: str, now: datetime) -> bool:
    """The resident's own slip, to the address given with the case, at most once an hour; whether there is one."""
    address = reachable_by_mail(case)
    if not address:
        return False
    with translation.override(case.language):
        subject = gettext("Your slip: %(code)s") % {"code": case.code}
        track = settings.BASE_URL + reverse("feedback:track")
        body = render_to_string("email/slip.txt", {"case": case, "pin": pin, "address": track})
        send(subject, body, [address], f"case-{case.code}-slip-{now:%Y%m%d%H}")
    return True


def reachable_by_mail(case: Case) -> str:
    """The resident's address while the consent stands, else empty."""
    given = case.words.filter(role=CaseText.Role.EMAIL, hidden_at=None).first()
    return given.text if given is not None and case.contact_consent_at is not None else ""


def tell_escalated(case: Case, step: str, since: datetime, officials: Iterable[Official]) -> None:
    """To the officials of a rung of the ladder; where none has an address to the coordinators, but for conduct."""
    heard = User.objects.filter(official__in=list(officials), is_active=True).exclude(email="")
    addresses = list(heard.values_list("email", flat=True))
    if not addresses and case.kind != Kind.CONDUCT:
        addresses = coordinators_addresses()
    with translation.override(STAFF_LANGUAGE):
        subject = _ESCALATED[step] % {"code": case.code}
        address = settings.BASE_URL + reverse("desk:case", args=[case.code])
        body = render_to_string(
            "email/case_escalated.txt", {"case": case, "subject": subject, "address": address}
        )
        send(subject, body, addresses, f"case-{case.code}-{step}-{since:%Y%m%d%H%M}")


def _key(case: Case, event: str, now: datetime) -> str:
    return f"case-{case.code}-{event}-{now:%Y%m%d%H%M%S%f}"


def _staff_addresses(case: Case) -> list[str]:
    """The responsible official's; of a remark about conduct nobody else hears, not even by its code."""
    responsible = User.objects.filter(official=case.official_id, is_active=True).exclude(email="").first()
    if responsible is not None:
        return [responsible.email]
    return [] if case.kind == Kind.CONDUCT else coordinators_addresses()


def coordinators_addresses() -> list[str]:
    """The coordinators' addresses; without any the commune's own mailbox."""
    coordinators = User.objects.filter(groups__name=COORDINATORS, is_active=True).exclude(email="")
    addresses = coordinators.order_by("pk").values_list("email", flat=True)
    return list(addresses) or list(
        CommuneSettings.objects.exclude(email="").values_list("email", flat=True)[:1]
    )


def send(subject: str, body: str, to: Iterable[str], key: str) -> None:
    """Into the outbox, once for each key; without a recipient nothing."""
    EmailMessage(subject, body, to=list(to), headers={"X-Outbox-Key": key}).send()
