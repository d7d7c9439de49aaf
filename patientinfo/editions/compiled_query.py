"""
Queries that Django makes into SQL once and runs many times, for what every read asks.

Building the same query anew costs ten times as much as running it. So such a query is written with
the ORM, compiled on first use, and only its values change after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from django.db.models import Field, QuerySet

#: Stands in a queryset for a text that the compiled query is run with.
A_TEXT = "\ufffe"


class CompiledQuery:
    """
    A queryset's SQL. `holes` names the values that change: name → (field, its stand-in in the
    queryset); every hole is there exactly once.
    """

    def __init__(self, queryset: QuerySet[Any, Any], **holes: tuple[Field[Any, Any], Any]) -> None:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:  # nothing can match, and Django knows without asking
            self.sql = ""
            return
        self.converters = compiler.get_converters([column for column, *_ in compiler.select])
        # Named, not `%s`: Django's SQLite turns names into its own style twenty times faster.
        names = [f"p{position}" for position in range(len(params))]
        self.sql = sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in names)
        self.values = dict(zip(names, params, strict=True))
        self.holes = {
            hole: (field, names[params.index(_prepared(field, stand_in))])
            for hole, (field, stand_in) in holes.items()
        }

    def run(self, limit: int | None = None, offset: int = 0, **values: Any) -> list[Any]:
        """The rows, as the driver gives them; `values` fill the holes."""
        if not self.sql:
            return []
        params = self.values.copy()
        for hole, (field, name) in self.holes.items():
            params[name] = _prepared(field, values[hole])
        sql = self.sql
        if limit is not None:
            sql = f"{sql} LIMIT %(limit)s OFFSET %(offset)s"
            params |= {"limit": limit, "offset": offset}
        return _ask(sql, params)

    def count(self) -> int:
        """How many rows there are, without reading them."""
        if not self.sql:
            return 0
        # The inner SQL is Django's; its values are still parameters.
        ((found,),) = _ask(f"SELECT COUNT(*) FROM ({self.sql}) counted", self.values)  # noqa: S608
        return int(found)

    def typed(self, row: Iterable[Any]) -> list[Any]:
        """A row's values as Django would give them."""
        values = list(row)
        for position, (converters, expression) in self.converters.items():
            for convert in converters:
                values[position] = convert(values[position], expression, connection)
        return values


def _ask(sql: str, params: Mapping[str, Any]) -> list[Any]:
    """
    The rows of a query.

    Django proves a kept connection with a query of its own before the first one of each request,
    which doubles the way to the database and back. A read can be asked twice, so it is asked at
    once, and only where the connection turns out to be dead over a new one.
    """
    # `connection` looks this thread's up anew for each thing that it is asked.
    own: Any = connections[DEFAULT_DB_ALIAS]
    own.health_check_done = True
    try:
        return _fetch(own, sql, params)
    except (InterfaceError, OperationalError):
        lost = own.connection is not None and not own.is_usable()
        if own.in_atomic_block or not lost:
            raise
        own.close()
        return _fetch(own, sql, params)


def _fetch(own: Any, sql: str, params: Mapping[str, Any]) -> list[Any]:
    if own.vendor == "sqlite" and _unwatched(own):
        # Half of what such a query costs is Django's wrapping of it, and nobody looks.
        own.validate_no_broken_transaction()
        with own.wrap_database_errors:
            plain = _sqlite_style(sql, tuple(params))
            found: list[Any] = own.connection.execute(plain, params).fetchall()
            return found
    with _cursor(own) as cursor:
        cursor.execute(sql, params)
        rows: list[Any] = cursor.fetchall()
        return rows


def _unwatched(own: Any) -> bool:
    """Whether there is a connection, and nobody counts, logs or wraps its queries."""
    return not (own.connection is None or own.queries_logged or own.execute_wrappers)


@lru_cache(maxsize=256)
def _sqlite_style(sql: str, names: tuple[str, ...]) -> str:
    """As Django's own cursor does it, but once."""
    return sql % {name: f":{name}" for name in names}


def _cursor(own: Any) -> Any:
    """
    A cursor of Django's. On PostgreSQL it leaves the values to the server: only a query whose text
    stays the same can keep its plan there, and planning takes longer than running it.
    """
    if own.vendor != "postgresql":
        return own.cursor()
    own.ensure_connection()
    # Wrapped as Django's own, so that errors are Django's and queries can be logged and counted.
    return own._prepare_cursor(psycopg.Cursor(own.connection))  # noqa: SLF001


def _prepared(field: Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_value(value, connection)


def storable(text: str) -> str:
    """Text that any database can be asked about: PostgreSQL refuses NUL, which nothing has."""
    return text.replace("\x00", "\ufffd")
