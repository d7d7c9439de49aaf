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

from django.db import connections, router
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
    Writes rows that are stored already, found by their place; as rows to be inserted that give way
    to those that are there.
    """
    quote = connections[router.db_for_write(SegmentTranslation)].ops.quote_name
    columns = [quote(column) for column in _FIELDS if column not in _PLACE]
    place = ", ".join(map(quote, _PLACE))
    changes = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns)
    _insert(rows, f" ON CONFLICT ({place}) DO UPDATE SET {changes}")


def _insert(rows: Sequence[SegmentTranslation], otherwise: str) -> None:
    if not rows:
        return
    connection = connections[router.db_for_write(SegmentTranslation)]
    quote = connection.ops.quote_name
    table = quote(SegmentTranslation._meta.db_table)
    columns = ", ".join(map(quote, _FIELDS))
    values = list(_values(rows, connection))
    one = f"({', '.join(['%s'] * len(_FIELDS))})"
    size = connection.ops.bulk_batch_size(list(_FIELDS), values)
    with connection.cursor() as cursor:
        for start in range(0, len(values), size):
            batch = values[start : start + size]
            places = ", ".join([one] * len(batch))
            sql = f"INSERT INTO {table} ({columns}) VALUES {places}{otherwise}"  # noqa: S608
            cursor.execute(sql, list(chain.from_iterable(batch)))


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
