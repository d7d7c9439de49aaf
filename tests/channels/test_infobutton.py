"""An Atom entry of one leaflet."""

from __future__ import annotations

from lxml import etree

from patientinfo.channels.infobutton import ATOM, InfobuttonChannel
from patientinfo.channels.parts.record import LicenceLine
from tests.channels.rendering import rendered
from tests.channels.web_documents import document, translated, translated_meta

INFOBUTTON = InfobuttonChannel()
IN = {"a": ATOM}


def test_a_leaflet_is_a_feed_of_one_entry():
    root = etree.fromstring(rendered(INFOBUTTON, document()))
    (entry,) = root.findall("a:entry", IN)
    assert root.findtext("a:title", namespaces=IN) == "Uplands Physio Clinic"
    assert "A tiny needle treats" in entry.findtext("a:content", namespaces=IN)
    assert "What dry needling is" in entry.findtext("a:summary", namespaces=IN)


def test_without_the_text_there_is_no_content():
    made = rendered(INFOBUTTON, document(), parts=())
    assert b"tiny needle" not in made
    assert etree.fromstring(made).find("a:entry/a:content", IN) is None


def test_a_translation_that_is_behind_says_so_in_its_summary():
    meta = translated_meta("nl", "behind", ("after",))
    root = etree.fromstring(rendered(INFOBUTTON, translated("nl"), meta))
    summary = root.findtext("a:entry/a:summary", namespaces=IN)
    assert "ouder dan het origineel" in summary
    assert "What can I expect afterwards?" in summary


def test_without_content_the_summary_has_the_record_and_how_to_ask():
    root = etree.fromstring(rendered(INFOBUTTON, document(), parts=()))
    summary = root.findtext("a:entry/a:summary", namespaces=IN)
    for words in (
        "3 · November 23, 2026",
        "<strong>State</strong>: Current",
        "April 8, 2028",
        "Dr P. Approver (fictional)",
        "Another language or format",
        "info@uplands.example",
        "The text: it may be shown only with permission.",
    ):
        assert words in summary, words


def test_with_content_the_summary_says_edition_review_and_credit():
    licence = LicenceLine("UPC-2026-0042", "By permission of the clinic")
    root = etree.fromstring(rendered(INFOBUTTON, document(), licence=licence))
    summary = root.findtext("a:entry/a:summary", namespaces=IN)
    assert "3 · November 23, 2026" in summary
    assert "April 8, 2028" in summary
    assert "By permission of the clinic (UPC-2026-0042)" in summary
