"""
Reading the catalogue, fast, by compiled queries.

A row is read once a request: all that can change about a leaflet stands in it, and all else is in
its immutable Edition.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Field, QuerySet, Subquery

from patientinfo.editions.compiled_query import A_TEXT, CompiledQuery, storable
from patientinfo.editions.models import CatalogueEntry, Edition, Status
from patientinfo.licensing.credentials import A_NAME, key_records
from patientinfo.licensing.models import AccessKey


class Row(NamedTuple):
    """
    One leaflet in one language as it stands today, and which Edition it is.

    As it comes from the database the values are the driver's (a UUID may be text, JSON is text):
    good for comparing, and `level`, `status`, `locale` for deciding. `typed` makes what is below.
    """

    edition_id: int
    digest: str
    part_digests: dict[str, str]
    key: uuid.UUID
    locale: str
    number: int
    html_path: str
    level: str
    status: str
    updated_at: datetime
    is_source: bool
    source_current_edition: int | None
    behind: list[str]
    translations: list[dict[str, Any]]

    @property
    def leaflet(self) -> uuid.UUID:
        """The key, whether the row is typed or not."""
        return _leaflet(self.key)

    @property
    def leaflet_key(self) -> str:
        """The same as licences and addresses write it."""
        return _text(self.key)

    @property
    def available(self) -> bool:
        """As `CatalogueQuerySet.available`: there to be read or asked for."""
        return self.status not in {Status.WITHDRAWN, Status.RECALLED}


@lru_cache(maxsize=4_000)
def _leaflet(key: uuid.UUID | str) -> uuid.UUID:
    return uuid.UUID(str(key))


@lru_cache(maxsize=4_000)
def _text(key: uuid.UUID | str) -> str:
    return str(_leaflet(key))


COLUMNS = tuple(
    f"edition__{name}" if name in {"digest", "part_digests"} else name for name in Row._fields
)

#: Numbers of Editions are stored in 32 bits.
HIGHEST = 2**31 - 1

#: Stands for the key that a compiled query is run with.
A_KEY = uuid.UUID(int=1)


def _field(name: str) -> Field[Any, Any]:
    field = CatalogueEntry._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{name} is no column")
    return field


def compiled(queryset: QuerySet[CatalogueEntry], **holes: Any) -> CompiledQuery:
    """A query for `Row`s, in the queryset's order."""
    stand_ins: Mapping[str, Any] = {name: (_field(name), value) for name, value in holes.items()}
    return CompiledQuery(queryset.values_list(*COLUMNS), **stand_ins)


@cache
def _by_locale() -> CompiledQuery:
    entries = CatalogueEntry.objects.of_leaflet(A_KEY).in_locale(A_TEXT).order_by()
    return compiled(entries, key=A_KEY, locale=A_TEXT)


@cache
def _by_key() -> CompiledQuery:
    entries = CatalogueEntry.objects.of_leaflet(A_KEY).order_by("-is_source", "locale")
    return compiled(entries, key=A_KEY)


@cache
def _by_path() -> CompiledQuery:
    entries = CatalogueEntry.objects.filter(html_path=A_TEXT).order_by("-updated_at")
    return compiled(entries, html_path=A_TEXT)


def row_of(key: uuid.UUID, locale: str) -> Row | None:
    """The row of a leaflet in one language."""
    found = _by_locale().run(key=key, locale=storable(locale))
    return Row._make(found[0]) if found else None


@cache
def _by_locale_with_key() -> CompiledQuery:
    entries = CatalogueEntry.objects.of_leaflet(A_KEY).in_locale(A_TEXT).order_by()
    name = (AccessKey._meta.get_field("name"), A_NAME)
    columns = entries.values_list(*COLUMNS, Subquery(key_records()))
    return CompiledQuery(
        columns, key=(_field("key"), A_KEY), locale=(_field("locale"), A_TEXT), name=name
    )


def row_with_key(key: uuid.UUID, locale: str, name: str) -> tuple[Row | None, str | None]:
    """
    The same, and the record of the access key of a name (`credentials.judge`) in one statement.
    Where there is no row nothing is known of the key either.
    """
    found = _by_locale_with_key().run(key=key, locale=storable(locale), name=storable(name))
    if not found:
        return None, None
    *columns, record = found[0]
    return Row._make(columns), record


def row_from(entry: CatalogueEntry) -> Row:
    """The row of an entry that was read with its Edition."""
    return Row._make(attrgetter(name.replace("__", "."))(entry) for name in COLUMNS)


def rows_of(key: uuid.UUID) -> list[Row]:
    """The rows of a leaflet in all its languages, the source language first."""
    return [Row._make(row) for row in _by_key().run(key=key)]


def row_at(html_path: str) -> Row | None:
    """
    The row of the page at a path. A withdrawn leaflet leaves its path to another, so one that is
    available comes first.
    """
    rows = [Row._make(row) for row in _by_path().run(html_path=storable(html_path))]
    return next((row for row in rows if row.available), rows[0] if rows else None)


def typed(row: Row) -> Row:
    """The row with Python's values."""
    return Row._make(_by_locale().typed(row))


def document_texts(edition_ids: Iterable[int]) -> dict[int, str]:
    """The canonical JSON of Editions by their row id, in one query."""
    wanted = list(edition_ids)
    if not wanted:
        return {}
    return dict(Edition.objects.filter(pk__in=wanted).order_by().values_list("pk", "document"))
