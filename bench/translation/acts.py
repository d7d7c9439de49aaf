"""
How one act on a leaflet is measured: its time without watching, its queries while watched.

Both sides are measured by this, so that neither is asked more than the other. On a SQLite file each
works in one process, so its time is that of the processor, which a busy machine changes less than a
clock; on a database server, which works too, it is that of the clock. Watching queries costs time,
so the leaflets that are timed are others than those whose queries are counted.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

#: Leaflets of each run: one to warm up, so many to time, one to count queries of, and one of twice
#: as many segments to count them again.
TIMED = 5
LEAFLETS = TIMED + 2


@dataclass(frozen=True, slots=True)
class Act:
    """
    One act: the median of its times, and its queries for a leaflet and for one
    twice as long.
    """

    milliseconds: float
    queries: int
    queries_long: int


def measure_act(do: Callable[[Any], object], usual: Sequence[Any], long: Any) -> Act:
    """`do` to every leaflet of `usual` (`LEAFLETS` of them), and to the `long` one."""
    first, *timed, counted = usual
    do(first)
    return Act(
        milliseconds=statistics.median(_time(do, leaflet) for leaflet in timed) * 1e3,
        queries=_count(do, counted),
        queries_long=_count(do, long),
    )


def _time(do: Callable[[Any], object], leaflet: Any) -> float:
    from django.db import connection

    clock = process_time if connection.vendor == "sqlite" else perf_counter
    began = clock()
    do(leaflet)
    return clock() - began


def _count(do: Callable[[Any], object], leaflet: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        do(leaflet)
    return len(asked)
