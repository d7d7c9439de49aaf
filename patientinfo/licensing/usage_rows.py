"""
Counts of use → rows. One statement adds to what is there or begins it, for many rows at a time, so
that processes that write the same row at once lose nothing of each other's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, partial
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from patientinfo.licensing.models import AccessKey, Licence, UsageCount

COLUMNS = ("licence_id", "day", "key", "locale", "edition", "channel", "count")
#: Rows of one statement: SQLite takes 999 values of old.
ROWS = 140

#: What was read (`COLUMNS` without the last) → how often.
Counts = Mapping[Any, int]


def write(counts: Counts, keys: Mapping[int, date]) -> None:
    """Adds the counts, and notes the days on which keys were used: all of it, or an exception."""
    try:
        _write(counts, keys)
    except IntegrityError:
        # A licence that is gone would otherwise keep all others from being counted.
        there = set(Licence.objects.values_list("pk", flat=True))
        _write({read: times for read, times in counts.items() if read[0] in there}, keys)


def _write(counts: Counts, keys: Mapping[int, date]) -> None:
    merged: Counter[tuple[Any, ...]] = Counter()
    typed: dict[Any, UUID] = {}
    for (licence_id, day, key, *rest), times in counts.items():
        if key not in typed:
            typed[key] = UUID(str(key))
        merged[licence_id, day, typed[key], *rest] += times
    # In one order in every process, so that none waits for a row of one that waits for it.
    rows = sorted((*read, times) for read, times in merged.items())
    prepared = _prepared(rows)
    with transaction.atomic():
        for start in range(0, len(rows), ROWS):
            _add(prepared[start : start + ROWS])
        _note_use(keys)


def _prepared(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    """The rows as the driver takes them. The same few days, leaflets and languages come again."""
    fields = [UsageCount._meta.get_field(name.removesuffix("_id")) for name in COLUMNS]
    prepare = [cache(partial(_value, field)) for field in fields]
    return [[make(value) for make, value in zip(prepare, row, strict=True)] for row in rows]


def _value(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _add(rows: list[list[Any]]) -> None:
    quoted = connection.ops.quote_name
    table = quoted(UsageCount._meta.db_table)
    columns = ", ".join(map(quoted, COLUMNS))
    count = quoted("count")
    places = ", ".join([f"({', '.join(['%s'] * len(COLUMNS))})"] * len(rows))
    # The names are the model's own, and every value is a parameter.
    sql = (
        f"INSERT INTO {table} ({columns}) VALUES {places} "  # noqa: S608
        f"ON CONFLICT ({', '.join(map(quoted, COLUMNS[:-1]))}) "
        f"DO UPDATE SET {count} = {table}.{count} + excluded.{count}"
    )
    values = list(chain.from_iterable(rows))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _note_use(keys: Mapping[int, date]) -> None:
    """A key's day only ever moves on."""
    by_day: dict[date, list[int]] = {}
    for key_id, day in keys.items():
        by_day.setdefault(day, []).append(key_id)
    for day, ids in sorted(by_day.items()):
        for some in _some(sorted(ids)):
            earlier = Q(last_used_on=None) | Q(last_used_on__lt=day)
            AccessKey.objects.filter(earlier, pk__in=some).update(last_used_on=day)


def _some(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + ROWS] for start in range(0, len(ids), ROWS))
