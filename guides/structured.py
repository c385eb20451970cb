"""A guide as schema.org knows it: the service, how to use it, and the five facts as questions and answers.

Working days are no days of a calendar, so a time in working days stands in words only; an unknown fee is no offer.
"""

from typing import Any

from django.utils.translation import gettext as _

from gandan.structured_data import thing
from guides.facts import Fact, local, usual_way, ways
from guides.models.choices import AUDIENCES, FeeState, Method, PaperKind, TimeUnit
from guides.terms import Fee, Time, fee_for, time_for
from guides.wording import fee_in_words, way_in_words

DURATIONS = {TimeUnit.HOUR: "PT{}H", TimeUnit.DAY: "P{}D", TimeUnit.MONTH: "P{}M"}
ANSWERED_BY = {
    "where": lambda: _("Where do I hand it in?"),
    "how-long": lambda: _("How long does it take?"),
    "cost": lambda: _("How much is the fee?"),
    "bring": lambda: _("What do I bring?"),
    "online": lambda: _("Can I do it online?"),
}


def guide_things(page: Any, facts: list[Fact], address: str, commune: str) -> list[dict[str, Any]]:
    """Three things; the address is the canonical one. Costs no statement: all stands in the page and its sheet."""
    language = page.locale.language_code
    return [
        _service(page, address, commune, language),
        _how_to(page, address, language),
        thing("FAQPage", url=address, inLanguage=language, mainEntity=[_question(fact) for fact in facts]),
    ]


def _service(page: Any, address: str, commune: str, language: str) -> dict[str, Any]:
    sheet = page.sheet
    unit = sheet.get("unit")
    return thing(
        "GovernmentService",
        name=page.title,
        alternateName=page.official_name,
        description=page.summary,
        url=address,
        serviceType=page.field,
        areaServed=commune,
        audience=[
            thing("Audience", audienceType=str(name)) for key, name in AUDIENCES if key in page.audience
        ],
        provider=thing("GovernmentOrganization", name=local(unit, "name", language), telephone=unit["phone"])
        if unit
        else None,
        availableChannel=[_channel(page, way, language) for way in ways(sheet)],
        offers=_offers(sheet),
        termsOfService=page.source_url,
    )


def _channel(page: Any, way: str, language: str) -> dict[str, Any]:
    sheet = page.sheet
    places = sheet.get("where", {}).get("places", []) if way == Method.COUNTER else []
    return thing(
        "ServiceChannel",
        name=way_in_words(way),
        serviceLocation=[thing("Place", name=local(place, "name", language)) for place in places],
        serviceUrl=page.online_url if way == Method.ONLINE else "",
        processingTime=_duration(time_for(sheet.get("terms", []), way)),
    )


def _duration(time: Time) -> str:
    """ISO 8601; empty for working days and for what is not known."""
    pattern = DURATIONS.get(TimeUnit(time["unit"]))
    return pattern.format(time["value"]) if pattern and time["value"] else ""


def _offers(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """One for each way whose fee is stated as free or as an amount."""
    fees = {way: fee_for(sheet.get("terms", []), way) for way in ways(sheet)}
    return [
        thing(
            "Offer", name=way_in_words(way), price=_price(fee), priceCurrency="VND", description=fee["note"]
        )
        for way, fee in fees.items()
        if _price(fee) is not None
    ]


def _price(fee: Fee) -> int | None:
    """Đồng; None unless the fee is free or a known amount."""
    return 0 if fee["state"] == FeeState.FREE else fee["amount"] if fee["state"] == FeeState.AMOUNT else None


def _how_to(page: Any, address: str, language: str) -> dict[str, Any]:
    sheet = page.sheet
    way = usual_way(sheet)
    fee = fee_for(sheet.get("terms", []), way)
    steps = [
        row["text"] for row in sheet.get("steps", []) if row["channel"] in {"", way} and not row["situation"]
    ]
    papers = [paper["name"] for paper in sheet.get("papers", []) if paper["kind"] != PaperKind.NOT_NEEDED]
    return thing(
        "HowTo",
        name=page.title,
        description=page.summary,
        url=address,
        inLanguage=language,
        totalTime=_duration(time_for(sheet.get("terms", []), way)),
        estimatedCost=thing("MonetaryAmount", currency="VND", value=_price(fee))
        if _price(fee) is not None
        else fee_in_words(fee),
        supply=[thing("HowToSupply", name=name) for name in papers],
        step=[thing("HowToStep", position=number, text=text) for number, text in enumerate(steps, start=1)],
    )


def _question(fact: Fact) -> dict[str, Any]:
    text = ". ".join(filter(None, [fact.answer, fact.note]))
    return thing("Question", name=ANSWERED_BY[fact.key](), acceptedAnswer=thing("Answer", text=text))
