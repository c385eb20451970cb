"""A report sent by a program: checked by the same form as a resident's, and stored by the same writer.

A program has no form token. What makes sending idempotent instead is its content: the same words with the same key
on the same day or the day after are the same case. Nothing about the device or account is kept, and no address on
the web is fetched.
"""

import hashlib
import hmac
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from feedback import handling, limits, tokens
from feedback.forms import AskForm, typed
from feedback.handling import Submission
from feedback.models import ApiKey, Case
from feedback.offers import Offers
from feedback.open311.numbers import number_of
from feedback.open311.services import AREA, CONSENT
from feedback.open311.wire import Refused
from feedback.routing import NobodyCanAnswer
from gandan.text import fold
from home.models import Area

NAMES: tuple[str, ...] = (
    *("service_code", "address_string", "address_id", "lat", "long", "description"),
    *("first_name", "last_name", "phone", "email", "media_url"),
    *(f"attribute[{AREA}]", f"attribute[{CONSENT}]"),
)


def send(post: QueryDict, key: ApiKey, offers: Offers) -> tuple[Case, list[str]]:
    """The case, made now or before, and notices for whoever sent it. Raises `Refused`; then nothing is stored."""
    values = {name: value.strip() for name, value in typed(post, NAMES).items()}
    if not values.get("service_code"):
        raise Refused(400, "service_code was not provided")
    if offers.topic(values["service_code"]) is None:
        raise Refused(404, "service_code was not found")
    place = _place(values)
    form = AskForm(_answers(values, place, offers), offers=offers)
    if not form.is_valid():
        raise Refused(400, *_sentences(form))
    today = timezone.localdate(offers.now)
    nonces = [_nonce(values, key, day) for day in (today, today - timedelta(days=1))]
    sent_before = Case.objects.filter(token_nonce__in=nonces).select_related("official").first()
    return sent_before or _receive(form, key, nonces[0]), _notices(values)


def acknowledged(case: Case, notices: list[str]) -> list[dict[str, Any]]:
    """What a person has to look at first is answered with a token instead of a number that nobody finds yet."""
    name = {"token": tokens.receipt_token(case.token_nonce)} if case.is_held else None
    return [
        {
            **(name or {"service_request_id": number_of(case.pk)}),
            "service_notice": " ".join([_slip(case), *notices]),
            "account_id": None,
        }
    ]


def by_token(token: str) -> list[dict[str, Any]]:
    """Raises `Refused` for a token that is none, or whose case nobody has looked at yet."""
    try:
        nonce = tokens.read_receipt_token(token)
    except tokens.BadToken as bad:
        raise Refused(404, "token was not found") from bad
    case = Case.objects.filter(token_nonce=nonce, source=Case.Source.OPEN311).first()
    if case is None or case.is_held:
        raise Refused(404, "there is no service_request_id for this token yet")
    return [{"service_request_id": number_of(case.pk), "token": token}]


def _place(values: dict[str, str]) -> str:
    """Raises `Refused` where the specification's location parameter is missing or no place on earth."""
    if values.get("address_string"):
        return values["address_string"]
    if values.get("lat") and values.get("long"):
        try:
            lat, long = float(values["lat"]), float(values["long"])
        except ValueError as wrong:
            raise Refused(400, "lat and long must be numbers") from wrong
        if not (-90 <= lat <= 90 and -180 <= long <= 180):
            raise Refused(400, "lat and long must be degrees")
        return f"{lat:.6f}, {long:.6f}"
    if values.get("address_id") or values.get(f"attribute[{AREA}]"):
        return ""
    raise Refused(400, "one of address_string, address_id, or lat and long must be provided")


def _answers(values: dict[str, str], place: str, offers: Offers) -> dict[str, str]:
    words = values.get("description", "")
    where = _("Where: %(place)s") % {"place": place} if place else ""
    return {
        "topic": values["service_code"],
        "area": values.get(f"attribute[{AREA}]") or values.get("address_id") or _area(place, offers.areas),
        "text": f"{words}\n{where}".strip() if words else "",
        "name": f"{values.get('last_name', '')} {values.get('first_name', '')}".strip(),
        "phone": values.get("phone", ""),
        "email": values.get("email", ""),
        "consent_contact": "on" if values.get(f"attribute[{CONSENT}]") == "yes" else "",
    }


def _area(place: str, areas: list[Area]) -> str:
    """The hamlet whose whole name stands in the address, the longest first."""
    folded = f" {fold(place)} "
    named = [area for area in areas if f" {fold(area.name)} " in folded.replace(",", " ")]
    return max(named, key=lambda area: len(area.name)).key if named else ""


def _sentences(form: AskForm) -> list[str]:
    return [
        f"{PARAMETERS.get(name, name)}: {sentence}"
        for name, found in form.errors.items()
        for sentence in found
    ]


PARAMETERS = {
    "topic": "service_code",
    "area": f"attribute[{AREA}]",
    "text": "description",
    "name": "first_name, last_name",
    "consent_contact": f"attribute[{CONSENT}]=yes",
}


def _nonce(values: dict[str, str], key: ApiKey, day: date) -> str:
    content = "\0".join([str(key.pk), day.isoformat(), *(values.get(name, "") for name in NAMES)])
    return hmac.digest(settings.SECRET_KEY.encode(), f"open311 {content}".encode(), hashlib.sha256).hex()


def _receive(form: AskForm, key: ApiKey, nonce: str) -> Case:
    now = form.offers.now
    is_over_limit = limits.count_sent(f"api key {key.pk}", now)
    submission = Submission(
        nonce=nonce,
        **form.sent,
        language=get_language() or "vi",
        source=Case.Source.OPEN311,
        held_for=Case.Hold.LIMIT if is_over_limit else "",
    )
    try:
        return handling.receive(submission, now)
    except NobodyCanAnswer as nobody:
        raise Refused(
            400, "nobody can answer this service_code just now; please call the commune"
        ) from nobody


def _slip(case: Case) -> str:
    """The resident's slip in a sentence: the program has to show it, nobody else can."""
    return _("Code %(code)s, PIN %(pin)s. Answered before %(hour)s %(day)s.") % {
        "code": case.code,
        "pin": tokens.pin_of(case.token_nonce),
        "hour": date_format(timezone.localtime(case.due_at), "G:i"),
        "day": date_format(timezone.localtime(case.due_at), "d/m/Y"),
    }


def _notices(values: dict[str, str]) -> list[str]:
    return [_("Pictures are not taken by this way.")] if values.get("media_url") else []
