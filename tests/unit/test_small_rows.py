"""No small number stands in the public figures, nor can one be worked out from them."""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest

from feedback.figures.counting import Tally, total
from feedback.figures.grouping import OWN_ROW, joined_months, separated
from gandan.small_numbers import LEAST


def published(counts):
    """What a reader sees of topics with these numbers received: each row with its keys, and the total."""
    groups = separated({key: Tally(on_time=count) for key, count in enumerate(counts)})
    seen = frozenset((frozenset(group.keys), group.tally.received) for group in groups)
    return seen, sum(counts) if sum(counts) >= LEAST else None


MOST = 22  # cases of one topic that are tried


@pytest.mark.parametrize("topics", [1, 2, 3])
def test_no_small_number_of_a_topic_follows_from_what_is_published(topics):
    worlds = defaultdict(list)
    for counts in product(range(MOST), repeat=topics):
        worlds[published(counts)].append(counts)
    for (_rows, together), alike in worlds.items():
        for place in range(topics):
            values = {counts[place] for counts in alike}
            is_certain = len(values) == 1 and together is not None and together < MOST
            assert not is_certain or not 0 < values.pop() < LEAST


def test_rows_add_up_to_the_total():
    for counts in product((0, 1, 4, 5, 9, 10, 15), repeat=4):
        groups = separated({key: Tally(on_time=count) for key, count in enumerate(counts)})
        assert not groups or total(group.tally for group in groups).received == sum(counts)
        assert all(not 0 < group.tally.received < LEAST for group in groups)


def ends_seen(rows):
    groups = separated({key: Tally(on_time=a, late=b) for key, (a, b) in enumerate(rows)})
    return (
        tuple((tuple(g.keys), g.tally.received, g.tally if g.shows_ends else None) for g in groups),
        total(Tally(on_time=a, late=b) for a, b in rows),
    )


def test_how_few_cases_ended_so_does_not_follow_from_the_other_rows():
    worlds = defaultdict(list)
    for rows in product([(a, b) for a in range(18) for b in range(18) if 19 > a + b >= OWN_ROW], repeat=2):
        worlds[ends_seen(rows)].append(rows)
    for (groups, _all), alike in worlds.items():
        if not groups or any(shown for _keys, _received, shown in groups):
            continue
        if any(received > 17 for _keys, received, _shown in groups):
            continue  # at the border of what is tried, not of what there may be
        for place, end in product(range(2), range(2)):
            assert len({rows[place][end] for rows in alike}) > 1 or alike[0][place][end] >= LEAST


def test_a_single_hidden_row_takes_another_with_it():
    groups = separated({1: Tally(on_time=20, late=1), 2: Tally(on_time=30), 3: Tally(on_time=10)})
    assert [group.shows_ends for group in groups] == [True, False, False]


def test_a_single_topic_has_no_table_of_its_own():
    assert separated({1: Tally(on_time=50)}) == []


def test_months_with_few_cases_are_joined_and_keep_their_late_work():
    months = [date(2026, month, 1) for month in (1, 2, 3, 4, 5)]
    tallies = {
        months[0]: Tally(on_time=2),
        months[1]: Tally(late=1, on_time=3),
        months[3]: Tally(on_time=9),
        months[4]: Tally(open_late=1),
    }
    rows = joined_months(tallies, months)
    assert [[month.month for month in row.keys] for row in rows] == [[1, 2], [3], [4, 5]]
    assert [row.tally.received for row in rows] == [6, 0, 10]
    assert rows[0].tally.late == 1
    assert rows[-1].tally.open_late == 1


def test_a_year_with_four_cases_has_no_rows():
    assert joined_months({date(2026, 1, 1): Tally(on_time=4)}, [date(2026, 1, 1)]) == []
