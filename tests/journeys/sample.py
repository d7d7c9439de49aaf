"""
The sample clinic in the test database, loaded once for a process and put back for each module.

Loading it does all that editors would; putting back what it wrote takes a moment.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import override_settings

#: What the first loading left: a database of SQLite, or the rows of PostgreSQL's tables.
_kept: list[Any] = []


def put_sample() -> None:
    """Into the database as migrations left it."""
    connection.ensure_connection()
    sqlite = connection.vendor == "sqlite"
    if not _kept:
        with override_settings(DEBUG=True):
            call_command("load_sample", verbosity=0)
        _kept.append(_copied() if sqlite else _rows())
    elif sqlite:
        _kept[0].backup(connection.connection)
    else:
        _put_rows(_kept[0])


def _copied() -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(copy)
    return copy


def _rows() -> tuple[dict[str, bytes], list[tuple[str, int]]]:
    """Rows by table, and how far its sequences have counted."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT BINARY)') as out:
                rows[table] = b"".join(out)
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value > 0")
        return rows, cursor.fetchall()


def _put_rows(kept: tuple[dict[str, bytes], list[tuple[str, int]]]) -> None:
    """Without triggers, for each row was right where it was taken from."""
    rows, sequences = kept
    tables = ", ".join(f'"{table}"' for table in rows)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {tables}")
        for table, data in rows.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT BINARY)') as into:
                into.write(data)
        for name, value in sequences:
            cursor.execute("SELECT setval(%s, %s)", [f'"{name}"', value])
        cursor.execute("SET session_replication_role = DEFAULT")
