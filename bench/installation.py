"""
An installation of its own: a directory below `var/bench/`, a database, the environment for both.

Nothing that a developer has is read or changed. The PostgreSQL server is the one on 127.0.0.1:5432,
or the one of `BENCH_POSTGRES_URL`; a database is made in it for the run, and dropped after it.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from joserfc.jwk import OKPKey
from psycopg import sql

from cms.variables import VARIABLES

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
POSTGRES_URLS = (
    "postgres://127.0.0.1:5432/postgres",
    "postgres://postgres@127.0.0.1:5432/postgres",
)


class NotLoopback(ValueError):
    """An address that is not on this machine: the benchmark loads nothing else."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaflet in one language: where it is read, and what the answer must say."""

    key: str
    locale: str
    title: str
    digest: str
    page_id: int


@dataclass(frozen=True, slots=True)
class Installation:
    """A filled database: the environment that reaches it, and what there is to read."""

    environment: dict[str, str]
    leaves: list[Leaf]


@dataclass(frozen=True, slots=True)
class Keys:
    """Texts of access keys: of a channel of the clinic's own, and of each of some licences."""

    channel: str
    licences: list[str]


def environment(directory: Path, database_url: str) -> dict[str, str]:
    """Production's environment variables; what a developer has set of them is left out."""
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    (directory / "media").mkdir(exist_ok=True)
    (directory / "static").mkdir(exist_ok=True)
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "LICENCE_SIGNING_KEY": signing_key(),
        "ALLOWED_HOSTS": "127.0.0.1",
        "PUBLIC_URL": "https://127.0.0.1",
        "SSL_REDIRECT": "no",
        "CACHE_URL": "locmem://",
        "EMAIL_URL": "console://",
        "MAIL_FROM": "Leaflets <leaflets@clinic.example>",
        "STORAGE_URL": (directory / "media").as_uri(),
        "STATIC_ROOT": str(directory / "static"),
        "PUBLIC_ACCESS": "full",
        "LOG_LEVEL": "WARNING",
    }


def signing_key() -> str:
    """A new key for proofs of permissions, on one line."""
    return json.dumps(OKPKey.generate_key("Ed25519", auto_kid=True).as_dict(private=True))


def install(directory: Path, database_url: str, copies: int) -> Installation:
    """Migrates and fills an empty database with the sample and `copies` more leaflets."""
    directory.mkdir(parents=True, exist_ok=True)
    variables = environment(directory, database_url)
    output = directory / "leaves.json"
    command = [sys.executable, "-m", "bench.fill", str(copies), str(output)]
    subprocess.run(command, cwd=ROOT, env=variables, check=True)
    leaves = [Leaf(**leaf) for leaf in json.loads(output.read_text())]
    return Installation(variables, leaves)


def grant(directory: Path, installation: Installation, count: int) -> Keys:
    """Adds `count` licences, each with a key, and a channel of the clinic's own."""
    output = directory / "keys.json"
    command = [sys.executable, "-m", "bench.licences", str(count), str(output)]
    subprocess.run(command, cwd=ROOT, env=installation.environment, check=True)
    return Keys(**json.loads(output.read_text()))


def require_loopback(url: str) -> str:
    """`url`, if its host is this machine."""
    if urlsplit(url).hostname not in LOOPBACK:
        raise NotLoopback("BENCH_POSTGRES_URL has to name a server on 127.0.0.1")
    return url


def find_postgres() -> str | None:
    """The address of a server on this machine that lets us in, or None."""
    given = os.environ.get("BENCH_POSTGRES_URL", "")
    for url in [require_loopback(given)] if given else POSTGRES_URLS:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.Error:
            continue
        return url
    return None


@contextmanager
def postgres_database(server_url: str) -> Iterator[str]:
    """The address of a new database on the server; dropped at the end, whoever still uses it."""
    name = f"patientinfo_bench_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))
