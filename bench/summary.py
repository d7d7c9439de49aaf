"""What several runs of one case come to. Pure: numbers in, numbers out."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of one case: answers a second, and milliseconds from request to whole answer."""

    per_second: float
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The medians of a case's runs; `spread` is (highest - lowest) / median of `per_second`."""

    per_second: float
    p50: float
    p99: float
    spread: float


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile of values in ascending order; of no values, not a number."""
    if not ordered:
        return math.nan
    rank = math.ceil(percent / 100 * len(ordered))
    return ordered[max(rank, 1) - 1]


def summarise(runs: Sequence[Measured]) -> Summary:
    """Each number is the median of its own column."""
    rates = [run.per_second for run in runs]
    middle = statistics.median(rates)
    return Summary(
        per_second=middle,
        p50=statistics.median(run.p50 for run in runs),
        p99=statistics.median(run.p99 for run in runs),
        spread=(max(rates) - min(rates)) / middle,
    )
