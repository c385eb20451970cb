"""Open311 GeoReport v2: the shapes of the specification, its errors, and nothing that is not public."""

import json
from datetime import datetime
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.core.management import call_command

from feedback import handling, tokens
from feedback.limits import MOST_SENT
from feedback.models import ApiKey, Case, CaseText, Kind
from feedback.open311.numbers import DIGITS, case_of, number_of
from tests.empty_cache import empty_cache
from tests.unit.feedback_world import MONDAY, WORDS, account, found_commune, later, sent

pytestmark = pytest.mark.django_db
ROOT = "/open311/v2/"
REQUEST = {  # every field that the specification's example of an answer has
    *("service_request_id", "status", "status_notes", "service_name", "service_code", "description"),
    *("agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime"),
    *("address", "address_id", "zipcode", "lat", "long", "media_url"),
}
EXAMPLE = {  # the specification's own example of a request, with our service and key
    "service_code": "ho-tich",
    "lat": "37.76524078",
    "long": "-122.4212043",
    "address_string": "1234 5th street",
    "email": "smit333@sfgov.edu",
    "device_id": "tt222111",
    "account_id": "123456",
    "first_name": "john",
    "last_name": "smith",
    "phone": "111111111",
    "description": "A large sinkhole is destroying the street",
    "media_url": "http://farm3.static.flickr.com/2002/2212426634_5ed477a060.jpg",
    "attribute[WHISPAWN]": "123456",
    "attribute[WHISDORN]": "COISL001",
}


@pytest.fixture
def commune():
    empty_cache()
    return found_commune()


@pytest.fixture
def key(commune):
    return ApiKey.objects.make("Ứng dụng của tỉnh", MONDAY)[1]


@pytest.fixture
def ask(client):
    def get(path, at=MONDAY, expects=200, **query):
        with time_machine.travel(at, tick=False):
            answer = client.get(ROOT + path, query)
        assert answer.status_code == expects, answer.content
        return ET.fromstring(answer.content) if path.endswith("xml") else json.loads(answer.content)

    return get


@pytest.fixture
def send(client, key):
    def post(status=201, at=MONDAY, form="json", **changes):
        values = {**EXAMPLE, "api_key": key, "attribute[consent_contact]": "yes", **changes}
        with time_machine.travel(at, tick=False):
            answer = client.post(f"{ROOT}requests.{form}", {k: v for k, v in values.items() if v is not None})
        assert answer.status_code == status, answer.content
        return json.loads(answer.content) if form == "json" else ET.fromstring(answer.content)

    return post


def report(commune, **changes):
    return sent(commune, kind=Kind.REPORT, **changes)


def test_services_are_listed_as_the_specification_shows(commune, ask):
    for service in ask("services.json"):
        assert set(service) == {
            *("service_code", "service_name", "description", "metadata", "type", "keywords", "group")
        }
        assert service["metadata"] is True
        assert service["type"] == "realtime"
    found = ask("services.xml")
    assert (found.tag, found[0].tag) == ("services", "service")
    assert [each.findtext("service_code") for each in found] == ["ho-tich", "cu-tru"]
    assert found[0].findtext("metadata") == "true"


def test_a_closed_topic_or_one_without_reports_is_no_service(commune, ask):
    commune.topics["cu-tru"].kinds = [Kind.QUESTION]
    commune.topics["cu-tru"].save()
    assert [each["service_code"] for each in ask("services.json")] == ["ho-tich"]
    assert ask("services/cu-tru.json", expects=404)[0]["code"] == 404


def test_a_definition_asks_for_the_hamlet_and_for_consent(commune, ask):
    found = ask("services/ho-tich.json")
    assert found["service_code"] == "ho-tich"
    area, consent = found["attributes"]
    assert set(area) == {
        *(
            "variable",
            "code",
            "datatype",
            "required",
            "datatype_description",
            "order",
            "description",
            "values",
        )
    }
    assert {value["key"] for value in area["values"]} == {"doai", "bai"}
    assert (area["order"], consent["order"]) == (1, 2)
    written = ask("services/ho-tich.xml")
    assert written.tag == "service_definition"
    assert written.find("attributes/attribute/values/value/key") is not None
    assert written.findtext("attributes/attribute/variable") == "true"


def test_a_request_has_every_field_of_the_specification_and_only_public_ones(commune, ask):
    case = report(commune, area=commune.areas["doai"], name="Bà Tư", phone="0987 654 321")
    (found,) = ask("requests.json")
    assert set(found) == REQUEST | {"extended_attributes"}
    assert found["service_request_id"] == number_of(case.pk)
    assert found["status"] == "open"
    assert found["agency_responsible"] == "Trung tâm"
    assert found["address"] == "Thôn doai"
    assert datetime.fromisoformat(found["expected_datetime"]) == case.due_at
    assert datetime.fromisoformat(found["requested_datetime"]) == MONDAY
    written = ET.tostring(ask("requests.xml"), encoding="unicode")
    for hidden in (WORDS, "Bà Tư", "654 321", case.code, "Nguyễn Thị Lan"):
        assert hidden not in written
        assert hidden not in json.dumps(found, ensure_ascii=False)
    one = ask(f"requests/{number_of(case.pk)}.xml")
    assert (one.tag, one[0].tag) == ("service_requests", "request")


def test_questions_remarks_on_conduct_and_what_waits_for_review_are_not_there(commune, ask):
    hidden = [
        sent(commune),
        sent(commune, kind=Kind.CONDUCT),
        sent(commune, kind=Kind.PRAISE),
        report(commune, held_for=Case.Hold.LIMIT),
    ]
    assert ask("requests.json") == []
    for case in hidden:
        ask(f"requests/{number_of(case.pk)}.json", expects=404)
    ids = ",".join(number_of(case.pk) for case in hidden)
    assert ask("requests.json", service_request_id=ids) == []


def test_closed_and_late_show_in_status_and_notes(commune, ask):
    case = report(commune)
    (late,) = ask("requests.json", at=later(days=20))
    assert (late["status"], late["extended_attributes"]["is_late"]) == ("open", True)
    handling.answer(case, commune.lan, account("lan", commune.lan), "Đã sửa.", later(hours=3))
    (done,) = ask("requests.json", at=later(days=1))
    assert done["status"] == "closed"
    assert datetime.fromisoformat(done["updated_datetime"]) == later(hours=3)
    assert ask("requests.json", at=later(days=1), status="open") == []
    assert len(ask("requests.json", at=later(days=1), status="open,closed")) == 1


def test_requests_are_chosen_by_dates_service_and_number(commune, ask):
    first = report(commune)
    second = report(commune, topic=commune.topics["cu-tru"], now=later(days=5))
    assert [r["service_code"] for r in ask("requests.json", at=later(days=6))] == ["cu-tru", "ho-tich"]
    assert len(ask("requests.json", at=later(days=6), service_code="cu-tru,x")) == 1
    only = {"start_date": "2026-11-25T00:00:00Z", "end_date": "2026-12-25T00:00:00+07:00"}
    assert [r["service_code"] for r in ask("requests.json", **only)] == ["cu-tru"]
    assert ask("requests.json", at=later(days=96)) == []
    assert len(ask("requests.json", at=later(days=400), start_date="2026-11-01T00:00:00Z")) == 2
    both = f"{number_of(first.pk)}, {number_of(second.pk)},9999999999999,x"
    assert len(ask("requests.json", at=later(days=400), service_request_id=both, status="closed")) == 2


@pytest.mark.parametrize(
    "query",
    [
        {"start_date": "yesterday"},
        {"start_date": "2026-11-25"},
        {"end_date": "2026-13-45T00:00:00Z"},
        {"end_date": "0001-01-01T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
        {"status": "lost"},
        {"start_date": "\x00"},
    ],
)
def test_a_bad_query_is_answered_in_the_specifications_shape(commune, ask, query):
    (error,) = ask("requests.json", expects=400, **query)
    assert error["code"] == 400
    assert error["description"]
    written = ask("requests.xml", expects=400, **query)
    assert (written.tag, written[0].tag, written[0].findtext("code")) == ("errors", "error", "400")


@pytest.mark.parametrize(
    "path",
    ["requests/x.json", "requests/999.xml", "services/khong-co.xml", "tokens/x.json", "tokens/a:b.xml"],
)
def test_what_does_not_exist_is_404_in_the_specifications_shape(commune, ask, path):
    ask(path, expects=404)


def test_another_jurisdiction_is_not_found(commune, ask):
    ask("services.xml", expects=404, jurisdiction_id="sfgov.org")
    ask("services.xml", jurisdiction_id="testserver")
    ask("services.xml", jurisdiction_id="")


def test_the_example_of_the_specification_becomes_a_case(commune, send, ask):
    (answer,) = send()
    assert set(answer) == {"service_request_id", "service_notice", "account_id"}
    case = Case.objects.get()
    assert answer["service_request_id"] == number_of(case.pk)
    assert case.code in answer["service_notice"]
    assert tokens.pin_of(case.token_nonce) in answer["service_notice"]
    assert (case.source, case.kind, case.official) == ("open311", "report", commune.lan)
    assert case.text.startswith("A large sinkhole is destroying the street\n")
    assert "1234 5th street" in case.text
    assert case.words.get(role=CaseText.Role.NAME).text == "smith john"
    assert len(ask("requests.json")) == 1


def test_xml_is_answered_with_xml(send):
    found = send(form="xml")
    assert (found.tag, found[0].tag) == ("service_requests", "request")
    assert len(found[0].findtext("service_request_id")) == DIGITS


def test_the_same_sent_again_that_day_or_the_next_is_the_same_case(send):
    first = send()
    assert send() == first
    assert send(at=later(hours=20)) == first
    assert Case.objects.count() == 1
    send(description="Another hole")
    assert Case.objects.count() == 2


def test_a_hamlet_is_found_in_the_address(send):
    send(address_string="ngõ 3, thôn Doàii, Hương Đồng")
    assert Case.objects.get().area is None
    send(address_string="ngõ 3, thôn Doài, Hương Đồng")
    assert Case.objects.latest("pk").area.key == "doai"
    send(address_string=None, lat=None, long=None, address_id="bai")
    assert Case.objects.latest("pk").area.key == "bai"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"api_key": None}, 403),
        ({"api_key": "wrong"}, 403),
        ({"api_key": "\x00"}, 403),
        ({"service_code": None}, 400),
        ({"service_code": "khong-co"}, 404),
        ({"description": ""}, 400),
        ({"description": "CCCD 012345678901"}, 400),
        ({"description": "x" * 4001}, 400),
        ({"description": "\x00"}, 400),
        ({"attribute[consent_contact]": None}, 400),
        ({"email": "nobody"}, 400),
        ({"address_string": None, "lat": None, "long": None}, 400),
        ({"address_string": None, "lat": "north"}, 400),
        ({"address_string": None, "lat": "nan"}, 400),
        ({"address_string": None, "long": "181"}, 400),
        ({"address_id": "khong-co"}, 400),
        ({"jurisdiction_id": "sfgov.org"}, 404),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_stored(send, changes, status):
    found = send(status=status, **changes)
    assert all(set(error) == {"code", "description"} for error in found)
    assert not Case.objects.exists()


def test_what_comes_over_the_limit_is_kept_and_gets_a_token_until_a_person_has_looked(send, ask, commune):
    for number in range(MOST_SENT):
        assert "token" not in send(description=f"Hole {number}")[0]
    (held,) = send(description="One more hole")
    assert "service_request_id" not in held
    ask(f"tokens/{held['token']}.json", expects=404)
    case = Case.objects.latest("pk")
    assert case.is_held
    handling.release(case, account("dieuphoi"), later(hours=1))
    (found,) = ask(f"tokens/{held['token']}.json")
    assert found == {"service_request_id": number_of(case.pk), "token": held["token"]}


def test_a_closed_key_sends_nothing(send):
    ApiKey.objects.update(is_active=False)
    send(status=403)


def test_the_key_itself_is_nowhere_kept(key, capsys):
    assert key not in str(ApiKey.objects.values())
    call_command("make_api_key", "Xã bên")
    assert ApiKey.objects.active(capsys.readouterr().out.strip()).name == "Xã bên"


def test_a_residents_receipt_is_no_token(commune, ask):
    case = report(commune)
    ask(f"tokens/{tokens.receipt_token(case.token_nonce)}.json", expects=404)


def test_numbers_are_opaque_and_lead_back():
    numbers = [number_of(pk) for pk in range(1, 200)]
    assert len(set(numbers)) == 199
    assert [case_of(number) for number in numbers] == list(range(1, 200))
    steps = {int(after) - int(before) for before, after in pairwise(numbers)}
    assert len(steps) > 190
    for bad in ("", "1", "x" * DIGITS, "9" * DIGITS, "１" * DIGITS):
        assert case_of(bad) is None


def test_other_methods_are_refused_in_shape(commune, client):
    answer = client.delete(ROOT + "requests.json")
    assert answer.status_code == 405
    assert json.loads(answer.content)[0]["code"] == 405


def test_the_way_in_says_what_is_here(commune, client, ask):
    found = json.loads(client.get(ROOT).content)
    assert found["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert ask("discovery.xml").findtext("endpoints/endpoint/type") == "production"


def test_a_hundred_requests_cost_as_many_statements_as_one(commune, ask, django_assert_max_num_queries):
    for number in range(100):
        report(commune, nonce=f"r{number}", area=commune.areas["doai"])
    with django_assert_max_num_queries(3):
        assert len(ask("requests.json")) == 100
