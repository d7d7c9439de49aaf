"""From an editor's keyboard to what readers and programs get, in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from home.management.commands.load_sample import DEVELOPMENT_PASSWORD
from patientinfo.formats.canonical import canonical_bytes, digest_bytes
from tests.journeys.browser import Visitor
from tests.journeys.editor import choose, open_leaflet, reword, saved, section

pytestmark = pytest.mark.browser

NEW_SENTENCE = "Dry needling treats muscles with a very thin needle, so that they hurt less."


def key_of(visitor: Visitor, slug: str) -> str:
    listed = visitor.read("/api/v1/pages/?locale=en")["items"]
    found: str = next(entry["key"] for entry in listed if entry["slug"] == slug)
    return found


def words(document: dict[str, Any], section_id: str) -> list[str]:
    """The texts of a section's paragraphs."""
    found = next(part for part in document["sections"] if part["id"] == section_id)
    return [block["text"] for block in found["blocks"] if block["type"] == "paragraph"]


def issued_text(visitor: Visitor, path: str) -> str:
    """An edition's answer as it came over the wire."""
    answer = visitor.page.request.get(f"{visitor.site}{path}")
    assert answer.status == 200
    return answer.text()


def test_a_changed_sentence_becomes_the_next_edition(visitor: Visitor) -> None:
    pages = f"/api/v1/pages/{key_of(visitor, 'dry-needling')}"
    first = visitor.read(f"{pages}/en/")["document"]
    first_bytes = canonical_bytes(first).decode()

    visitor.sign_in("admin", DEVELOPMENT_PASSWORD)
    open_leaflet(visitor, "English", "Dry needling")
    opened = section(visitor, "What is dry needling?")
    reword(opened.locator(".Draftail-Editor").get_by_role("textbox").first, NEW_SENTENCE)
    choose(visitor, "Publish")
    expect(visitor.page.get_by_text("has been published")).to_be_visible()

    second = visitor.read(f"{pages}/en/")
    assert second["meta"]["edition"] == second["document"]["edition"] == 2
    assert words(second["document"], "what-is-dry-needling")[0] == NEW_SENTENCE
    assert second["meta"]["digest"] == digest_bytes(canonical_bytes(second["document"]))

    kept = visitor.read(f"{pages}/en/editions/1/")
    assert kept["document"] == first
    assert first_bytes in issued_text(visitor, f"{pages}/en/editions/1/")
    assert kept["meta"]["digest"] == digest_bytes(first_bytes.encode())

    for locale in ("ar", "de", "es", "nl"):
        meta = visitor.read(f"{pages}/{locale}/")["meta"]
        assert (meta["edition"], meta["status"]) == (1, "behind")
        assert meta["source"]["behind"] == ["what-is-dry-needling"]
        assert (meta["source"]["edition"], meta["source"]["current_edition"]) == (1, 2)

    visitor.go("/en/dry-needling/")
    expect(visitor.page.get_by_text(NEW_SENTENCE)).to_be_visible()
    visitor.go("/nl/dry-needling/")
    banner = visitor.page.get_by_role("complementary", name="Toestand van deze folder")
    expect(banner.get_by_role("link", name="Wat is dry needling?")).to_be_visible()


def test_a_clinician_approves_what_an_editor_submits(visitor: Visitor, settings: Settings) -> None:
    slug = "dry-needling-and-acupuncture-compared"
    page = visitor.page
    visitor.sign_in("editor", DEVELOPMENT_PASSWORD)
    open_leaflet(visitor, "English", "Dry needling and acupuncture compared")
    summary = "Two treatments with needles, and what sets them apart."
    page.get_by_role("textbox", name="Summary").fill(summary)
    saved(page)
    page.get_by_role("button", name="More actions").last.click()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Submit to Clinical approval").click()
    expect(page.get_by_text("has been submitted for moderation")).to_be_visible()
    path = f"/api/v1/pages/{key_of(visitor, slug)}/en/"
    assert visitor.read(path)["document"]["summary"] != summary

    # Pressing the button makes Wagtail's form another, so its autosave may send the same act once
    # more before the page goes; it comes too late, and its error is seen by nobody but us.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    page.context.clear_cookies()
    visitor.sign_in("admin", DEVELOPMENT_PASSWORD)
    page.get_by_role("link", name="Dry needling and acupuncture compared").first.click()
    choose(visitor, "Approve and Publish")
    expect(page.get_by_text("has been updated")).to_be_visible()

    document = visitor.read(path)["document"]
    assert (document["edition"], document["summary"]) == (2, summary)
    today = datetime.now(UTC).date().isoformat()
    approvers = document["people"]["approvers"]
    assert [(person["name"], person["on"]) for person in approvers] == [
        ("Dr Ada Vermeer (fictional)", today)
    ]


def test_a_leaflet_without_a_summary_is_not_published(visitor: Visitor) -> None:
    path = f"/api/v1/pages/{key_of(visitor, 'dry-needling')}/en/"
    before = visitor.read(path)["meta"]["edition"]
    visitor.sign_in("admin", DEVELOPMENT_PASSWORD)
    open_leaflet(visitor, "English", "Dry needling")
    summary = visitor.page.get_by_role("textbox", name="Summary")
    words = summary.input_value()
    summary.fill("")
    saved(visitor.page)
    choose(visitor, "Publish")
    refusal = "Write a summary: patients and search results see it first."
    expect(visitor.page.get_by_text(refusal)).to_be_visible()
    assert visitor.read(path)["meta"]["edition"] == before

    # A refused form is stored as a draft at once; two at a time would be told of each other.
    saved(visitor.page)
    summary.fill(words)
    visitor.page.get_by_role("button", name="Save draft").click()
    expect(visitor.page.get_by_text(refusal)).to_have_count(0)


def test_an_arabic_reader_changes_language_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/ar/dry-needling/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.get_by_role("heading", level=1)).to_have_text("الوخز بالإبر الجافة")

    dutch = page.get_by_role("navigation").get_by_role("link", name="Nederlands")
    for _step in range(15):
        page.keyboard.press("Tab")
        if dutch.evaluate("link => link === document.activeElement"):
            break
    expect(dutch).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visitor.site}/nl/dry-needling/")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
