"""Calendar files of help sessions, read back with a real parser and held against RFC 5545 and 5546."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from gandan.worktime import VIETNAM
from guides.models import Session
from guides.moving import stand_in
from guides.session_calendar import Organiser, calendar_of_hamlet
from home.models import Place
from tests.unit.guides_world import found_commune
from tests.unit.sessions_world import MONDAY, plan_all, series, session

pytestmark = pytest.mark.django_db
COMMUNE = Organiser("UBND xã Hương Đồng", "lienhe@huongdong.example")
# RFC 5546, 3.2.1: what an event of METHOD:PUBLISH must have once, and must not have.
ONCE = {"UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY"}
NEVER = {"ATTENDEE", "REQUEST-STATUS"}


@pytest.fixture(autouse=True)
def commune() -> Iterator[None]:
    found_commune()
    with override("vi"):  # whatever language a request leaves behind
        yield


def written(hamlet: str = "", now: datetime = MONDAY) -> bytes:
    return calendar_of_hamlet(COMMUNE, hamlet, now)


def events(hamlet: str = "", now: datetime = MONDAY) -> dict[str, Event]:
    return {str(event["uid"]): event for event in Calendar.from_ical(written(hamlet, now)).walk("VEVENT")}


def event_of(row: Session) -> Event:
    return events()[f"buoi-{row.pk}@testserver"]


def faults(file: bytes) -> list[str]:
    """What a strict reader would refuse."""
    found = []
    if any(len(line) > 75 for line in file.split(b"\r\n")):
        found.append("a line of more than 75 octets")
    if b"\n" in file.replace(b"\r\n", b""):
        found.append("a line that does not end in CRLF")
    calendar = Calendar.from_ical(file)
    found += [name for name in ("PRODID", "VERSION", "METHOD") if name not in calendar]
    for event in calendar.walk("VEVENT"):
        names = [
            name for name, _value in event.property_items(recursive=False) if name not in {"BEGIN", "END"}
        ]
        found += [f"{name} is not there once" for name in ONCE if names.count(name) != 1]
        found += [f"{name} is there" for name in NEVER if name in names]
        found += [f"error: {error}" for error in event.errors]
        local = [
            name for name in ("dtstamp", "dtstart", "dtend", "last-modified") if not _is_utc(event[name])
        ]
        found += [f"{name} is of no zone" for name in local]
        if not local and event.decoded("dtend") <= event.decoded("dtstart"):
            found.append("it ends before it begins")
    uids = [str(event.get("uid")) for event in calendar.walk("VEVENT")]
    return found + [uid for uid in uids if uids.count(uid) > 1]


def _is_utc(value: Any) -> bool:
    return value.to_ical().endswith(b"Z")


def test_the_check_sees_what_is_wrong() -> None:
    good = session()
    file = written()
    assert faults(file) == []
    assert faults(file.replace(b"UID:buoi", b"UIX:buoi"))
    assert faults(file.replace(b"\r\n", b"\n"))
    assert faults(file.replace(b"Z\r\n", b"\r\n", 1))
    assert faults(file.replace(b"METHOD:PUBLISH\r\n", b""))
    assert good.sequence == 0


def test_every_session_is_in_the_file_once_with_all_that_a_published_event_needs() -> None:
    plan_all(series())
    session(kind="door", title="Đến nhà", audience="Ông bà; người khuyết tật, ở thôn Hạ")
    assert faults(written()) == []
    assert len(events()) == Session.objects.count()


def test_the_cancelled_evening_stays_with_its_uid_and_names_the_new_one() -> None:
    plan_all(series())
    off = Session.objects.get(is_cancelled=True)
    old, new = event_of(off), event_of(off.replacement)
    assert (str(old["status"]), str(new["status"])) == ("CANCELLED", "CONFIRMED")
    assert str(old["related-to"]) == str(new["uid"])
    assert str(new["related-to"]) == str(old["uid"])
    assert new.decoded("dtstart") == datetime(2026, 11, 25, 19, tzinfo=VIETNAM)
    assert "Ngày Văn hóa Việt Nam" in str(old["description"])
    assert "thứ Tư 25/11" in str(old["description"])


@pytest.mark.parametrize(
    ("change", "rises"),
    [
        ({"starts": time(20)}, 1),
        ({"ends": time(20)}, 1),
        ({"date": date(2026, 12, 2)}, 1),
        ({"place": "nha-van-hoa-doai"}, 1),
        ({"is_cancelled": True, "reason": "Bão"}, 1),
        ({"title": "Tên khác"}, 1),
        ({"equipment": "6 máy"}, 0),
        ({"needs": "2 người"}, 0),
        ({}, 0),
    ],
)
def test_the_sequence_rises_with_each_change_a_resident_would_notice(
    change: dict[str, Any], rises: int
) -> None:
    row = session()
    before = event_of(row)
    for name, value in change.items():
        setattr(row, name, Place.objects.get(key=value) if name == "place" else value)
    row.save()
    after = event_of(row)
    assert int(after["sequence"]) - int(before["sequence"]) == rises
    assert str(after["uid"]) == str(before["uid"])
    assert after.decoded("last-modified") >= before.decoded("last-modified")


def test_a_stale_copy_never_lowers_the_sequence() -> None:
    row = session()
    stale = Session.objects.get()
    for hour in (18, 17):
        row.starts = time(hour)
        row.save()
    stale.ends = time(22)
    stale.save()
    assert int(event_of(row)["sequence"]) == 3


def test_a_session_taken_up_again_is_confirmed_with_a_higher_sequence() -> None:
    row = session(is_cancelled=True, reason="Bão")
    row.is_cancelled = False
    row.save()
    assert (str(event_of(row)["status"]), int(event_of(row)["sequence"])) == ("CONFIRMED", 1)


def test_the_file_is_the_same_byte_for_byte_until_something_changes(client: Client) -> None:
    row = session(date=date(2099, 1, 1))
    first = client.get("/buoi-ho-tro.ics")
    again = client.get("/buoi-ho-tro.ics", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert set(first["Cache-Control"].split(", ")) == {"public", "max-age=0", "must-revalidate"}
    row.starts = time(18)
    row.save()
    assert client.get("/buoi-ho-tro.ics", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_hamlet_has_a_file_of_its_own_and_so_has_a_session(client: Client) -> None:
    here = session(date=date(2099, 1, 1))
    session(date=date(2099, 1, 2), place=Place.objects.get(key="nha-van-hoa-doai"))
    files = {
        path: Calendar.from_ical(client.get(path).content)
        for path in ("/buoi-ho-tro.ics", "/buoi-ho-tro/lich.ics?thon=thuong", f"/buoi-ho-tro/{here.pk}.ics")
    }
    assert [len(file.walk("VEVENT")) for file in files.values()] == [2, 1, 1]
    assert all(faults(client.get(path).content) == [] for path in files)
    for path in files:
        assert client.get(path)["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Thôn Thuong" in str(list(files.values())[1]["x-wr-calname"])


def test_the_file_of_a_moved_session_holds_both(client: Client) -> None:
    off = session(date=date(2099, 1, 1), is_cancelled=True, reason="Bão", moved_to=date(2099, 1, 2))
    stand_in(off)
    file = client.get(f"/buoi-ho-tro/{off.pk}.ics").content
    assert [str(event["status"]) for event in Calendar.from_ical(file).walk("VEVENT")] == [
        "CANCELLED",
        "CONFIRMED",
    ]
    assert faults(file) == []


def test_the_words_of_a_file_are_in_the_readers_language(client: Client) -> None:
    off = session(date=date(2099, 1, 1), is_cancelled=True, reason="Bão")
    said = {
        prefix: client.get(f"{prefix}/buoi-ho-tro/{off.pk}.ics").content.decode()
        for prefix in ("", "/en", "/ar")
    }
    assert "SUMMARY:Hủy: " in said[""]
    assert "SUMMARY:Cancelled: " in said["/en"]
    assert "SUMMARY:أُلغيت: " in said["/ar"]
    assert "/en/buoi-ho-tro/" in said["/en"]


def test_what_passed_stays_a_month_and_then_leaves() -> None:
    session(date=date(2026, 10, 25))
    session(date=date(2026, 10, 23))
    assert [event.decoded("dtstart").date() for event in events().values()] == [date(2026, 10, 25)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_typed_the_file_can_be_read(title: str, note: str) -> None:
    Session.objects.all().delete()
    row = session(title=title.replace("\0", ""), equipment=note.replace("\0", ""), reason="a;b,c\\n\nd")
    file = written()
    assert faults(file) == []
    assert file.count(b"BEGIN:VEVENT") == 1
    summary = str(Calendar.from_ical(file).walk("VEVENT")[0]["summary"])
    assert summary.split() == _without_controls(row.title).split()


def _without_controls(text: str) -> str:
    return "".join(letter for letter in text if ord(letter) >= 32 or letter in "\n\t")
