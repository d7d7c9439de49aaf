"""`export --output -` as a shell runs it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from patientinfo.editions.models import Edition
from tests import builders


@pytest.mark.django_db(transaction=True)
def test_a_pipe_gets_the_bytes_whatever_the_terminal_speaks() -> None:
    """From a shell, with a locale that has no Arabic letters: bytes, and a digest that fits."""
    page = builders.make_leaflet(builders.make_site())
    builders.translate(page, "ar")
    settings = connection.settings_dict
    url = f"sqlite:///{settings['NAME']}"
    if connection.vendor == "postgresql":
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)
    words = "manage.py export --format json --locale ar --output -"
    result = subprocess.run(
        [sys.executable, *words.split()],
        env=os.environ
        | {"DATABASE_URL": url, "PYTHONIOENCODING": "ascii"}
        | {"DJANGO_SETTINGS_MODULE": "cms.settings.dev"},
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert result.stderr == b""
    digest = "sha256:" + hashlib.sha256(result.stdout).hexdigest()
    assert digest == Edition.objects.get(locale="ar").digest
