"""`load_sample`: the sample as a patient gets it, and a second run that touches nothing."""

import html
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail.models import Page, Revision

from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.formats.document_schema import schema_problems
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests.worlds import once

pytestmark = pytest.mark.django_db

LOCALES = ["ar", "de", "en", "es", "nl"]


def load(*args: str) -> str:
    out = StringIO()
    with override_settings(DEBUG=True):
        call_command("load_sample", *args, stdout=out)
    return out.getvalue()


def sentences(text: str) -> set[str]:
    """The sentences of four words or more, in small letters."""
    plain = html.unescape(re.sub(r"<[^>]+>", "", text)).casefold()
    return {part for part in re.split(r"(?<=[.?!]) ", plain) if len(part.split()) >= 4}


def words(document: dict) -> str:
    """Every word of a Document, tags and entities resolved, white space folded."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.append(html.unescape(re.sub(r"<[^>]+>", "", value)))
        elif isinstance(value, dict):
            for member in value.values():
                collect(member)
        elif isinstance(value, list):
            for member in value:
                collect(member)

    collect(document)
    return re.sub(r"\s+", " ", " ".join(found))


#: What the command said the first time.
loaded = once(load)


def test_both_leaflets_are_issued_in_every_language(loaded: str) -> None:
    assert (
        sorted(CatalogueEntry.objects.filter(slug="dry-needling").values_list("locale", flat=True))
        == LOCALES
    )
    assert Edition.objects.count() == 10
    assert set(CatalogueEntry.objects.values_list("status", flat=True)) == {"current"}
    assert loaded.count("issued ") == 10
    for edition in Edition.objects.all():
        assert schema_problems(edition.data) == []


def test_the_issued_leaflet_says_every_sentence_of_the_seed(loaded: str, root: Path) -> None:
    said = words(Edition.objects.get(locale="en", document__contains='"slug":"dry-needling"').data)
    left_out = ("Click here for a comparison between the two therapies.", "Go Top")
    for line in (root / "tests" / "home" / "seed.txt").read_text(encoding="utf-8").splitlines():
        text = re.sub(r"\s+", " ", line.replace("•", "")).strip()
        for words_left_out in left_out:
            text = text.replace(words_left_out, "").strip()
        for sentence in re.split(r"(?<=[.?!:]) ", text):
            assert sentence in said, sentence


def test_no_translation_holds_an_english_sentence(loaded: str) -> None:
    english: set[str] = set()
    for edition in Edition.objects.filter(locale="en"):
        for section in edition.data["sections"]:
            for block in section["blocks"]:
                english |= sentences(block.get("text", ""))
                for item in block.get("items", []):
                    english |= sentences(item["text"])
    assert len(english) > 30
    for edition in Edition.objects.exclude(locale="en"):
        said = words(edition.data).casefold()
        assert not [sentence for sentence in english if sentence in said]


def test_a_second_run_touches_nothing(loaded: str) -> None:
    page = LeafletPage.objects.get(slug="dry-needling", locale__language_code="nl")
    LeafletPage.objects.filter(pk=page.pk).update(summary="Van de redacteur.")
    before = (Page.objects.count(), Revision.objects.count(), Edition.objects.count())
    assert "nothing was touched" in load()
    page.refresh_from_db()
    assert page.summary == "Van de redacteur."
    assert before == (Page.objects.count(), Revision.objects.count(), Edition.objects.count())


def test_what_was_deleted_comes_back_as_the_next_edition(loaded: str) -> None:
    LeafletPage.objects.get(slug="dry-needling", locale__language_code="de").delete()
    assert CatalogueEntry.objects.get(slug="dry-needling", locale="de").status == "withdrawn"
    assert load().count("issued ") == 1
    entry = CatalogueEntry.objects.get(slug="dry-needling", locale="de")
    assert (entry.status, entry.number) == ("current", 2)


def test_the_public_password_is_refused_outside_development() -> None:
    with override_settings(DEBUG=False), pytest.raises(CommandError, match="--password"):
        call_command("load_sample")


def test_the_photos_have_owners_of_their_own(loaded: str) -> None:
    document = Edition.objects.get(locale="en", document__contains='"slug":"dry-needling"').data
    owners = {image["rights"]["holder"] for image in document["images"]}
    assert owners == {"Uplands Physio Clinic", "Northlight Illustration (fictional)"}
    assert all(image["alt"] for image in document["images"])
