"""What several runs come to."""

import math

import pytest

from bench.summary import Measured, percentile, summarise


def test_percentile_is_the_nearest_rank() -> None:
    values = list(range(1, 101))
    assert percentile(values, 50) == 50
    assert percentile(values, 99) == 99
    assert percentile([7.0], 99) == 7.0
    assert percentile([1.0, 2.0, 3.0], 99) == 3.0


def test_percentile_of_nothing_is_not_a_number() -> None:
    assert math.isnan(percentile([], 50))


def test_each_number_is_the_median_of_its_own_column() -> None:
    runs = [Measured(100, 9.0, 30.0), Measured(300, 3.0, 10.0), Measured(200, 5.0, 90.0)]
    found = summarise(runs)
    assert (found.per_second, found.p50, found.p99) == (200, 5.0, 30.0)
    assert found.spread == pytest.approx(1.0)
