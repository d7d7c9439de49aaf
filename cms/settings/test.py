"""Tests: like development, but fast, silent and closed.

``DATABASE_URL`` and ``CACHE_URL`` choose the engines, as in production. The database of SQLite is
a file and not memory, because WAL and locks between threads are among what is tested; each run has
its own, so that two runs do not meet.
"""

import os
from urllib.parse import urlsplit

from cms.env import DEVELOPMENT_SIGNING_KEY, Environment
from cms.settings.dev import *  # noqa: F403 - a settings module is its parent and changes
from cms.settings.dev import CACHES, DATABASES, LOGGING, PATIENTINFO, VAR_DIR

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECRET_KEY = "test-only-" + "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMN"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["NAME"] = str(VAR_DIR / "test.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")}
    # Nothing in a test survives a crash of the machine, so no write waits for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"

# Tests clear their cache, so each process of a parallel run has a Redis database of its own.
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    number = 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = (
        urlsplit(CACHES["default"]["LOCATION"])._replace(path=f"/{number}").geturl()
    )

# What a developer has in the environment must not change what tests see.
PUBLIC_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_API_V3 = "off"
WAGTAIL_SITE_NAME = "Patient information"
PATIENTINFO = {
    **PATIENTINFO,
    **Environment({}).licensing(),
    "PUBLIC_ACCESS": "full",
    "PUBLIC_URL": PUBLIC_URL,
    "SIGNING_KEYS": DEVELOPMENT_SIGNING_KEY,
    # Tests of limits set their own.
    "THROTTLE_KEY": "",
    "THROTTLE_ADDRESS": "",
    "USAGE_FLUSH_SECONDS": 0,
    "LETTER_CERTIFICATE": "",
    "LETTER_KEY": "",
    "LETTER_KEY_PASSPHRASE": "",
}
LOGGING = {**LOGGING, "root": {"handlers": [], "level": "WARNING"}}
