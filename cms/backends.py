"""Turns the addresses in the environment into Django's settings for what they point at.

Each function takes the address as the environment gives it and returns the setting as Django
documents it. An address that cannot be used is a ``ValueError`` that says why; the settings
module knows which variable it came from. The embedded kinds (a SQLite file, memory, a directory,
the console) need nothing installed.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url

#: Readers go on while one writes, a commit is safe from a crash of the program, and a writer
#: waits for its turn. Page cache and memory map keep a clinic's whole store in memory.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA busy_timeout=5000;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-32000;"
    "PRAGMA mmap_size=134217728;"
    "PRAGMA temp_store=MEMORY;"
)
SQLITE_WAIT_SECONDS = 5

#: How often PostgreSQL is asked the same before it keeps the plan.
PREPARE_AFTER = 5

#: Mail schemes: (port, TLS from the first byte, STARTTLS).
MAIL_SCHEMES = {
    "smtp": (25, False, False),
    "submission": (587, False, True),
    "smtps": (465, True, False),
}


def database(url: str, *, conn_max_age: int | None = 0) -> dict[str, Any]:
    """Return one entry of ``DATABASES``.

    SQLite takes the write lock when a transaction begins (``IMMEDIATE``): a transaction that
    reads first and writes later would otherwise fail, not wait, when another one wrote between.
    Its connection is kept for ever, since opening the file costs more than a read.

    PostgreSQL may keep the plans of queries (``patientinfo.api.rows`` asks for it) on a connection
    that is kept itself; one of a pooler in transaction mode, which is given back at once
    (``conn_max_age=0``), belongs to somebody else the next time.
    """
    settings: dict[str, Any] = dict(
        dj_database_url.parse(url, conn_max_age=conn_max_age, conn_health_checks=True)
    )
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["CONN_MAX_AGE"] = None
        settings["CONN_HEALTH_CHECKS"] = False
        settings["OPTIONS"] = {
            "init_command": SQLITE_PRAGMAS,
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_WAIT_SECONDS,
        }
    elif settings["ENGINE"] != "django.db.backends.postgresql":
        raise ValueError("has to start with postgres:// or sqlite:///")
    elif conn_max_age != 0:
        settings.setdefault("OPTIONS", {})["prepare_threshold"] = PREPARE_AFTER
    return settings


def cache(url: str) -> dict[str, Any]:
    """Return one entry of ``CACHES``; redis:// serves Valkey too."""
    scheme = urlsplit(url).scheme
    if scheme in {"redis", "rediss", "unix"}:
        return {
            "BACKEND": "cms.redis_cache.ForgivingRedisCache",
            "LOCATION": url,
            "KEY_PREFIX": "patientinfo",
        }
    if scheme == "locmem":
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "patientinfo",
        }
    raise ValueError("has to start with redis://, rediss:// or locmem://")


def mail(url: str) -> dict[str, Any]:
    """Return Django's mail settings, by name."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in MAIL_SCHEMES or not parts.hostname:
        raise ValueError("has to be console:// or smtp://, submission:// or smtps:// and a host")
    port, tls, starttls = MAIL_SCHEMES[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": tls,
        "EMAIL_USE_TLS": starttls,
        "EMAIL_TIMEOUT": 10,
    }


def storage(url: str) -> dict[str, Any]:
    """Return one entry of ``STORAGES``: a directory, or a bucket that speaks S3.

    A file's name in the bucket is never used twice for other bytes (editions name images by
    digest), so nothing is overwritten. Nothing in it is public: the program hands pictures out,
    and asks the guard for each; an address of the bucket itself is signed and ends within minutes.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(Path(unquote(parts.path)))},
        }
    if parts.scheme != "s3" or not parts.hostname:
        raise ValueError("has to start with file:/// or s3://")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = set(query) - {"region", "endpoint"}
    if unknown:
        raise ValueError(f"has unknown options: {', '.join(sorted(unknown))}")
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.hostname,
            "location": parts.path.strip("/"),
            "region_name": query.get("region"),
            "endpoint_url": query.get("endpoint"),
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_auth": True,
            "querystring_expire": 600,
        },
    }
