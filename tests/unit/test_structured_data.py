"""What search engines read of a guide: sound against schema.org, and claiming nothing that the guide does not say."""

import json
import re
from types import SimpleNamespace
from typing import Any

import pytest

from gandan.structured_data import json_ld, thing
from guides.facts import five_facts
from guides.structured import guide_things

# Properties of each type as https://schema.org/version/latest/schemaorg-current-https.jsonld has them, those of its
# parents included; "!" marks what search engines ask for.
KNOWN = {
    "GovernmentService": "name! alternateName description url serviceType areaServed audience provider! "
    "availableChannel offers termsOfService",
    "GovernmentOrganization": "name! telephone",
    "Audience": "audienceType!",
    "ServiceChannel": "name serviceLocation serviceUrl processingTime",
    "Place": "name!",
    "Offer": "name price! priceCurrency! description",
    "HowTo": "name! description url inLanguage totalTime estimatedCost supply step!",
    "HowToSupply": "name!",
    "HowToStep": "position text!",
    "MonetaryAmount": "currency! value!",
    "FAQPage": "url inLanguage mainEntity!",
    "Question": "name! acceptedAnswer!",
    "Answer": "text!",
}
WORKING_DAYS = {"value": 3, "unit": "working_day", "cut_off": "", "note": ""}
FREE = {"state": "free", "amount": None, "note": "", "exemptions": ""}
UNKNOWN = {"state": "unknown", "amount": None, "note": "", "exemptions": ""}


def guide(**sheet: Any) -> Any:
    whole = {
        "unit": {"name": "Trung tâm", "key": "mot-cua", "phone": "0912 345 678", "hours": {}},
        "where": {"counter": "Quầy 2", "note": "", "places": [{"name": "Trụ sở", "key": "tru-so"}]},
        "channels": [{"method": "counter", "note": ""}, {"method": "online", "note": ""}],
        "terms": [{"channel": "", "situation": "", "time": WORKING_DAYS, "fee": FREE}],
        "papers": [{"name": "Tờ khai", "kind": "submit", "only_if": "", "situations": []}],
        "steps": [{"channel": "", "situation": "", "text": "Nộp tờ khai ở quầy"}],
        "situations": [],
        **sheet,
    }
    return SimpleNamespace(
        title="Đăng ký </script><b>khai sinh",
        official_name="Thủ tục đăng ký khai sinh",
        summary="Cho con mới sinh",
        field="Hộ tịch",
        audience=["citizen"],
        source_url="https://nguon.example/1",
        online_url="https://nop.example/",
        locale=SimpleNamespace(language_code="vi"),
        sheet=whole,
    )


def things(page: Any) -> list[dict[str, Any]]:
    return guide_things(page, five_facts(page.sheet, "vi"), "https://xa.example/khai-sinh/", "Xã Hương Đồng")


def faults(value: Any) -> list[str]:
    """Every type, property or lack that schema.org or a search engine would complain about."""
    if isinstance(value, list):
        return [fault for each in value for fault in faults(each)]
    if not isinstance(value, dict):
        return []
    names = KNOWN.get(value.get("@type", ""), "").split()
    if not names:
        return [f"unknown type {value.get('@type')}"]
    given = value.keys() - {"@type"}
    found = [f"{value['@type']}.{name}" for name in given - {name.rstrip("!") for name in names}]
    found += [f"{value['@type']} lacks {n[:-1]}" for n in names if n.endswith("!") and n[:-1] not in given]
    return found + [fault for name in given for fault in faults(value[name])]


def test_a_guide_is_a_service_a_how_to_and_questions() -> None:
    made = things(guide())
    assert [each["@type"] for each in made] == ["GovernmentService", "HowTo", "FAQPage"]
    assert faults(made) == []
    assert len(made[2]["mainEntity"]) == 5


def test_the_check_of_this_test_sees_what_is_wrong() -> None:
    assert faults(thing("HowTo", name="x", stepp=[])) == ["HowTo lacks step"]
    assert faults([thing("Question", name="x", answer="y")]) == [
        "Question.answer",
        "Question lacks acceptedAnswer",
    ]


def test_a_free_guide_offers_it_for_nothing_and_an_unknown_fee_is_no_offer() -> None:
    service, how_to, _questions = things(guide())
    assert [offer["price"] for offer in service["offers"]] == [0, 0]
    assert how_to["estimatedCost"] == thing("MonetaryAmount", currency="VND", value=0)
    unknown = guide(terms=[{"channel": "", "situation": "", "time": WORKING_DAYS, "fee": UNKNOWN}])
    service, how_to, questions = things(unknown)
    assert "offers" not in service
    assert isinstance(how_to["estimatedCost"], str)
    assert "0" not in questions["mainEntity"][2]["acceptedAnswer"]["text"]


@pytest.mark.parametrize(
    ("time", "duration"),
    [
        ({"value": 3, "unit": "working_day"}, None),
        ({"value": 3, "unit": "day"}, "P3D"),
        ({"value": 8, "unit": "hour"}, "PT8H"),
        ({"value": 2, "unit": "month"}, "P2M"),
        ({"value": None, "unit": "other"}, None),
    ],
)
def test_only_a_time_of_the_calendar_is_a_duration(time: dict[str, Any], duration: str | None) -> None:
    stated = {**time, "cut_off": "", "note": ""}
    page = guide(terms=[{"channel": "", "situation": "", "time": stated, "fee": FREE}])
    assert things(page)[1].get("totalTime") == duration


def test_an_empty_guide_still_claims_nothing_false() -> None:
    empty = guide()
    empty.sheet = {}
    service, how_to, _questions = things(empty)
    assert "offers" not in service
    assert "supply" not in how_to


def test_words_of_editors_cannot_close_the_block() -> None:
    block = str(json_ld(things(guide())))
    assert block.count("</script>") == 1
    inside = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', block)
    assert inside is not None
    assert json.loads(inside[1])["@graph"][0]["name"] == "Đăng ký </script><b>khai sinh"
