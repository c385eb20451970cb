"""What may be reported: the open topics that take reports, and what is asked for each beside the description."""

from typing import Any

from django.utils.translation import gettext as _

from feedback.consents import WORDINGS, present_version
from feedback.models import Consent, Kind, Topic
from feedback.offers import Offers
from feedback.open311.wire import Refused

AREA, CONSENT = "area", "consent_contact"


def services() -> list[dict[str, Any]]:
    topics = Topic.objects.filter(is_open=True).select_related("unit")
    return [_service(topic) for topic in topics if Kind.REPORT in topic.kinds]


def definition(offers: Offers, code: str) -> dict[str, Any]:
    """Raises `Refused` for a topic that takes no reports."""
    if offers.topic(code) is None:
        raise Refused(404, "service_code was not found")
    purpose = Consent.Purpose.CONTACT
    areas = [{"key": area.key, "name": area.local_name} for area in offers.areas]
    return {
        "service_code": code,
        "attributes": [
            _attribute(AREA, 1, _("Which hamlet is it in?"), areas),
            _attribute(
                CONSENT,
                2,
                str(WORDINGS[purpose][present_version(purpose)]),
                [{"key": "yes", "name": _("Yes")}],
                _("Only needed when you leave a name, phone or e-mail."),
            ),
        ],
    }


def _service(topic: Topic) -> dict[str, Any]:
    return {
        "service_code": topic.key,
        "service_name": topic.local_name,
        "description": topic.local_hint,
        "metadata": True,
        "type": "realtime",
        "keywords": None,
        "group": topic.unit.local_name,
    }


def _attribute(
    code: str, order: int, description: str, values: list[dict[str, str]], hint: str = ""
) -> dict[str, Any]:
    return {
        "variable": True,
        "code": code,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": hint or None,
        "order": order,
        "description": description,
        "values": values,
    }
