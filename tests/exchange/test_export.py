"""Exported files: Documents byte for byte, and catalogs that translators' tools accept."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tracemalloc
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.exchange.export import ExportFile, NotExported, export_one, json_files, po_files
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.exchange.selection import Selection, select
from patientinfo.formats.exchange import Unit
from patientinfo.formats.po import read_po
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.desk_models import SegmentComment
from patientinfo.translation.models import SegmentTranslation
from tests import builders
from tests.builders import Clinic


def units(locale: str = "nl") -> dict[str, Unit]:
    (file,) = po_files(select(locales=[locale]))
    assert isinstance(file, ExportFile)
    return {unit.path: unit for unit in read_po(file.data, file.name).units}


def test_json_is_the_edition_byte_for_byte(page: LeafletPage, dutch: LeafletPage) -> None:
    builders.reword(page, {"cramps/text": "<p>Cramps go away within some hours.</p>"})
    files = list(json_files(Selection()))
    assert [file.name for file in files] == ["dry-needling.en.json", "dry-needling.nl.json"]
    for file, number in zip(files, (2, 1), strict=True):
        edition = Edition.objects.get(locale=file.name.split(".")[1], number=number)
        assert "sha256:" + hashlib.sha256(file.data).hexdigest() == edition.digest
        assert file.about == f"edition {number}, {edition.digest}"


def test_json_of_chosen_languages(page: LeafletPage, dutch: LeafletPage) -> None:
    files = json_files(select(locales=["nl", "de"]))
    assert [file.name for file in files] == ["dry-needling.nl.json"]


def test_what_is_withdrawn_is_not_exported(page: LeafletPage, dutch: LeafletPage) -> None:
    dutch.unpublish()
    assert [file.name for file in json_files(Selection())] == ["dry-needling.en.json"]
    page.unpublish()
    assert list(json_files(Selection())) == list(po_files(Selection())) == []


def test_a_catalog_for_each_language_but_the_source(page: LeafletPage) -> None:
    names = [file.name for file in po_files(Selection())]
    assert names == [f"dry-needling.{locale}.po" for locale in ("ar", "de", "es", "nl")]


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_remark_with_characters_that_no_file_can_hold_stops_none(
    page: LeafletPage, dutch: LeafletPage, kind: str
) -> None:
    of = {"key": page.translation_key, "locale": "nl", "path": "cramps/text"}
    for text in ("Pasted\x02 from\na PDF", "\x02"):
        SegmentComment.objects.create(**of, text=text)
    made = export_one(Edition.objects.get(locale="en"), "nl", "a.nl", kind)
    assert isinstance(made, ExportFile)
    read = read_file(made.data, f"a.nl{KINDS[kind].suffix}")
    assert [unit.comments for unit in read.units if unit.comments] == [("Pasted from a PDF",)]


def test_a_catalog_says_where_its_words_come_from(page: LeafletPage) -> None:
    (file,) = po_files(select(locales=["ar"]))
    assert isinstance(file, ExportFile)
    edition = Edition.objects.get()
    read = read_po(file.data, file.name)
    assert (read.key, read.source_locale, read.locale) == (str(edition.key), "en", "ar")
    assert (read.source_edition, read.source_digest) == (1, edition.digest)
    assert read.title == "Dry needling"
    assert {unit.target for unit in read.units} == {""}
    by_path = {unit.path: unit for unit in read.units}
    assert by_path["effects-1/text"].source == "pain in <em>other places</em> of the body"
    assert by_path["effects-1/text"].section == "What is a trigger point?"
    assert by_path["effects-1/text"].note == "list item"
    assert (by_path["title"].section, by_path["title"].note) == ("", "title of the leaflet")
    assert file.about == f"0 of {len(read.units)} translated, from edition 1"


def test_a_catalog_has_what_is_translated(dutch: LeafletPage) -> None:
    found = units()
    assert found["risks/heading"].target == "Whatnl arenl thenl risksnl?"
    assert not any(unit.fuzzy or unit.previous_source for unit in found.values())
    assert all(unit.target for unit in found.values())


def test_what_was_made_from_other_words_is_fuzzy(page: LeafletPage, dutch: LeafletPage) -> None:
    builders.reword(page, {"cramps/text": "<p>Cramps <b>may</b> hurt for a day.</p>"})
    found = units()
    unit = found.pop("cramps/text")
    assert unit.source == "Cramps <strong>may</strong> hurt for a day."
    assert unit.target == "Itnl maynl causenl smallnl temporarynl musclenl crampsnl."
    assert unit.fuzzy
    assert unit.previous_source == "It may cause small temporary muscle cramps."
    assert not any(other.fuzzy for other in found.values())


def test_words_come_from_the_edition_and_not_from_a_draft(page: LeafletPage) -> None:
    builders.reword(page, {"cramps/text": "<p>Nobody has approved this.</p>"}, publish=False)
    assert units()["cramps/text"].source == "It may cause small temporary muscle cramps."


def test_what_no_tool_takes_is_said_and_does_not_stop_the_rest(
    clinic: Clinic, page: LeafletPage
) -> None:
    builders.make_leaflet(clinic, title="Other")
    SegmentTranslation.objects.create(
        key=page.translation_key, locale="nl", path="title", text="Naald\x07", source_hash="x"
    )
    bad, good = po_files(select(locales=["nl"]))
    assert isinstance(bad, NotExported)
    assert (bad.name, bad.reason) == (
        "dry-needling.nl.po",
        "unit 'title' has a forbidden character",
    )
    assert good.name == "other.nl.po"


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_gettext_accepts_the_catalogs(page: LeafletPage, tmp_path: Path, locale: str) -> None:
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        pytest.skip("msgfmt (gettext) is not installed")
    builders.translate(page, locale)
    builders.reword(page, {"cramps/text": "<p>In 20 % of people: 5 %d and %s.</p>"})
    (file,) = po_files(select(locales=[locale]))
    assert isinstance(file, ExportFile)
    path = tmp_path / file.name
    path.write_bytes(file.data)
    command = [msgfmt, "--check", "--output-file=/dev/null", str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def many_entries(number: int, words: str) -> None:
    """Leaflets without pages, each with a Document of `words`."""
    edition = Edition.objects.get()
    entry = CatalogueEntry.objects.get()
    for place in range(number):
        edition.pk, edition.number, edition.document = None, 100 + place, f'["{words}"]'
        Edition.objects.bulk_create([edition])
        entry.pk, entry.edition, entry.slug = None, edition, f"leaflet-{place:03}"
        entry.locale = f"x{place}"
        CatalogueEntry.objects.bulk_create([entry])


def test_an_export_holds_a_few_documents_at_a_time(page: LeafletPage) -> None:
    many_entries(120, "x" * 100_000)
    tracemalloc.start()
    total = sum(len(file.data) for file in json_files(Selection()))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total > 12_000_000
    assert peak < 5_000_000


def test_an_export_asks_no_question_a_leaflet(page: LeafletPage) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        list(json_files(Selection()))
    many_entries(30, "x")
    with CaptureQueriesContext(connection) as many:
        list(json_files(Selection()))
    assert len(many) == len(few)
