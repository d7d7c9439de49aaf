"""
Triggers that make Editions and withdrawals append-only in the database itself.

Python code can be gone round with SQL; a trigger cannot, short of dropping it, and the start-up
check notices that. They refuse UPDATE, DELETE, `INSERT OR REPLACE` (SQLite deletes the old row
without firing DELETE triggers unless recursive triggers are on, so a BEFORE INSERT trigger looks
for a row that would be replaced) and, on PostgreSQL, TRUNCATE.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

#: Table → the columns of its unique constraint besides the primary key.
TABLES = {
    "patientinfo_edition": ("key", "locale", "number"),
    "patientinfo_withdrawal": ("key", "locale", "edition"),
    "patientinfo_redaction": (),
    "patientinfo_licenceversion": ("licence_id", "version"),
    "patientinfo_licenceevent": (),
    "patientinfo_requestevent": (),
    "patientinfo_offer": ("request_id", "number"),
    "patientinfo_offerconsent": ("offer_id",),
}
MESSAGE = "editions are append-only"
FUNCTION = "patientinfo_append_only"
FUNCTION_BODY = f" BEGIN RAISE EXCEPTION '{MESSAGE}'; END "


class UnsupportedDatabaseError(RuntimeError):
    """We have no triggers for this database, so it cannot keep Editions safe."""


def _sqlite(table: str, unique: tuple[str, ...]) -> dict[str, str]:
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in unique) or "0"
    refuse = f"SELECT RAISE(ABORT, '{MESSAGE}')"
    return {
        f"{table}_no_update": f'BEFORE UPDATE ON "{table}" BEGIN {refuse}; END',
        f"{table}_no_delete": f'BEFORE DELETE ON "{table}" BEGIN {refuse}; END',
        f"{table}_no_replace": (
            f'BEFORE INSERT ON "{table}" WHEN EXISTS (SELECT 1 FROM "{table}" '  # noqa: S608
            f'WHERE ("id" = NEW."id") OR ({same})) BEGIN {refuse}; END'
        ),
    }


def _postgresql(table: str, _unique: tuple[str, ...]) -> dict[str, str]:
    run = f"EXECUTE FUNCTION {FUNCTION}()"
    return {
        f"{table}_no_change": (f'BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW {run}'),
        f"{table}_no_truncate": f'BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {run}',
    }


_MAKERS = {"sqlite": _sqlite, "postgresql": _postgresql}


def wanted(vendor: str) -> dict[str, tuple[str, str]]:
    """Trigger name → (table, definition) for a database vendor."""
    if vendor not in _MAKERS:
        raise UnsupportedDatabaseError(f"{vendor}: use SQLite or PostgreSQL")
    return {
        name: (table, body)
        for table, unique in TABLES.items()
        for name, body in _MAKERS[vendor](table, unique).items()
    }


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Makes every trigger whose table is there; running it again changes nothing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$${FUNCTION_BODY}$$"
            )
        for name, (table, body) in wanted(connection.vendor).items():
            if table in tables:
                cursor.execute(_drop(connection, name, table))
                cursor.execute(f'CREATE TRIGGER "{name}" {body}')


def remove(using: str = DEFAULT_DB_ALIAS, tables: Iterable[str] = TABLES) -> None:
    """Drops the triggers of some tables. Redaction does this, and the flush of tests."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor)) & set(tables)
        for name, (table, _body) in wanted(connection.vendor).items():
            if table in there:
                cursor.execute(_drop(connection, name, table))


def _drop(connection: Any, name: str, table: str) -> str:
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{name}"{on}'


@contextmanager
def lifted(using: str = DEFAULT_DB_ALIAS, tables: Iterable[str] = TABLES) -> Iterator[None]:
    """The triggers of some tables are away inside the block, for this transaction alone."""
    remove(using, tables)
    try:
        yield
    finally:
        install(using)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """
    Names of triggers that should be there and are not, for tables that exist. A trigger that is
    switched off, or that has our name and does something else, is missing too.
    """
    connection = connections[using]
    expected = wanted(connection.vendor)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        there = _READERS[connection.vendor](cursor)
    return sorted(
        name
        for name, (table, body) in expected.items()
        if table in tables and there.get(name) != (table, body)
    )


def _read_sqlite(cursor: Any) -> dict[str, tuple[str, str]]:
    """Trigger name → (table, definition), as SQLite keeps them: in the words that made them."""
    cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {
        name: (table, sql.removeprefix(f'CREATE TRIGGER "{name}" '))
        for name, table, sql in cursor.fetchall()
    }


def _read_postgresql(cursor: Any) -> dict[str, tuple[str, str]]:
    """Trigger name → (table, our definition of that name), for those that fire and refuse."""
    cursor.execute(
        "SELECT t.tgname, t.tgrelid::regclass::text FROM pg_trigger t "
        "JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE t.tgenabled IN ('O', 'A') AND p.proname = %s AND p.prosrc = %s",
        [FUNCTION, FUNCTION_BODY],
    )
    ours = wanted("postgresql")
    return {name: (table, ours[name][1]) for name, table in cursor.fetchall() if name in ours}


_READERS = {"sqlite": _read_sqlite, "postgresql": _read_postgresql}
