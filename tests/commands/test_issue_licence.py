"""Granting, ending and making keys from the shell."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone

from home.sample_licence import DEVELOPMENT_KEY
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.models import AccessKey, Licence, Licensee
from patientinfo.licensing.terms import LICENSABLE
from tests.api.shelf import image, key_of, put

pytestmark = pytest.mark.django_db
KNEE = ["--leaflet", "knee", "--all-locales", "--all-uses"]
WHO = ["--licensee", "Harbour Rehab (fictional)", "--email", "m@harbour.example"]


@pytest.fixture(autouse=True)
def leaflets(settings: Any) -> None:
    settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_ACCESS": "read"}
    for name in ("knee", "hip"):
        for locale in ("en", "nl", "de"):
            put(name, locale)


def issue(capsys: Any, *args: str) -> tuple[dict[str, str], Licence]:
    call_command("issue_licence", *WHO, *args)
    said = capsys.readouterr().out
    made = json.loads(said)
    assert set(made) == {"number", "key"}
    return made, Licence.objects.get(number=made["number"])


def read(client: Client, key: str, name: str, locale: str, use: str = "") -> int:
    path = f"/api/v1/pages/{key_of(name)}/{locale}/" + (f"?use={use}" if use else "")
    return client.get(path, headers={"authorization": f"Bearer {key}"}).status_code


def test_what_is_named_is_granted_and_nothing_else(capsys, client: Client) -> None:
    made, licence = issue(
        capsys, "--leaflet", "knee", "--locale", "en", "nl", "--part", "text", "--use", "website"
    )
    assert read(client, made["key"], "knee", "nl") == 200
    assert read(client, made["key"], "knee", "de") == 403
    assert read(client, made["key"], "hip", "nl") == 403
    assert read(client, made["key"], "knee", "nl", "website") == 200
    assert read(client, made["key"], "knee", "nl", "print") == 403
    assert licence.licensee.email == "m@harbour.example"
    assert licence.terms.ends == timezone.localdate() + timedelta(days=364)


def test_the_partner_is_written_to_in_its_language(capsys) -> None:
    text = [*KNEE, "--part", "text"]
    _made, licence = issue(capsys, *text)
    assert licence.licensee.language == licence.terms.language == "en"
    _made, licence = issue(capsys, *text, "--language", "nl")
    assert licence.licensee.language == licence.terms.language == "nl"
    _made, licence = issue(capsys, *text)
    assert (licence.licensee.language, Licensee.objects.count()) == ("nl", 1)
    with pytest.raises(CommandError, match="invalid choice"):
        issue(capsys, *text, "--language", "xx")


def test_lists_can_be_repeated_and_take_several_values(capsys) -> None:
    lists = ["--leaflet", "knee", "--leaflet", "hip", "--locale", "en", "nl", "--locale", "de"]
    parts = ["--part", "text", "--part", "photos", "--use", "website", "print", "--use", "screen"]
    _made, licence = issue(capsys, *lists, *parts)
    terms = licence.terms
    assert terms.leaflets == {str(key_of("knee")), str(key_of("hip"))}
    assert terms.locales == {"en", "nl", "de"}
    assert terms.parts == {"text", "photos"}
    assert set(terms.uses) == {"website", "print", "screen"}


def test_everything_is_everything_that_comes_later_too(capsys, client: Client) -> None:
    dates = ["--from", "2026-01-01", "--until", "2999-12-31"]
    made, licence = issue(
        capsys, "--all-leaflets", "--all-locales", "--all-uses", "--part", "text", *dates
    )
    put("elbow", "en")
    assert read(client, made["key"], "elbow", "en", "print") == 200
    assert set(licence.terms.uses) == set(LICENSABLE)


def test_a_slug_that_two_leaflets_have_licenses_neither_by_chance(capsys) -> None:
    """One may be called in its language as the other is in another."""
    CatalogueEntry.objects.filter(key=key_of("hip"), locale="nl").update(slug="knee")
    with pytest.raises(CommandError, match="More than one leaflet has the slug knee"):
        issue(capsys, *KNEE, "--part", "text")
    assert not Licence.objects.exists()
    named = ["--leaflet", str(key_of("knee")), "--all-locales", "--all-uses", "--part", "text"]
    _made, licence = issue(capsys, *named)
    assert licence.terms.leaflets == {str(key_of("knee"))}


def test_photos_that_may_not_be_passed_on_are_named(capsys) -> None:
    call_command(
        "issue_licence",
        *WHO,
        "--leaflet",
        "knee",
        "--all-locales",
        "--all-uses",
        "--part",
        "photos",
    )
    said = capsys.readouterr().err
    assert image()["rights"]["holder"] in said


def test_two_licences_of_one_partner_are_of_one_licensee(capsys) -> None:
    everything = ["--all-leaflets", "--all-locales", "--all-uses", "--part", "text"]
    _made, first = issue(capsys, *everything)
    _made, second = issue(capsys, *everything)
    assert first.licensee == second.licensee
    assert first.number != second.number


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--leaflet", "toe", "--all-locales", "--all-uses", "--part", "text"], "toe"),
        (["--all-leaflets", "--locale", "fr", "--all-uses", "--part", "text"], "fr"),
        (["--all-leaflets", "--all-locales", "--use", "tattoo", "--part", "text"], "tattoo"),
        (["--all-leaflets", "--all-locales", "--all-uses"], "--part"),
        (["--all-leaflets", "--leaflet", "knee", "--all-locales", "--all-uses"], "not allowed"),
        (["--all-locales", "--all-uses", "--part", "text"], "required"),
        (
            ["--all-leaflets", "--all-locales", "--all-uses", "--part", "text", "--from", "soon"],
            "not a date",
        ),
        (
            [
                *("--all-leaflets", "--all-locales", "--all-uses", "--part", "text"),
                *("--from", "2026-05-01", "--until", "2026-04-01"),
            ],
            "ends before it begins",
        ),
    ],
    ids=["leaflet", "language", "use", "no part", "both", "neither", "date", "term"],
)
def test_what_cannot_be_is_said_and_nothing_is_granted(args: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("issue_licence", *WHO, *args)
    assert not Licence.objects.exists()


def test_an_address_that_is_none_is_refused() -> None:
    args = ["--all-leaflets", "--all-locales", "--all-uses", "--part", "text"]
    with pytest.raises(CommandError, match="address"):
        call_command("issue_licence", "--licensee", "X", "--email", "nobody", *args)


def test_a_revoked_licence_gives_nothing(capsys, client: Client) -> None:
    made, _licence = issue(
        capsys, "--leaflet", "knee", "--all-locales", "--all-uses", "--part", "text"
    )
    call_command("revoke_licence", made["number"].lower(), "--reason", "misused")
    assert read(client, made["key"], "knee", "nl") == 403
    with pytest.raises(CommandError, match="cannot become"):
        call_command("revoke_licence", made["number"], "--reason", "again")
    with pytest.raises(CommandError, match="no licence"):
        call_command("revoke_licence", "P26-0000-0000", "--reason", "x")


def test_a_channel_key_reads_everything(capsys, client: Client) -> None:
    call_command("issue_channel_key", "Waiting room")
    made = json.loads(capsys.readouterr().out)
    assert made["name"] == "Waiting room"
    assert read(client, made["key"], "hip", "de") == 200
    with pytest.raises(CommandError, match="name"):
        call_command("issue_channel_key", " ")


def test_no_key_is_stored(capsys) -> None:
    made, _licence = issue(
        capsys, "--leaflet", "knee", "--all-locales", "--all-uses", "--part", "text"
    )
    assert made["key"] not in str(list(AccessKey.objects.values()))


def test_production_knows_no_key_that_stands_in_the_source(client: Client, settings: Any) -> None:
    with override_settings(DEBUG=True):
        call_command("load_sample", verbosity=0)
    sample = "/api/v1/pages/4b1f6c52-8a0e-4d6b-9f37-2c5d0e9a7b14/nl/"
    bearer = {"authorization": f"Bearer {DEVELOPMENT_KEY}"}
    assert client.get(sample, headers=bearer).status_code == 200
    settings.PATIENTINFO = {**settings.PATIENTINFO, "REFUSED_KEYS": ("samplePartne",)}
    assert client.get(sample, headers=bearer).status_code == 401
