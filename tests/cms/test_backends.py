"""Addresses become settings: the embedded kinds, the networked ones, and refusals."""

from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from cms import backends

PASSWORD = "p%40ss"  # an @ in an address has to be quoted


@pytest.fixture
def sqlite_file(tmp_path: Path):
    """A SQLite database as the project opens one, in a file of its own."""
    connections.databases["own_file"] = {
        **connections.databases["default"],
        **backends.database(f"sqlite:///{tmp_path / 'own.sqlite3'}"),
    }
    yield connections["own_file"]
    connections["own_file"].close()
    del connections["own_file"]
    del connections.databases["own_file"]


@pytest.fixture
def unblocked(django_db_blocker):
    """Databases may be opened, without the test database."""
    with django_db_blocker.unblock():
        yield


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 1), ("busy_timeout", 5000), ("foreign_keys", 1)],
)
def test_sqlite_is_opened_for_readers_beside_a_writer(unblocked, sqlite_file, pragma, value):
    with sqlite_file.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


def test_sqlite_takes_the_write_lock_at_once(unblocked, sqlite_file):
    with CaptureQueriesContext(sqlite_file) as queries:
        sqlite_file._start_transaction_under_autocommit()
        sqlite_file.connection.rollback()
    assert queries.captured_queries[0]["sql"] == "BEGIN IMMEDIATE"


def test_sqlite_connections_are_kept():
    assert backends.database("sqlite:////srv/own.sqlite3", conn_max_age=60)["CONN_MAX_AGE"] is None


@pytest.mark.parametrize(("age", "keeps"), [(60, True), (None, True), (0, False)])
def test_postgresql_keeps_plans_on_connections_that_are_kept(age, keeps):
    options = backends.database("postgres://db/leaflets", conn_max_age=age).get("OPTIONS", {})
    assert ("prepare_threshold" in options) is keeps


def test_postgresql():
    settings = backends.database(f"postgres://app:{PASSWORD}@db:5433/leaflets", conn_max_age=60)
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["USER"], settings["PASSWORD"]) == ("app", "p@ss")
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db", 5433, "leaflets")
    assert (settings["CONN_MAX_AGE"], settings["CONN_HEALTH_CHECKS"]) == (60, True)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://db/leaflets", "postgres://"),
        ("db.example/leaflets", "unknown"),
        ("postgres://db:x/y", "not a valid url"),
    ],
)
def test_other_databases_are_refused(url, reason):
    with pytest.raises(ValueError, match=reason):
        backends.database(url)


@pytest.mark.parametrize(
    ("url", "backend"),
    [("redis://cache:6379/0", "RedisCache"), ("rediss://cache", "RedisCache"),
     ("locmem://", "LocMemCache")],
)  # fmt: skip
def test_caches(url, backend):
    assert backends.cache(url)["BACKEND"].endswith(backend)


def test_other_caches_are_refused():
    with pytest.raises(ValueError, match="redis://"):
        backends.cache("memcached://cache")


@pytest.mark.parametrize(
    ("url", "port", "tls", "starttls"),
    [
        ("smtp://mail", 25, False, False),
        ("submission://mail", 587, False, True),
        ("smtps://mail", 465, True, False),
        ("smtps://mail:4650", 4650, True, False),
    ],
)
def test_mail_servers(url, port, tls, starttls):
    settings = backends.mail(url)
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail", port)
    assert (settings["EMAIL_USE_SSL"], settings["EMAIL_USE_TLS"]) == (tls, starttls)


def test_mail_passwords_are_unquoted():
    settings = backends.mail(f"submission://me%40clinic.example:{PASSWORD}@mail")
    assert settings["EMAIL_HOST_USER"] == "me@clinic.example"
    assert settings["EMAIL_HOST_PASSWORD"] == "p@ss"


@pytest.mark.parametrize("url", ["mail.example", "smtp://", "pop3://mail"])
def test_other_mail_is_refused(url):
    with pytest.raises(ValueError, match="smtp://"):
        backends.mail(url)


def test_a_directory_keeps_images():
    assert backends.storage("file:///srv/media")["OPTIONS"] == {"location": "/srv/media"}


def test_a_bucket_keeps_images():
    settings = backends.storage("s3://leaflets/images?region=eu-west-1")
    assert settings["BACKEND"] == "storages.backends.s3.S3Storage"
    options = settings["OPTIONS"]
    assert (options["bucket_name"], options["location"]) == ("leaflets", "images")
    assert options["region_name"] == "eu-west-1"
    # Whoever knows an address of the bucket must not have the picture by that.
    assert (options["querystring_auth"], options["default_acl"]) == (True, "private")


@pytest.mark.parametrize(
    "url", ["/srv/media", "file://host/media", "gs://bucket", "s3://bucket?domain=cdn.example"]
)
def test_other_storage_is_refused(url):
    with pytest.raises(ValueError, match="has"):
        backends.storage(url)
