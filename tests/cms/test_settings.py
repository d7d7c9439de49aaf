"""Production starts only on settings that are there and strong; development is WAL."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from cms.env import DEVELOPMENT_SIGNING_KEY
from cms.variables import VARIABLES

GOOD = {
    "SECRET_KEY": "Zk7-qPw3_Xr9mTfB2nVh5LsYc8JdGa4Ue6RoKi1WtQzNbMxHyCvDpFjSgEl0Au",
    "DATABASE_URL": "postgres://app:topsecret@db.example/leaflets",
    "CACHE_URL": "redis://cache.example:6379/0",
    "ALLOWED_HOSTS": "leaflets.clinic.example",
    "PUBLIC_URL": "https://leaflets.clinic.example",
    "EMAIL_URL": "submission://user:topsecret@mail.example",
    "MAIL_FROM": "Leaflets <leaflets@clinic.example>",
    "STORAGE_URL": "s3://leaflets?region=eu-west-1",
    "LICENCE_SIGNING_KEY": '{"kty":"OKP","crv":"Ed25519","kid":"2026",'
    '"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",'
    '"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}',  # RFC 8037, appendix A.1
}


@pytest.fixture
def manage(root):
    """Run ``manage.py`` with production's settings and only the variables given."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=root,
            env={
                "PATH": os.environ["PATH"],
                "DJANGO_SETTINGS_MODULE": "cms.settings.production",
                "PYTHONWARNINGS": "error::RuntimeWarning",
                **variables,
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def load(root):
    """Import production's settings alone, which is quicker; returns what went wrong."""

    def run(**variables: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", "import cms.settings.production"],
            cwd=root,
            env=variables,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.stderr.strip().rpartition("\n")[2]

    return run


def test_production_starts(load):
    assert load(**GOOD) == ""


@pytest.mark.parametrize("name", sorted(GOOD))
def test_production_names_what_is_missing(load, name):
    left = {key: value for key, value in GOOD.items() if key != name}
    assert f"ImproperlyConfigured: {name} is not set. {VARIABLES[name].help}" in load(**left)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "too-short", "is too short"),
        ("ALLOWED_HOSTS", "*", "is *"),
        ("ALLOWED_HOSTS", "other.example", "does not name the host of PUBLIC_URL"),
        ("PUBLIC_URL", "http://leaflets.clinic.example", "is not such an address"),
        ("DATABASE_URL", "mysql://app:topsecret@db/leaflets", "cannot be used"),
        ("CACHE_URL", "memcached://cache", "cannot be used"),
        ("EMAIL_URL", "pop3://user:topsecret@mail", "cannot be used"),
        ("STORAGE_URL", "leaflets", "cannot be used"),
        ("PUBLIC_ACCESS", "everything", "has to be one of"),
        ("WAGTAIL_API_V3", "open", "is open"),
        ("LICENCE_SIGNING_KEY", DEVELOPMENT_SIGNING_KEY, "is the one for development"),
        ("LICENCE_SIGNING_KEY", "topsecret", "is neither PEM nor a JWK"),
        ("TWO_OFFICERS", "maybe", "has to be yes or no"),
        ("LETTER_CERTIFICATE", "-----BEGIN topsecret", "cannot be used"),
        ("LETTER_KEY", "-----BEGIN topsecret", "but LETTER_KEY is"),
    ],
)
def test_production_refuses_what_is_unsafe(load, name, value, reason):
    error = load(**{**GOOD, name: value})
    assert f"ImproperlyConfigured: {name.replace('LETTER_KEY', 'LETTER_CERTIFICATE')} " in error
    assert reason in error
    assert "topsecret" not in error


def test_production_passes_djangos_deployment_check(manage):
    done = manage("check", "--deploy", "--fail-level", "INFO", **GOOD)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
def test_the_embedded_database_is_in_wal_mode():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
