"""The one exception to "never changed": a part is removed, number and digest stay, it is said."""

from __future__ import annotations

import json

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from patientinfo.editions import guardrails
from patientinfo.editions.image_files import file_name, widths_of
from patientinfo.editions.models import CatalogueEntry, Edition, Redaction
from patientinfo.editions.redaction import NotThere, redact_edition
from tests import bodies, builders

WORD = "zygomaticus"


@pytest.fixture
def page(db: None):
    site = builders.make_site()
    image = builders.make_image()
    section = bodies.section(
        "What is it?",
        bodies.paragraph(f"The {WORD} relaxes.", key="secret"),
        bodies.paragraph("It is a muscle.", key="plain"),
        bodies.picture(image, key="shown"),
        key="what",
    )
    return builders.make_leaflet(site, sections=[section])


def edition_of(page) -> Edition:
    return Edition.objects.filter(key=page.translation_key).order_by("-number")[0]


def redact(page, *parts: str) -> Redaction:
    return redact_edition(edition_of(page), parts, by="a test", reason="Court of Uplands, 12/26")


def test_what_is_removed_is_gone_and_the_rest_stays(page) -> None:
    before = edition_of(page)
    redact(page, "block:secret")
    after = edition_of(page)
    assert WORD not in after.document
    assert "It is a muscle." in after.document
    assert (after.number, after.digest) == (before.number, before.digest)


def test_it_is_recorded(page) -> None:
    done = redact(page, "block:secret")
    assert (done.parts, done.by, done.reason) == (
        ["block:secret"],
        "a test",
        "Court of Uplands, 12/26",
    )


def test_the_guardrails_stand_again(page) -> None:
    redact(page, "block:secret")
    assert guardrails.missing() == []
    with (
        pytest.raises(DatabaseError, match=guardrails.MESSAGE),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE patientinfo_edition SET document = '{}'")


@pytest.mark.parametrize("part", ["block:nothing", "section:x", "image:9", "person:0", "words", ""])
def test_what_is_not_there_changes_nothing(page, part: str) -> None:
    before = edition_of(page).document
    with pytest.raises((NotThere, ValueError)):
        redact(page, "block:secret", part)
    assert edition_of(page).document == before
    assert not Redaction.objects.exists()
    assert guardrails.missing() == []


def test_it_is_shown_by_no_address(page, client: Client, settings) -> None:
    key = page.translation_key
    redact(page, "block:secret")
    numbered = client.get(f"/api/v1/pages/{key}/en/editions/1/")
    assert numbered.status_code == 410
    assert numbered.json()["type"].endswith(":redacted")
    detail = client.get(f"/api/v1/pages/{key}/en/").json()
    assert {w["reason"] for w in detail["withheld"]} == {"redacted"}
    assert "document" not in detail
    html = client.get(f"/en/{page.slug}/").content.decode()
    assert WORD not in html
    assert "It is a muscle." not in html
    assert "A part of this leaflet had to be removed" in html
    assert client.get(f"/api/v1/pages/{key}/en/renditions/text/").status_code == 410


@pytest.mark.parametrize("first", ["redacted", "withdrawn"])
def test_withdrawing_it_does_not_show_it_again(page, client: Client, first: str) -> None:
    numbered = f"/api/v1/pages/{page.translation_key}/en/editions/1/"
    acts = [lambda: redact(page, "block:secret"), page.unpublish]
    for act in acts if first == "redacted" else reversed(acts):
        act()
    answer = client.get(numbered)
    assert answer.status_code == 410
    assert answer.json()["type"].endswith(":redacted")
    (item,) = client.get(numbered.removesuffix("1/")).json()["items"]
    assert item["status"] == "redacted"


def test_the_next_edition_replaces_it(page, client: Client) -> None:
    redact(page, "block:secret")
    builders.reword(page, {"secret/text": "<p>Other words for this muscle.</p>"})
    key = page.translation_key
    assert client.get(f"/api/v1/pages/{key}/en/").json()["meta"]["status"] == "current"
    gone = client.get(f"/api/v1/pages/{key}/en/editions/1/")
    assert gone.status_code == 410
    assert gone.json()["replacement_url"].endswith(f"/pages/{key}/en/")


def test_its_words_are_not_found_any_more(page) -> None:
    redact(page, "block:secret")
    assert WORD not in CatalogueEntry.objects.get(key=page.translation_key).photo_text


def test_a_picture_that_nobody_else_shows_is_deleted(
    page, django_capture_on_commit_callbacks
) -> None:
    (image,) = json.loads(edition_of(page).document)["images"]
    names = [file_name(image, width) for width in widths_of(image)]
    assert all(map(default_storage.exists, names))
    with django_capture_on_commit_callbacks(execute=True):
        redact(page, f"image:{image['id']}")
    assert not any(map(default_storage.exists, names))


def test_a_person_can_be_taken_out(page) -> None:
    (approver,) = json.loads(edition_of(page).document)["people"]["approvers"]
    redact(page, f"person:{approver['id']}")
    assert approver["name"] not in edition_of(page).document


def test_the_title_of_the_source_is_removed_from_a_translation(db: None, client: Client) -> None:
    title = f"About the {WORD}"
    page = builders.make_leaflet(builders.make_site(), title=title)
    builders.translate(page, "nl")
    editions = Edition.objects.filter(key=page.translation_key)
    for locale, part in (("en", "title"), ("nl", "source_title")):
        shown = f"/api/v1/pages/{page.translation_key}/nl/", f"/nl/{page.slug}/"
        assert any(title in client.get(path).content.decode() for path in shown)
        edition = editions.get(locale=locale)
        redact_edition(edition, [part], by="a test", reason="Court of Uplands, 12/26")
    assert not any(title in client.get(path).content.decode() for path in shown)
    assert title not in editions.get(locale="nl").document


def test_verifying_says_redacted_and_not_differs(page, capsys) -> None:
    call_command(
        "redact_edition", str(page.translation_key), "en", "1", "block:secret", "--reason", "r"
    )
    call_command("verify_editions")
    said = capsys.readouterr().out
    assert "redacted on" in said
    assert "0 editions are what was issued" in said


def test_a_change_after_a_redaction_is_found(page) -> None:
    redact(page, "block:secret")
    with guardrails.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE patientinfo_edition SET document = '{}'")
    with pytest.raises(CommandError, match="differences"):
        call_command("verify_editions")


def test_the_command_refuses_what_is_not_there(page) -> None:
    for args in (["en", "9", "title"], ["en", "1", "block:x"]):
        with pytest.raises(CommandError, match="There is no"):
            call_command("redact_edition", str(page.translation_key), *args, "--reason", "r")
