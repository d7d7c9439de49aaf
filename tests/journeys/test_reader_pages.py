"""Every page of the reader in five languages, judged by programs that we did not write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, expect

from patientinfo.editions.models import CatalogueEntry
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests.journeys.browser import Visitor
from tests.journeys.judges import axe_complaints, html_complaints, java_path
from tests.journeys.staged import staged_pages
from tests.schema_org import expanded, unknown_terms

pytestmark = pytest.mark.browser

OTHER = "dry-needling-and-acupuncture-compared"
PHYSIOTHERAPY = "1f9b6d43-07ce-4a58-9e21-d8c5b2f60a74"  # a topic of the sample
#: How the second leaflet stands in each language.
STANDINGS: dict[str, dict[str, Any]] = {
    "en": {"level": "catalogue"},
    "nl": {"status": "behind", "behind": ["title", "which-treatment"]},
    "es": {"status": "held"},
    "ar": {"status": "recalled"},
}
LOCALES = [code for code, _name in settings.LANGUAGES]
PAGES = {
    "front page": "",
    "front page, nothing found": "?search=xyzzy",
    "index": "leaflets/",
    "search": "leaflets/?search=dry",
    "topic": f"leaflets/?topic={PHYSIOTHERAPY}",
    "leaflet": "dry-needling/",
    "in another state": f"{OTHER}/",
    "in a frame": "dry-needling/embed/",
    "in a frame, in another state": f"{OTHER}/embed/",
    "screen": "dry-needling/screen/",
    "not found": "nothing-here/",
}
WIDE, NARROW = 1280, 390


@pytest.fixture(scope="module", autouse=True)
def staged(db: None) -> dict[str, dict[str, bytes]]:
    """What the sample has no address for, by language and name; made while it is as loaded."""
    return {locale: staged_pages(locale) for locale in LOCALES}


@pytest.fixture(scope="module", autouse=True)
def standings(staged: Any) -> None:
    """A leaflet in every state that a reader can meet; made before the browser is there."""
    for locale, changes in STANDINGS.items():
        CatalogueEntry.objects.filter(slug=OTHER, locale=locale).update(**changes)
    LeafletPage.objects.get(slug=OTHER, locale__language_code="de").unpublish()


@pytest.fixture(scope="module", autouse=True)
def pages(standings: None) -> dict[str, bytes]:
    """The HTML of every page, by language and name; asked for before the browser is there."""
    client = Client()
    return {
        f"{locale}, {name}": client.get(f"/{locale}/{path}").content
        for locale in LOCALES
        for name, path in PAGES.items()
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_nobody_is_kept_out(
    clinic: str, browser: Browser, staged: dict[str, dict[str, bytes]], locale: str
) -> None:
    # A slide fades in; half way its words have little contrast.
    context = browser.new_context(viewport={"width": WIDE, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    addresses = {name: f"{clinic}/{locale}/{path}" for name, path in PAGES.items()}
    for name, content in staged[locale].items():
        addresses[name] = f"{clinic}/{locale}/staged/{name.replace(' ', '-')}/"
        _show(context, addresses[name], content)
    page, found = context.new_page(), {}
    for name, address in addresses.items():
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.goto(address)
        found[name] = axe_complaints(page)
        page.set_viewport_size({"width": NARROW, "height": 844})
        found[f"{name}, narrow"] = axe_complaints(page)
    context.close()
    assert {name: told for name, told in found.items() if told} == {}


def _show(context: BrowserContext, address: str, content: bytes) -> None:
    """At an address of the clinic, so that style sheets and scripts are its own."""
    context.route(
        address, lambda route: route.fulfill(body=content, content_type="text/html; charset=utf-8")
    )


def test_the_pages_that_are_judged_are_those_that_are_meant(
    pages: dict[str, bytes], staged: dict[str, dict[str, bytes]]
) -> None:
    """Judging the page of an error a second time would find nothing either."""
    english, dutch = staged["en"], staged["nl"]
    assert b"?page=1" in english["second page"]
    assert b"This file cannot be made at the moment" in english["not made"]
    assert b'class="leaflet" id="leaflet-' in english["fragment"]
    assert b"banner--redacted" in english["redacted"]
    assert english["without a script"].count(b'<details class="elsewhere" open>') >= 5
    assert b"banner--ahead" in dutch["ahead"]
    assert b"slide--ask" in pages["en, screen"]
    assert b"Physiotherapy" in pages["en, topic"]


def test_every_page_is_valid_html(
    pages: dict[str, bytes], staged: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    if java_path() is None:
        pytest.skip("Java is not installed (Debian: apt install epubcheck)")
    others = {
        f"{locale}, {name}": content
        for locale, made in staged.items()
        for name, content in made.items()
    }
    assert html_complaints(pages | others, tmp_path) == set()


def test_what_leaflets_say_to_search_engines_is_schema_org(pages: dict[str, bytes]) -> None:
    described = 0
    for content in pages.values():
        page = BeautifulSoup(content, "html.parser")
        for script in page.select("script[type='application/ld+json']"):
            made = json.loads(script.string or "")
            assert unknown_terms(made) == set()
            assert expanded(made)["@type"] == ["http://schema.org/MedicalWebPage"]
            described += 1
    assert described == 2 * len(LOCALES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_that_people_choose_stay_readable(
    clinic: str, browser: Browser, scheme: Any
) -> None:
    for more in ({"forced_colors": "active"}, {"contrast": "more"}, {}):
        context = browser.new_context(color_scheme=scheme, **more)  # type: ignore[arg-type]
        page = context.new_page()
        for path in ("ar/dry-needling/", f"es/{OTHER}/", "nl/leaflets/"):
            page.goto(f"{clinic}/{path}")
            assert axe_complaints(page) == []
        context.close()


def test_text_of_twice_the_size_fits(clinic: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 640, "height": 900})
    page = context.new_page()
    for path in ("en/", "de/leaflets/?search=dry", "ar/dry-needling/", "nl/nothing-here/"):
        page.goto(f"{clinic}/{path}")
        page.add_style_tag(content="html { font-size: 212.5% !important }")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()


def test_a_reader_who_changes_the_language_keeps_the_place(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/en/dry-needling/#after-a-treatment")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="Nederlands").click()
    expect(page).to_have_url(f"{visitor.site}/nl/dry-needling/#after-a-treatment")
    visitor.go("/en/dry-needling/")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="Deutsch").click()
    expect(page).to_have_url(f"{visitor.site}/de/dry-needling/")


def test_all_of_it_works_without_a_script(clinic: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{clinic}/en/")
    page.get_by_role("searchbox").fill("trigger")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Dry needling", exact=True).first.click()
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="Nederlands").click()
    expect(page).to_have_url(f"{clinic}/nl/dry-needling/")
    section = page.locator("#after-a-treatment")
    expect(section.get_by_role("link", name="العربية")).to_be_hidden()
    section.locator("summary").focus()
    page.keyboard.press("Enter")
    section.get_by_role("link", name="العربية").click()
    expect(page).to_have_url(f"{clinic}/ar/dry-needling/#after-a-treatment")
    context.close()


def test_where_a_script_keeps_the_place_no_section_has_a_menu(visitor: Visitor) -> None:
    visitor.go("/en/dry-needling/")
    expect(visitor.page.locator("#after-a-treatment")).to_be_visible()
    expect(visitor.page.locator(".elsewhere")).to_have_count(0)
