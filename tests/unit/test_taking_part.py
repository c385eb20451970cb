"""Places at sessions: offered, confirmed, given back and handed over; never more people than asked for."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from gandan.models import Outbox
from guides.helping import taking_part
from guides.helping.needs import still_needed
from guides.helping.taking_part import Refused
from guides.models import Helper, SeriesNeed, Session, SessionNeed
from guides.models.choices import Role
from tests.unit.helping_world import AFTER, NOW, World, evening, helping_commune, need, places, state, world
from tests.unit.test_sessions import plan_all, series

pytestmark = pytest.mark.django_db
__all__ = ["helping_commune", "world"]
State = Helper.State


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def offered(world: World, name: str, role: str = Role.GREETER) -> Helper:
    return taking_part.offer(world.session, getattr(world, name), role, NOW)


def confirmed(world: World, name: str, role: str = Role.GREETER) -> Helper:
    helper = offered(world, name, role)
    taking_part.confirm(helper, NOW)
    return helper


def mails(what: str) -> int:
    return Outbox.objects.filter(key__contains=f"-{what}-").count()


def test_an_offer_takes_no_place_until_the_coordinator_confirms_it(world: World) -> None:
    helper = offered(world, "mai")
    assert places(world.session) == (0, 1)
    taking_part.confirm(helper, NOW)
    assert places(world.session) == (1, 1)
    assert mails("confirmed") == 1


def test_of_two_who_want_the_last_place_the_second_is_told(world: World) -> None:
    first, second = offered(world, "mai"), offered(world, "tam")
    taking_part.confirm(first, NOW)
    with pytest.raises(Refused, match="Somebody was faster"):
        taking_part.confirm(second, NOW)
    assert state(second) == State.OFFERED
    with pytest.raises(Refused, match="Somebody was faster"):
        offered(world, "hoa")


def test_a_place_taken_between_look_and_step_is_not_given_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The need was read with a free place; another process takes it before ours is written."""
    direct = need(world.session, Role.SAFETY, 1, is_direct=True)
    look = taking_part._need

    def taken_meanwhile(session: Session, role: str) -> SessionNeed:
        read = look(session, role)
        SessionNeed.objects.filter(pk=direct.pk).update(taken=1)
        return read

    monkeypatch.setattr(taking_part, "_need", taken_meanwhile)
    with pytest.raises(Refused, match="Somebody was faster"):
        offered(world, "mai", Role.SAFETY)
    assert not Helper.objects.exists()


def test_an_offer_answered_by_two_coordinators_is_answered_once(world: World) -> None:
    helper = offered(world, "mai", Role.TYPIST)
    stale = Helper.objects.get(pk=helper.pk)
    taking_part.confirm(helper, NOW)
    with pytest.raises(Refused):
        taking_part.confirm(stale, NOW)
    assert places(world.session, Role.TYPIST) == (1, 2)
    assert mails("confirmed") == 1


def test_a_role_open_to_all_is_confirmed_at_once(world: World) -> None:
    need(world.session, Role.SAFETY, 1, is_direct=True)
    assert offered(world, "mai", Role.SAFETY).state == State.CONFIRMED
    assert places(world.session, Role.SAFETY) == (1, 1)
    with pytest.raises(Refused):
        offered(world, "tam", Role.SAFETY)


def test_nobody_has_two_roles_in_one_session(world: World) -> None:
    offered(world, "mai")
    with pytest.raises(Refused, match="already"):
        offered(world, "mai", Role.TYPIST)
    assert Helper.objects.count() == 1


def test_withdrawing_frees_the_place_and_says_how_early_it_was(world: World) -> None:
    helper = confirmed(world, "mai")
    taking_part.withdraw(helper, NOW)
    assert places(world.session) == (0, 1)
    assert helper.notice == timedelta(days=3)
    assert offered(world, "mai").pk == helper.pk


def test_a_late_withdrawal_reaches_the_coordinators_and_an_early_one_only_the_list(world: World) -> None:
    taking_part.withdraw(confirmed(world, "mai"), NOW)
    assert mails("withdrawn") == 0
    taking_part.withdraw(confirmed(world, "tam"), NOW + timedelta(days=2))
    message = Outbox.objects.get(key__contains="-withdrawn-")
    assert message.recipients == "dieuphoi@thu.example"


def test_nobody_offers_or_withdraws_once_the_session_has_begun(world: World) -> None:
    helper = confirmed(world, "mai")
    for step in (lambda: taking_part.withdraw(helper, AFTER), lambda: taking_part.ask_to_swap(helper, AFTER)):
        with pytest.raises(Refused, match="has begun"):
            step()
    with pytest.raises(Refused, match="has begun"):
        taking_part.offer(world.session, world.tam, Role.TYPIST, AFTER)


def test_a_declined_offer_gives_its_reason_and_is_not_repeated_for_the_same_role(world: World) -> None:
    helper = offered(world, "mai")
    taking_part.decline(helper, "Đã đủ người đón cửa, mời chị lần sau.", NOW)
    assert "Đã đủ người đón cửa" in Helper.objects.get().sentence
    assert mails("declined") == 1
    with pytest.raises(Refused):
        offered(world, "mai")
    assert offered(world, "mai", Role.TYPIST).sentence == ""


def test_giving_a_confirmed_place_back_frees_it(world: World) -> None:
    taking_part.decline(confirmed(world, "mai"), "Đổi lịch", NOW)
    assert places(world.session) == (0, 1)


def test_who_asks_to_be_replaced_keeps_the_place_until_somebody_has_it(world: World) -> None:
    mai = confirmed(world, "mai")
    taking_part.ask_to_swap(mai, NOW)
    assert places(world.session) == (1, 1)
    tam = taking_part.take_over(mai, world.tam, NOW)
    assert (state(mai), state(tam), places(world.session)) == (State.CONFIRMED, State.OFFERED, (1, 1))
    taking_part.confirm(tam, NOW)
    assert (state(mai), state(tam), places(world.session)) == (State.SWAPPED, State.CONFIRMED, (1, 1))
    assert (mails("swapped"), mails("confirmed")) == (1, 2)


def test_in_a_role_open_to_all_a_swap_needs_nobody_else(world: World) -> None:
    need(world.session, Role.SAFETY, 1, is_direct=True)
    mai = offered(world, "mai", Role.SAFETY)
    taking_part.ask_to_swap(mai, NOW)
    tam = taking_part.take_over(mai, world.tam, NOW)
    assert (state(mai), state(tam), places(world.session, Role.SAFETY)) == ("swapped", "confirmed", (1, 1))


def test_of_two_who_take_over_one_place_the_second_is_told(world: World) -> None:
    mai = confirmed(world, "mai")
    taking_part.ask_to_swap(mai, NOW)
    tam, hoa = taking_part.take_over(mai, world.tam, NOW), taking_part.take_over(mai, world.hoa, NOW)
    taking_part.confirm(tam, NOW)
    hoa.refresh_from_db()
    with pytest.raises(Refused, match="Somebody was faster"):
        taking_part.confirm(hoa, NOW)
    assert places(world.session) == (1, 1)


def test_who_stays_after_all_is_not_replaced(world: World) -> None:
    mai = confirmed(world, "mai")
    taking_part.ask_to_swap(mai, NOW)
    tam = taking_part.take_over(mai, world.tam, NOW)
    taking_part.stop_asking(mai)
    with pytest.raises(Refused):
        taking_part.confirm(tam, NOW)
    assert state(mai) == State.CONFIRMED
    with pytest.raises(Refused, match="Nobody asks"):
        taking_part.take_over(mai, world.hoa, NOW)


def test_a_coordinator_adds_somebody_even_after_the_evening_but_never_beyond_the_need(world: World) -> None:
    taking_part.add(world.session, world.mai, Role.GREETER, AFTER)
    assert mails("confirmed") == 0
    with pytest.raises(Refused, match="Somebody was faster"):
        taking_part.add(world.session, world.tam, Role.GREETER, AFTER)
    assert Helper.objects.count() == 1


def test_hours_are_noted_only_once_the_evening_has_begun(world: World) -> None:
    helper = confirmed(world, "mai")
    with pytest.raises(Refused, match="once the session has begun"):
        taking_part.note_minutes(helper, 60, NOW)
    taking_part.note_minutes(helper, 0, AFTER)
    assert Helper.objects.get().noted_minutes == 0


def test_the_database_itself_refuses_more_people_than_needed(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionNeed.objects.filter(session=world.session).update(taken=5)


def test_a_need_is_never_lowered_below_those_confirmed(world: World) -> None:
    confirmed(world, "mai", Role.TYPIST)
    confirmed(world, "tam", Role.TYPIST)
    lowered = SessionNeed.objects.get(role=Role.TYPIST)
    lowered.needed = 1
    with pytest.raises(ValidationError, match="2 people are confirmed"):
        lowered.full_clean()
    lowered.save()
    assert places(world.session, Role.TYPIST) == (2, 2)
    lowered.role = Role.STUCK
    with pytest.raises(ValidationError, match="Add a row"):
        lowered.full_clean()


def test_saving_a_need_read_earlier_does_not_forget_who_came_meanwhile(world: World) -> None:
    stale = SessionNeed.objects.get(role=Role.GREETER)
    confirmed(world, "mai")
    stale.needed = 3
    stale.save()
    assert places(world.session) == (1, 3)


def test_a_deleted_account_frees_its_places(world: World) -> None:
    confirmed(world, "mai")
    world.mai.delete()
    assert places(world.session) == (0, 1)


def test_a_new_session_asks_for_the_helpers_of_its_series(world: World) -> None:
    evenings = series()
    SeriesNeed.objects.create(series=evenings, role=Role.CHECKER, needed=2, is_direct=True)
    plan_all(evenings)
    planned = list(evenings.sessions.all())
    needs = SessionNeed.objects.filter(session__in=planned, role=Role.CHECKER, needed=2, is_direct=True)
    assert needs.count() == len(planned) > 3


def test_a_session_made_with_roles_of_its_own_keeps_to_them(world: World) -> None:
    evenings = series()
    SeriesNeed.objects.create(series=evenings, role=Role.CHECKER, needed=2)
    own = Session(series=evenings, title="Buổi thêm", place=evenings.place, date=NOW.date())
    own.starts, own.ends = evenings.starts, evenings.ends
    own.roles = [SessionNeed(role=Role.CHECKER, needed=1)]
    own.save()
    assert list(own.roles.values_list("role", "needed")) == [("checker", 1)]


def test_what_is_still_needed_is_told_by_role_and_costs_one_statement(
    world: World, django_assert_num_queries
) -> None:
    confirmed(world, "mai", Role.TYPIST)
    other, off = evening(), evening(is_cancelled=True, reason="Mất điện")
    need(other, Role.STUCK, 2)
    need(off, Role.STUCK, 2)
    with django_assert_num_queries(1):
        missing = still_needed([world.session, other, off])
    words = {key: [(str(role), number) for role, number in rows] for key, rows in missing.items()}
    assert words == {
        world.session.pk: [("Greeter", 1), ("Helps with typing", 1)],
        other.pk: [("Desk for those who are stuck", 2)],
    }


STEPS = ("offer", "confirm", "decline", "withdraw", "ask", "stop", "take_over", "add", "free", "note")
PEOPLE = ("mai", "tam", "hoa")
ROLES = (Role.GREETER, Role.TYPIST, Role.SAFETY)


@examples(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(PEOPLE), st.sampled_from(ROLES)), max_size=25)
)
def test_whatever_people_do_places_and_people_agree(world: World, steps: list[tuple[str, str, str]]) -> None:
    with transaction.atomic():
        need(world.session, Role.SAFETY, 1, is_direct=True)
        for step, name, role in steps:
            before = staffed(world.session)
            take(world, step, name, role)
            if step in {"ask", "stop", "take_over", "confirm", "add", "offer", "note"}:
                assert staffed(world.session) >= before, step
            check_all_agrees(world.session)
        transaction.set_rollback(True)


def take(world: World, step: str, name: str, role: str) -> None:
    user = getattr(world, name)
    own = Helper.objects.filter(session=world.session, user=user).first()
    asking = Helper.objects.asking_to_swap().filter(role=role).exclude(user=user).first()
    try:
        match step:
            case "offer":
                taking_part.offer(world.session, user, role, NOW)
            case "add":
                taking_part.add(world.session, user, role, NOW)
            case "take_over" if asking:
                taking_part.take_over(asking, user, NOW)
            case "confirm" | "withdraw" | "free" if own:
                getattr(taking_part, step)(own, NOW)
            case "decline" if own:
                taking_part.decline(own, "Đủ người", NOW)
            case "ask" if own:
                taking_part.ask_to_swap(own, NOW)
            case "stop" if own:
                taking_part.stop_asking(own)
            case "note" if own:
                taking_part.note_minutes(own, 30, AFTER)
    except Refused:
        pass


def staffed(session: Session) -> int:
    return Helper.objects.confirmed().filter(session=session).count()


def check_all_agrees(session: Session) -> None:
    confirmed_by_role = dict(
        Helper.objects.confirmed()
        .filter(session=session)
        .order_by()
        .values_list("role")
        .annotate(number=Count("pk"))
    )
    for row in SessionNeed.objects.filter(session=session):
        assert row.taken == confirmed_by_role.get(row.role, 0) <= row.needed
    people = Helper.objects.filter(session=session).order_by().values_list("user")
    assert len(people) == len(set(people))
    assert not Helper.objects.exclude(swap_asked_at=None).exclude(state=State.CONFIRMED).exists()
