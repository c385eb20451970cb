"""A small number of a hamlet is neither published nor to be worked out from what is published."""

from collections import defaultdict
from itertools import product

import pytest

from gandan.small_numbers import LEAST, may_be_published


def seen(counts):
    """What a reader sees: the total, and the numbers of all hamlets or of none."""
    total = sum(counts) if may_be_published([sum(counts)]) else None
    return total, counts if may_be_published(counts) else None


def only_small_ones_hidden(counts):
    return sum(counts), tuple(count if count >= LEAST else None for count in counts)


def given_away(look, hamlets):
    """Small numbers that a reader who knows the rule can work out."""
    worlds = defaultdict(set)
    for counts in product(range(9), repeat=hamlets):
        worlds[look(counts)].add(counts)
    return [
        alike
        for alike in worlds.values()
        for place in range(hamlets)
        if len(values := {counts[place] for counts in alike}) == 1 and values.pop() < LEAST
    ]


@pytest.mark.parametrize("hamlets", [1, 2, 3, 4])
def test_no_small_number_follows_from_what_is_published(hamlets):
    assert not given_away(seen, hamlets)


def test_hiding_the_small_ones_alone_would_give_them_away():
    assert given_away(only_small_ones_hidden, 3)


def test_numbers_that_hide_nobody_are_published():
    assert may_be_published([LEAST, 40])
    assert not may_be_published([40, LEAST - 1])
    assert not may_be_published([40, 0])
