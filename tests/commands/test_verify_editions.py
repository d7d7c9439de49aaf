"""`manage.py verify_editions` says what it read, and fails when something differs."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from patientinfo.editions import guardrails
from tests import builders


@pytest.mark.django_db
def test_it_says_how_many_were_read() -> None:
    out = io.StringIO()
    builders.make_leaflet(builders.make_site())
    call_command("verify_editions", stdout=out)
    assert out.getvalue() == "1 editions are what was issued.\n"


@pytest.mark.django_db
def test_it_fails_and_names_what_differs() -> None:
    page = builders.make_leaflet(builders.make_site())
    with guardrails.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE patientinfo_edition SET digest = 'sha256:0'")
    err = io.StringIO()
    with pytest.raises(CommandError, match=r"1 editions were read; 1 differences\."):
        call_command("verify_editions", stderr=err)
    assert err.getvalue().startswith(
        f"{page.translation_key} en edition 1: digest differs: sha256:0 is stored, "
    )
