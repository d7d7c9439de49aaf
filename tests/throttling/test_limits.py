"""Buckets by themselves: what they hold, how it comes back, and what a lease is."""

from __future__ import annotations

import pytest

from patientinfo.throttling.limits import Buckets, Lease, Limit, limit_from

NAME, OTHER = b"one", b"other"


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("600/minute", Limit(600, 60, 600)),
        ("10 / second, burst 50", Limit(10, 1, 50)),
        ("1000/hour, burst 1", Limit(1000, 3600, 1)),
        ("", None),
    ],
)
def test_what_a_limit_says(text, limit):
    assert limit_from(text) == limit


@pytest.mark.parametrize("text", ["600", "0/minute", "600/day", "600/minute, burst 0", "-1/second"])
def test_what_is_no_limit(text):
    with pytest.raises(ValueError, match="no limit like"):
        limit_from(text)


def spend(buckets, times, now, name=NAME):
    """Which of so many requests got through."""
    return [not buckets.take(name, now).refused for _ in range(times)]


def test_a_burst_and_then_as_it_comes_back():
    buckets = Buckets(Limit(60, 60, 3))
    assert spend(buckets, 4, 0.0) == [True, True, True, False]
    assert spend(buckets, 2, 1.0) == [True, False]
    assert spend(buckets, 4, 100.0) == [True, True, True, False]
    assert spend(buckets, 1, 100.0, OTHER) == [True]


def test_a_turn_says_what_is_left_and_how_long_to_wait():
    buckets = Buckets(Limit(60, 60, 3))
    assert buckets.take(NAME, 0.0) == (0, 2, 1)
    buckets.take(NAME, 0.0)
    assert buckets.take(NAME, 0.0) == (0, 0, 3)
    assert buckets.take(NAME, 0.25) == (0.75, 0, 3)


def test_what_cost_more_than_was_there_is_paid_back():
    buckets = Buckets(Limit(60, 60, 10))
    buckets.take(NAME, 0.0)
    buckets.charge(NAME, 14, 0.0)
    assert buckets.take(NAME, 1.0).wait == 5
    assert spend(buckets, 2, 6.0) == [True, False]
    buckets.charge(NAME, 1000, 6.0)
    assert buckets.take(NAME, 6.0).wait == 11  # no more than a bucket full of debts


def test_the_number_of_buckets_is_bounded():
    buckets = Buckets(Limit(60, 60, 1), most=3)
    for number in range(10):
        buckets.take(bytes([number]), 0.0)
    assert len(buckets) == 3
    assert bytes([9]) in buckets
    assert bytes([0]) not in buckets


class Store:
    """Tokens that several processes share, counted by hand; `None` when it is away."""

    def __init__(self, held):
        self.held = held
        self.asked = 0

    def lease(self, name, limit, tokens):
        self.asked += 1
        if self.held is None:
            return None
        given = min(tokens, self.held)
        self.held -= given
        return Lease(given, self.held, 0.5)


LIMIT = Limit(100, 60, 100)


def test_tokens_are_leased_in_blocks():
    store = Store(100)
    buckets = Buckets(LIMIT, store)
    assert all(spend(buckets, 50, 0.0))
    assert (store.asked, store.held) == (10, 50)
    assert buckets.take(NAME, 0.0).left == 49


def test_processes_share_what_there_is():
    store = Store(100)
    one, two = Buckets(LIMIT, store), Buckets(LIMIT, store)
    through = sum(sum(spend(buckets, 100, 0.0)) for buckets in (one, two))
    assert through == 100


def test_who_is_refused_does_not_ask_each_time():
    store = Store(0)
    buckets = Buckets(LIMIT, store)
    assert not any(spend(buckets, 20, 0.0))
    assert store.asked == 1
    assert buckets.take(NAME, 0.4).wait == pytest.approx(0.1)
    store.held = 10
    assert all(spend(buckets, 5, 0.6))


def test_what_was_leased_long_ago_is_given_up():
    store = Store(100)
    buckets = Buckets(LIMIT, store)
    buckets.take(NAME, 0.0)
    buckets.take(NAME, 61.0)
    assert store.asked == 2


def test_a_debt_is_leased_too():
    store = Store(100)
    buckets = Buckets(LIMIT, store)
    buckets.take(NAME, 0.0)
    buckets.charge(NAME, 24, 0.0)
    buckets.take(NAME, 0.0)
    assert store.held == 100 - 5 - 21


def test_a_process_goes_on_alone_and_comes_back():
    store = Store(None)
    buckets = Buckets(LIMIT, store)
    assert sum(spend(buckets, 150, 0.0)) == 100
    store.held = 7
    assert sum(spend(buckets, 20, 0.601)) == 8  # one that came back, and those of the store
    store.held = 100
    assert all(spend(buckets, 100, 2.0))
