"""What files cost: no question a segment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patientinfo.editions.models import Edition
from patientinfo.exchange.catalogs import translation_file
from patientinfo.exchange.export import export_one
from patientinfo.exchange.importing import import_file
from patientinfo.exchange.kinds import KINDS
from patientinfo.exchange.results import Imported
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import fake


def import_changed(most: int) -> Imported:
    """A file in which so many texts are changed."""
    file = translation_file(Edition.objects.get(locale="en"), "nl")
    units = tuple(
        replace(u, target=f"{fake(u.source, 'nl')} x{'y' * most}", state="translated")
        if place < most
        else u
        for place, u in enumerate(file.units)
    )
    return import_file(replace(file, units=units), "a.xliff")


def queries(page: LeafletPage, most: int) -> int:
    """How many an import of so many changed texts takes."""
    with CaptureQueriesContext(connection) as asked:
        assert import_changed(most).stored == most
    return len(asked)


def test_an_import_asks_no_question_a_segment(page: LeafletPage, dutch: LeafletPage) -> None:
    queries(page, 1)  # what is cached for the process is asked for once
    few, many = queries(page, 2), queries(page, 20)
    assert abs(many - few) <= 2, (few, many)
    assert many < 40, many


def test_a_whole_leaflet_of_new_words_costs_as_little(page: LeafletPage) -> None:
    builders.translate(page, "nl", {}, publish=False)
    assert queries(page, 20) < 40


def test_an_import_asks_for_the_page_and_its_source_at_once(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert import_changed(2).stored == 2
    pages = [query for query in asked if 'FROM "patientinfo_leafletpage"' in query["sql"]]
    assert len(pages) == 1, pages


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_asks_three_questions(page: LeafletPage, dutch: LeafletPage, kind: str) -> None:
    edition = Edition.objects.get(locale="en")
    with CaptureQueriesContext(connection) as asked:
        export_one(edition, "nl", "needling.nl", kind)
    assert len(asked) == 3  # the words, what was remarked on them, parts of their own
