"""Translators' files as renditions: made of Editions alone, read back as what they say."""

from __future__ import annotations

import pytest
from lxml import etree

from patientinfo.channels.base import NotRenderable
from patientinfo.channels.models import KeptRendition
from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.registry import channel
from patientinfo.channels.renditions import order_of
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.editions.redaction import redact_edition
from patientinfo.exchange.kinds import read_file
from patientinfo.formats.segments import segments_of
from patientinfo.licensing.guard import EVERYTHING, Permitted, Use
from patientinfo.translation.models import SegmentTranslation
from tests import bodies, builders
from tests.fixtures_leaflet import clinic, page, world

__all__ = ["clinic", "page", "world"]

pytestmark = pytest.mark.django_db
WORLD = "dutch"


def ordered(name, locale, decision=EVERYTHING, licence=None):
    entry = CatalogueEntry.objects.select_related("edition").get(locale=locale)
    return order_of(channel(name), entry, decision, licence)


@pytest.mark.parametrize("name", ["po", "xliff"])
def test_whose_words_they_are_is_said_in_the_file(page, name):
    builders.reword(page, {"trigger/text": "<p>Other words in a YEAR.</p>"})
    licence = LicenceLine("UPC-2026-0042", "By permission & of the PROJECT")
    order = ordered(name, "nl", licence=licence)
    content = order.rendition().content
    if name == "po":
        said = content.decode()
        assert all(line.startswith("#") for line in said.splitlines()[:20])
    else:
        root = etree.fromstring(content)
        space = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
        notes = root.iterfind("x:file/x:notes/x:note", space)
        said = "\n".join(note.text for note in notes)
    edition = Edition.objects.get(locale="nl")
    rights = order.document["rights"]
    for words in (
        *("UPC-2026-0042", "By permission & of the PROJECT", rights["holder"], rights["credit"]),
        *(rights["statement"], edition.digest, "Vertaald uit: Engels, uitgave 1", "Toestand: "),
        *("ouder dan het origineel", "Een andere taal of vorm"),
        *(person["name"] for people in order.document["people"].values() for person in people),
    ):
        assert words in said, words
    assert read_file(content, order.file_name).units


@pytest.mark.parametrize("name", ["po", "xliff"])
def test_a_translation_stands_beside_its_source(page, name):
    order = ordered(name, "nl")
    file = read_file(order.rendition().content, order.file_name)
    dutch = {s.path: s.text for s in segments_of(order.document)}
    assert {unit.path: unit.target for unit in file.units} == dutch
    assert (file.source_locale, file.locale, file.source_edition) == ("en", "nl", 1)
    assert not any(unit.fuzzy for unit in file.units)


def test_an_original_is_a_template_in_no_language_yet(page):
    content = ordered("po", "en").rendition().content.decode()
    assert '"Language: und\\n"' in content
    assert 'msgstr ""\n' in content
    assert "Dry needling" in content


def test_drafts_and_remarks_stay_in_the_house(page):
    before = ordered("po", "nl").rendition(keep=False).content
    SegmentTranslation.objects.filter(locale="nl").update(text="A draft")
    assert ordered("po", "nl").rendition(keep=False).content == before


def test_a_translation_names_the_edition_that_it_was_made_from(page):
    builders.reword(page, {"trigger/text": "<p>Other words.</p>"})
    order = ordered("po", "nl")
    file = read_file(order.rendition().content, order.file_name)
    assert file.source_edition == 1
    assert not any("Other words." in unit.source for unit in file.units)


def test_words_of_pictures_that_are_withheld_are_in_neither_language(page, clinic):
    image = builders.make_image(clinic.locales)
    pictured = builders.make_leaflet(
        clinic, title="Pictured", sections=[bodies.section("A needle", bodies.picture(image))]
    )
    builders.translate(pictured, "nl")
    entry = CatalogueEntry.objects.select_related("edition").get(
        key=pictured.translation_key, locale="nl"
    )
    text_alone = order_of(channel("po"), entry, Permitted(frozenset({"text"})))
    assert "held above a muscle" not in text_alone.rendition().content.decode()
    whole = order_of(channel("po"), entry, EVERYTHING)
    assert "held above a muscle" in whole.rendition().content.decode()
    assert whole.etag != text_alone.etag


def test_what_was_removed_from_a_source_is_kept_in_no_file_of_its_translations(page):
    for name in ("po", "xliff", "text"):
        ordered(name, "nl").rendition()
    assert KeptRendition.objects.count() == 3
    edition = Edition.objects.get(locale="en")
    redact_edition(edition, ["block:trigger"], by="a test", reason="A court")
    assert [kept.channel for kept in KeptRendition.objects.all()] == ["text"]


def test_they_serve_translating_and_nothing_else():
    for name in ("po", "xliff"):
        assert channel(name).uses == {Use.TRANSLATE}
        assert not channel(name).for_readers


def test_without_the_source_nothing_is_made(page, monkeypatch):
    monkeypatch.setattr("patientinfo.channels.renditions._source_edition", lambda entry: None)
    with pytest.raises(NotRenderable, match="translated from"):
        ordered("po", "nl").rendition()
