"""A remark about an official's conduct, and everybody who must not learn of it."""

import pytest
import time_machine

from feedback import handling
from feedback.access import countable, reader_for
from feedback.models import Case, Kind
from feedback.routing import NobodyCanAnswer, Staff, barred_by
from gandan.models import Outbox
from home.groups import GROUPS
from home.models import CommuneSettings, Official, Unit
from tests.unit.feedback_world import OFFICE, account, found_commune, later, pair, send_away, sent, signed_in

pytestmark = pytest.mark.django_db
KEYS = ("lan", "hoa", "binh", "minh", "thao", "hung", "dung")
DESK = "/en/ban-lam-viec/"
LISTS = ("", "?xem=tat-ca", "?xem=xem-lai", "?xem=da-tra-loi")


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "gandan.outbox.OutboxBackend"


@pytest.fixture
def commune():
    """Everybody has an account; Binh and Lan are coordinators too, and one coordinator is no official.

    Leader and council chair sit in a unit that Binh does not head.
    """
    found = found_commune()
    committee = Unit.objects.create(key="uy-ban", name="Ủy ban nhân dân", weekly_hours=OFFICE)
    for key in ("minh", "thao"):
        Official.objects.filter(pk=getattr(found, key).pk).update(unit=committee)
        getattr(found, key).refresh_from_db()
    found.users = {key: account(key, getattr(found, key), "official") for key in KEYS}
    for group in GROUPS:
        found.users[group] = account(group.replace(" ", "-"), None, group)
    for key in ("binh", "lan"):
        found.users[key].groups.add(*found.users["coordinator"].groups.all())
    return found


def remark(commune, about, **changes):
    return sent(commune, kind=Kind.CONDUCT, about=getattr(commune, about) if about else None, **changes)


def sees(user, case):
    """Whether the case can be opened, stands in a list, or is counted for this person anywhere at the desk."""
    reader = reader_for(user)
    in_query = reader is not None and reader.cases().filter(pk=case.pk).exists()
    client = signed_in(user)
    with time_machine.travel(later(hours=1), tick=False):
        opened = client.get(f"{DESK}{case.code}/").status_code == 200
        listed = any(case.code[:7] in client.get(DESK + tab).content.decode() for tab in LISTS)
    assert opened == in_query
    assert in_query or not listed
    return in_query


@pytest.mark.parametrize("about", [*KEYS, None])
def test_only_who_answers_and_the_leader_see_a_remark_about_conduct(commune, about):
    case = remark(commune, about)
    seen_by = {key for key, user in commune.users.items() if sees(user, case)}
    answers = case.official.key
    barred = {official for official in KEYS if getattr(commune, official).pk in barred_of(case)}
    assert seen_by == ({answers, "minh"} - barred)
    assert about not in seen_by


def barred_of(case):
    return barred_by(Staff.load(), case.about)


@pytest.mark.parametrize("about", KEYS)
def test_no_mail_about_it_reaches_those_it_is_about(commune, about):
    case = remark(commune, about)
    handling.withdraw(case, later(hours=1))
    barred = {Official.objects.get(pk=pk).user.email for pk in barred_of(case)}
    recipients = {line for mail in Outbox.objects.all() for line in mail.recipients.splitlines()}
    assert recipients == {case.official.user.email}
    assert not recipients & barred


def test_without_an_address_of_the_leader_nobody_else_is_mailed(commune):
    Official.objects.filter(pk=commune.minh.pk).update(user=None)
    remark(commune, "lan")
    assert not Outbox.objects.exists()


def test_whoever_begins_to_stand_in_for_the_person_stops_seeing_it(commune):
    case = remark(commune, "dung")
    assert sees(commune.users["minh"], case)
    pair(commune.dung, commune.minh)
    assert not sees(commune.users["minh"], case)


def test_about_the_head_of_the_leaders_own_unit_nothing_is_stored(commune):
    """Whoever could read it is headed by the person: the form shows the legal route instead."""
    Unit.objects.filter(key="uy-ban").update(head=commune.dung)
    with pytest.raises(NobodyCanAnswer):
        remark(commune, "dung")


def test_the_leader_sees_nothing_about_the_leader(commune):
    case = remark(commune, "minh")
    assert case.official == commune.thao
    assert not sees(commune.users["minh"], case)
    assert sees(commune.users["thao"], case)


def test_about_the_leader_with_nobody_named_for_it_nothing_is_stored(commune):
    CommuneSettings.objects.update(conduct_reader=None)
    with pytest.raises(NobodyCanAnswer):
        remark(commune, "minh")
    assert not Case.objects.exists()


def test_the_deputy_of_an_absent_leader_reads_it_unless_it_is_about_the_deputy(commune):
    pair(commune.minh, commune.binh)
    send_away(commune.minh)
    assert remark(commune, "dung").official == commune.binh
    assert remark(commune, "binh").official == commune.thao


def test_figures_leave_remarks_about_conduct_out(commune):
    usual = sent(commune)
    remark(commune, "lan")
    assert list(countable()) == [usual]


def test_after_not_solved_it_goes_to_no_one_it_is_about(commune):
    case = remark(commune, "minh")
    handling.answer(case, commune.thao, commune.users["thao"], "Tôi đã gặp đồng chí ấy.", later(hours=1))
    handling.rate(case, "bad", "", False, later(hours=2))
    case.refresh_from_db()
    assert case.official == commune.thao
