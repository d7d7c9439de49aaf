"""What the numbers were made on."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

import psycopg

PACKAGES = ("Django", "Wagtail", "granian", "django-ninja", "psycopg")
UNKNOWN = "unknown"


def facts() -> dict[str, str]:
    """Machine and versions, by what a reader calls them."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return {
        "Machine": f"{os.cpu_count()} cores, {cpu_model()}, {memory()}, {platform.system()}",
        "Versions": f"Python {platform.python_version()}, {packages}",
    }


def cpu_model() -> str:
    """As Linux names it."""
    return _field(Path("/proc/cpuinfo"), "model name") or platform.processor() or UNKNOWN


def memory() -> str:
    """All of it, in GiB."""
    total = _field(Path("/proc/meminfo"), "MemTotal")
    return f"{int(total.split()[0]) / 2**20:.0f} GiB" if total else f"{UNKNOWN} memory"


def sqlite_version() -> str:
    return f"SQLite {sqlite3.sqlite_version}"


def postgres_version(url: str) -> str:
    """The server's number, without what its packager adds."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return f"PostgreSQL {str(row[0]).split()[0]}" if row else "PostgreSQL"


def busy() -> str:
    """How much else the machine did when the benchmark began."""
    return f"{os.getloadavg()[0]:.1f}"


def _field(path: Path, name: str) -> str:
    """The value of the first line `name : value`; "" where there is no such file or line."""
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return ""
    values = [line.partition(":")[2] for line in lines if line.startswith(name)]
    return " ".join(values[0].split()) if values else ""
