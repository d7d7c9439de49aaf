"""Whoever goes past the triggers is found out: each tampering is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from patientinfo.editions import guardrails
from patientinfo.editions.image_files import file_name
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.editions.verify import Verification
from patientinfo.formats.canonical import canonical_bytes, content_digest, digest, part_digests
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders

WORLD = "dutch"


def differences() -> list[str]:
    return [str(difference) for difference in Verification().differences()]


def tamper(sql: str, *values: object) -> None:
    """Runs SQL that the triggers would refuse."""
    with guardrails.lifted(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def forge(edition: Edition, **members: Any) -> None:
    """Changes the Document and every digest with it, as somebody who knows the code would."""
    document = {**edition.data, **members}
    tamper(
        "UPDATE patientinfo_edition SET document = %s, digest = %s, content_digest = %s, "
        "part_digests = %s WHERE id = %s",
        canonical_bytes(document).decode(),
        digest(document),
        content_digest(document),
        json.dumps(part_digests(document)),
        edition.pk,
    )


@pytest.fixture
def edition(dutch: LeafletPage) -> Edition:
    """The English edition; there is a Dutch one too."""
    found: Edition = Edition.objects.get(locale="en")
    return found


@pytest.mark.django_db
def test_what_was_issued_is_right(page: LeafletPage, dutch: LeafletPage) -> None:
    builders.reword(page, {"cramps/text": "<p>Cramps go away within some hours.</p>"})
    dutch.unpublish()
    verification = Verification()
    assert list(verification.differences()) == []
    assert verification.editions == 3


@pytest.mark.django_db
def test_an_empty_store_is_right() -> None:
    assert differences() == []


def test_a_changed_word_is_found(edition: Edition) -> None:
    changed = edition.document.replace("A tiny needle", "A large needle")
    tamper("UPDATE patientinfo_edition SET document = %s WHERE id = %s", changed, edition.pk)
    found = differences()
    assert any(line.startswith(f"{edition}: digest differs: {edition.digest}") for line in found)
    assert any("content digest differs" in line for line in found)
    assert any("digest of its text differs" in line for line in found)
    assert not any("photos" in line for line in found)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("digest", "sha256:" + "1" * 64, "digest differs: sha256:1111"),
        ("content_digest", "sha256:" + "1" * 64, "content digest differs: sha256:1111"),
        ("part_digests", "{}", "digest of its photos differs: None"),
        ("locale", "de", "language differs: de is stored, en is so"),
        ("number", 2, "edition 1: is not there"),
        ("issued_at", "2020-01-01 00:00:00+00:00", "moment differs: 2020-01-01T00:00:00Z"),
        ("source_locale", "fr", "source language differs: fr"),
        ("source_edition", 7, "source edition differs: 7"),
        ("document", "{", "is no JSON"),
        ("document", "[]", "is no JSON object"),
        ("document", "{}", "invalid: (document): 'audience' is a required property"),
    ],
)
def test_a_changed_column_is_found(
    edition: Edition, column: str, value: object, words: str
) -> None:
    tamper(f"UPDATE patientinfo_edition SET {column} = %s WHERE id = %s", value, edition.pk)
    assert any(words in line for line in differences()), differences()


def test_another_spelling_of_the_same_values_is_found(edition: Edition) -> None:
    spelled = json.dumps(edition.data, indent=1)
    tamper("UPDATE patientinfo_edition SET document = %s WHERE id = %s", spelled, edition.pk)
    assert f"{edition}: is not in canonical form" in differences()


def test_a_forged_source_is_found_by_its_translation(edition: Edition) -> None:
    """Every digest of the row is right; the translation remembers what it was made from."""
    forge(edition, summary="Something else altogether.")
    (found,) = differences()
    assert " nl edition 1: its source is not what it names" in found


def test_a_document_of_another_shape_is_found(edition: Edition) -> None:
    forge(edition, method="machine")
    assert any("invalid: method: 'machine'" in line for line in differences())


def test_a_deleted_edition_is_found(page: LeafletPage) -> None:
    for number in (2, 3):
        builders.reword(page, {"cramps/text": f"<p>Cramps go away within {number} days.</p>"})
    tamper("DELETE FROM patientinfo_edition WHERE number = 2")
    assert differences() == [f"{page.translation_key} en edition 2: is not there"]


def test_a_deleted_last_edition_is_found(page: LeafletPage) -> None:
    builders.reword(page, {"cramps/text": "<p>Cramps go away within two days.</p>"})
    first = Edition.objects.get(locale="en", number=1)
    CatalogueEntry.objects.filter(locale="en").update(edition=first)
    tamper("DELETE FROM patientinfo_edition WHERE number = 2")
    (found,) = differences()
    assert "readers get edition 1, the catalogue says 2, the newest is 1" in found


def test_a_withdrawal_of_nothing_is_found(edition: Edition, dutch: LeafletPage) -> None:
    dutch.unpublish()
    tamper("UPDATE patientinfo_withdrawal SET edition = 9")
    assert differences() == [
        f"{edition.key} nl edition 9 withdrawn: the edition is not there",
    ]


def test_a_changed_picture_is_found_in_every_edition_that_shows_it(edition: Edition) -> None:
    (image,) = edition.data["images"]
    name = file_name(image, image["width"])
    default_storage.delete(name)
    assert sum(f"{name} is not in storage" in line for line in differences()) == 2
    default_storage.save(name, ContentFile(b"another picture"))
    assert sum(f"{name}: digest differs: {image['digest']}" in line for line in differences()) == 2


def test_a_smaller_size_that_is_gone_is_found(edition: Edition) -> None:
    (image,) = edition.data["images"]
    default_storage.delete(file_name(image, 400))
    assert any("-400.png is not in storage" in line for line in differences())


def test_a_smaller_size_that_is_cut_off_is_found(edition: Edition) -> None:
    """As a machine leaves it that stopped while it was written."""
    (image,) = edition.data["images"]
    name = file_name(image, 400)
    with default_storage.open(name) as file:
        half = file.read()[:300]
    for damaged in (half, b""):
        default_storage.delete(name)
        default_storage.save(name, ContentFile(damaged))
        assert any("-400.png is no picture of 400 pixels" in line for line in differences())


def test_pictures_are_read_once(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = type(default_storage._wrapped)._open
    monkeypatch.setattr(
        type(default_storage._wrapped),
        "_open",
        lambda self, name, mode="rb": (opened.append(name), real(self, name, mode))[1],
    )
    assert differences() == []
    assert len(opened) == len(set(opened)) == 3
