"""Counts of a session: each once, however often, in whatever order and after whatever loss it is sent."""

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guides.models import Tally
from guides.models.choices import AgeBand, Obstacle, Outcome, Subject
from guides.tally_entry import Refused, read_entry
from guides.tallying import closed_because, paper_cells, record, record_paper, undo, undoable
from tests.unit import tally_world
from tests.unit.tally_world import DAY, EVENING, entry, session, tally

pytestmark = pytest.mark.django_db
world, evening = tally_world.world, tally_world.evening
GOOD = {"uuid": str(uuid.UUID(int=7)), "subject": "vneid", "outcome": "done"}
DONE, NOT_YET = ("vneid", "done"), ("scam", "not_solved")


def counted() -> Counter:
    return Counter(Tally.objects.counted().values_list("subject", "outcome"))


def test_a_count_sent_three_times_is_counted_once(evening):
    of, people = evening
    states = [record(of, [entry(1)], people["tam"], "device", EVENING) for _ in range(3)]
    assert [next(iter(state.values())) for state in states] == ["accepted", "known", "known"]
    assert counted() == {DONE: 1}


def test_an_undone_count_that_arrives_before_the_count_itself_is_never_counted(evening):
    of, people = evening
    record(of, [entry(1, is_undone=True)], people["tam"], "device", EVENING)
    record(of, [entry(1)], people["tam"], "device", EVENING)
    assert counted() == {}


def test_only_the_person_who_counted_can_undo_and_only_for_ten_minutes(evening):
    of, people = evening
    record(of, [entry(1), entry(2)], people["tam"], "web", EVENING)
    first = entry(1).uuid
    assert not undo(of, first, people["sen"], EVENING)
    assert not undo(of, first, people["tam"], EVENING + timedelta(minutes=11))
    assert undo(of, first, people["tam"], EVENING + timedelta(minutes=9))
    assert not undo(of, first, people["tam"], EVENING)
    assert counted() == {DONE: 1}


def test_the_last_count_is_offered_for_undoing_to_its_own_person(evening):
    of, people = evening
    record(of, [entry(1)], people["tam"], "web", EVENING)
    assert undoable(of, people["tam"], EVENING).pk == entry(1).uuid
    assert undoable(of, people["sen"], EVENING) is None
    assert undoable(of, people["tam"], EVENING + timedelta(minutes=11)) is None


def test_nobody_undoes_a_count_of_somebody_else_from_a_device(evening):
    of, people = evening
    record(of, [entry(1)], people["tam"], "device", EVENING)
    record(of, [entry(1, is_undone=True)], people["sen"], "device", EVENING)
    assert counted() == {DONE: 1}


def test_a_clock_that_runs_ahead_does_not_date_a_count_into_the_future(evening):
    of, people = evening
    record(of, [entry(1, recorded_at=EVENING + timedelta(days=3))], people["tam"], "device", EVENING)
    assert Tally.objects.get().recorded_at == EVENING


@st.composite
def histories(draw):
    """What a device counted and undid, and the parcels in which that reaches the server: any order, any number of
    times each, each at least once. An undone count may also have been sent before it was undone.
    """
    entries = [
        entry(number, draw(st.sampled_from(Subject.values)), draw(st.sampled_from(Outcome.values)))
        for number in range(1, draw(st.integers(1, 8)) + 1)
    ]
    undone = draw(st.sets(st.sampled_from([each.uuid for each in entries])))
    last = [entry_undone(each) if each.uuid in undone else each for each in entries]
    attempts = last + draw(st.lists(st.sampled_from(entries + last), max_size=20))
    order = draw(st.permutations(attempts))
    cuts = sorted(draw(st.lists(st.integers(0, len(order)), max_size=4)))
    parcels = [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    return entries, undone, parcels


def entry_undone(of):
    return entry(of.uuid.int, of.subject, of.outcome, is_undone=True)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(histories())
def test_a_queue_reordered_repeated_and_sent_again_after_loss_counts_the_same(evening, history):
    of, people = evening
    entries, undone, parcels = history
    with transaction.atomic():
        for parcel in parcels:
            record(of, parcel, people["tam"], "device", EVENING)
        expected = Counter((each.subject, each.outcome) for each in entries if each.uuid not in undone)
        assert counted() == expected
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"uuid": "7"},
        {"uuid": None},
        {"subject": "names"},
        {"subject": ["vneid"]},
        {"outcome": ""},
        {"outcome": "not_solved"},
        {"outcome": "partly", "obstacle": "tired"},
        {"minutes": 0},
        {"minutes": 241},
        {"minutes": "-1"},
        {"minutes": "²"},
        {"minutes": "١٢"},
        {"minutes": "9" * 5000},
        {"minutes": 1.5},
        {"minutes": {"n": 1}},
        {"age": "ninety"},
        {"guide": "1.00119"},
        {"guide": "1.001193; DROP"},
        {"guide": {"code": 1}},
    ],
    ids=str,
)
def test_a_count_that_makes_no_sense_is_refused_with_a_sentence(wrong):
    with pytest.raises(Refused) as problem:
        read_entry({**GOOD, **wrong})
    assert str(problem.value).endswith(".")


@pytest.mark.parametrize("nothing", [None, 7, "vneid", [], [GOOD]], ids=str)
def test_what_is_no_count_is_refused(nothing):
    with pytest.raises(Refused):
        read_entry(nothing)


def test_a_full_count_is_read_and_a_reason_beside_something_done_is_left_out():
    whole = {**GOOD, "obstacle": "time", "minutes": "20", "age": "older", "guide": "1.001193"}
    read = read_entry({**whole, "at": "2026-11-24T20:00:00+07:00"})
    assert (read.obstacle, read.minutes, read.age, read.guide_code) == ("", 20, "older", "1.001193")
    assert read.recorded_at == EVENING


@pytest.mark.parametrize(
    "at", [None, "", "yesterday", 7, "2026-11-24T20:00:00", "2026-13-45T99:00:00Z"], ids=str
)
def test_a_clock_that_cannot_be_read_costs_no_count(at):
    assert read_entry({**GOOD, "at": at}).recorded_at is None


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["uuid", "subject", "outcome", "obstacle", "minutes", "age", "guide", "at", "undone"]
        ),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(),
            st.text(max_size=40),
            st.sampled_from([*Subject.values, *Outcome.values, *Obstacle.values, *AgeBand.values]),
            st.lists(st.text(max_size=3), max_size=2),
        ),
    )
)
@example({**GOOD, "at": "9999-12-31T23:59:59-23:00"})
def test_whatever_a_device_sends_is_read_or_refused(raw):
    sentence = ""
    try:
        read = read_entry(raw)
    except Refused as problem:
        sentence = str(problem)
    assert sentence or read.subject in Subject.values


def test_nothing_is_counted_before_the_day_or_for_a_cancelled_session(evening):
    of, _people = evening
    assert closed_because(of, DAY) == ""
    assert closed_because(of, DAY + timedelta(days=30)) == ""
    assert closed_because(of, DAY - timedelta(days=1))
    assert closed_because(session(is_cancelled=True, reason="Mưa bão"), DAY)


def test_a_paper_sheet_typed_twice_counts_once_and_a_smaller_number_takes_away(evening):
    of, people = evening
    tally(of, 2)
    for numbers, expected in [({DONE: 12, NOT_YET: 3}, 12), ({DONE: 12, NOT_YET: 3}, 12), ({DONE: 9}, 9)]:
        record_paper(of, numbers, people["sen"], EVENING)
        assert counted()[DONE] == expected + 2
    assert NOT_YET not in counted()


def test_one_sessions_paper_sheet_leaves_anothers_alone(evening):
    of, people = evening
    other = session(place="nha-van-hoa-bai")
    record_paper(other, {DONE: 4}, people["sen"], EVENING)
    record_paper(of, {DONE: 5}, people["sen"], EVENING)
    record_paper(of, {}, people["sen"], EVENING)
    assert Tally.objects.filter(session=other).count() == 4
    assert Tally.objects.filter(session=of).count() == 0


def test_the_largest_paper_sheet_is_stored_whole(evening):
    of, people = evening
    record_paper(of, dict.fromkeys(paper_cells(), 501), people["sen"], EVENING)
    assert Tally.objects.count() == 24 * 500
    record_paper(of, {DONE: 1}, people["sen"], EVENING)
    assert Tally.objects.count() == 1


def test_the_database_itself_refuses_a_count_without_a_reason(evening):
    of, _people = evening
    with pytest.raises(IntegrityError), transaction.atomic():
        tally(of, outcome="partly")
    tally(of, outcome="partly", source="paper")


def test_a_count_holds_no_words_of_anybody():
    free = {"TextField", "EncryptedTextField", "JSONField"}
    fields = Tally._meta.get_fields()
    assert not [field.name for field in fields if field.get_internal_type() in free]
    longest = max(field.max_length or 0 for field in fields if field.get_internal_type() == "CharField")
    assert longest <= 10
