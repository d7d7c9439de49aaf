"""
Many translations of one leaflet written at once.

Django's `bulk_create` prepares every value of every row for itself, which takes longer than the
database does; `bulk_update` asks about every row in every column. Rows of one act share most of
their values, so here those are prepared once, and the rest is text, which goes as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db import IntegrityError, connections, router
from django.db.models import Field

from patientinfo.translation.models import SegmentTranslation

_PLACE = ("key", "locale", "path")
#: The fields by the names of their columns.
_FIELDS: dict[str, Field[Any, Any]] = {
    str(field.column): field
    for field in SegmentTranslation._meta.concrete_fields
    if not field.primary_key
}
_attributes = attrgetter(*(field.attname for field in _FIELDS.values()))
#: What a database takes as it is, whatever the column.
_READY = frozenset({str, int, type(None)})


def insert_rows(rows: Sequence[SegmentTranslation]) -> None:
    """
    Stores new rows, which do not learn their ids by it; `IntegrityError` when somebody else has
    stored words at one of their places since. One query, on SQLite one for each 62 rows.
    """
    _insert(rows, "")


def store_changed(rows: Sequence[SegmentTranslation]) -> None:
    """
    Writes rows that are stored already, found by their place, each with its next version; as rows
    to be inserted that give way to those that are there. `IntegrityError` when one is there in
    another version than the one before: somebody else has stored words since. What was written by
    then has to be taken back, as after any such error.
    """
    quote = connections[router.db_for_write(SegmentTranslation)].ops.quote_name
    columns = [quote(column) for column in _FIELDS if column not in _PLACE]
    place = ", ".join(map(quote, _PLACE))
    changes = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns)
    version = quote("version")
    before = f"{quote(SegmentTranslation._meta.db_table)}.{version} = EXCLUDED.{version} - 1"
    written = _insert(rows, f" ON CONFLICT ({place}) DO UPDATE SET {changes} WHERE {before}")
    if written != len(rows):
        raise IntegrityError("Somebody else has stored words at one of these places since.")


def _insert(rows: Sequence[SegmentTranslation], otherwise: str) -> int:
    """How many rows were written."""
    if not rows:
        return 0
    connection = connections[router.db_for_write(SegmentTranslation)]
    quote = connection.ops.quote_name
    table = quote(SegmentTranslation._meta.db_table)
    columns = ", ".join(map(quote, _FIELDS))
    values = list(_values(rows, connection))
    one = f"({', '.join(['%s'] * len(_FIELDS))})"
    size = connection.ops.bulk_batch_size(list(_FIELDS), values)
    written = 0
    with connection.cursor() as cursor:
        for start in range(0, len(values), size):
            batch = values[start : start + size]
            places = ", ".join([one] * len(batch))
            sql = f"INSERT INTO {table} ({columns}) VALUES {places}{otherwise}"  # noqa: S608
            cursor.execute(sql, list(chain.from_iterable(batch)))
            written += cursor.rowcount
    return written


def _values(rows: Sequence[SegmentTranslation], connection: Any) -> Iterator[list[Any]]:
    """The values of each row as the database takes them; equal ones are prepared once."""
    prepared: dict[tuple[str, str], Any] = {}

    def ready(field: Field[Any, Any], value: Any) -> Any:
        known = field.attname, repr(value)
        if known not in prepared:
            prepared[known] = field.get_db_prep_save(value, connection)
        return prepared[known]

    fields = list(_FIELDS.values())
    for row in rows:
        yield [
            value if type(value) in _READY else ready(field, value)
            for field, value in zip(fields, _attributes(row), strict=True)
        ]
