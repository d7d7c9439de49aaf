"""A leaflet for a page of somebody else's."""

from __future__ import annotations

import base64
import json
import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from patientinfo.channels.fragment import FragmentChannel, HtmlChannel
from patientinfo.channels.parts.record import LicenceLine
from tests.channels.rendering import rendered
from tests.channels.web_documents import DIGEST, META, document, translated, translated_meta
from tests.journeys.judges import html_complaints, java_path
from tests.schema_org import unknown_terms

FRAGMENT = FragmentChannel()


def made(*args, **more):
    return BeautifulSoup(rendered(FRAGMENT, *args, **more), "html.parser")


def test_its_headings_leave_the_first_level_to_the_page_around_it():
    page = made(document())
    assert page.h1 is None
    assert page.h2.get_text() == "Dry needling"
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile(r"^h\d$"))]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_brings_nothing_that_acts_or_is_fetched():
    page = made(document())
    assert page.find(["script", "style", "link", "iframe", "form", "meta", "html"]) is None
    assert not [tag for tag in page.find_all() if {"style", "onclick", "srcset"} & set(tag.attrs)]
    picture = page.img
    kind, _, content = picture["src"].partition(";base64,")
    assert (kind, picture["alt"]) == ("data:image/png", "A thin needle above a muscle.")
    assert base64.b64decode(content).startswith(b"\x89PNG")


def test_no_id_is_one_of_the_page_around_it():
    assert all(tag["id"].startswith("leaflet-") for tag in made(document()).find_all(id=True))


def test_it_says_whose_it_is_and_where_it_came_from():
    licence = LicenceLine("PL-2026-0001", "Reproduced with permission of Uplands")
    page = made(document(), licence=licence)
    credit = page.article.find_all("p")[-1].a
    assert credit.get_text() == "Reproduced with permission of Uplands"
    assert credit["href"] == "https://uplands.example/en/dry-needling/"
    assert "PL-2026-0001" in page.get_text()
    assert DIGEST in page.get_text()
    assert made(document()).article.find_all("p")[-1].get_text().startswith("Information for")


def test_it_runs_in_the_direction_of_its_language():
    article = made(translated("ar"), translated_meta("ar")).article
    assert (article["lang"], article["dir"]) == ("ar", "rtl")


def test_words_never_become_markup():
    evil = "<script>alert(1)</script>"
    page = made(document(title=evil, summary=evil))
    assert page.find("script") is None
    assert page.h2.get_text() == evil


def test_as_a_page_it_needs_nothing_beside_it():
    page = BeautifulSoup(rendered(HtmlChannel(), document()), "html.parser")
    assert (page.html["lang"], page.html["dir"]) == ("en", "ltr")
    assert [h1.get_text() for h1 in page.find_all("h1")] == ["Dry needling"]
    assert page.title.get_text() == "Dry needling"
    assert page.find("link", rel="canonical")["href"].endswith("/en/dry-needling/")
    assert page.find("link", hreflang="ar")["href"].endswith("/ar/dry-needling/")
    assert (
        unknown_terms(json.loads(page.find("script", type="application/ld+json").string)) == set()
    )
    assert len(page.find_all("script")) == 1
    assert page.img["src"].startswith("data:image/png;base64,")
    for piece in made(document()).find_all("p"):
        assert piece.get_text() in page.get_text()


def test_no_title_ends_the_pages_head():
    evil = "</script><script>alert(1)</script></title>"
    page = BeautifulSoup(rendered(HtmlChannel(), document(title=evil)), "html.parser")
    assert page.title.get_text() == evil
    assert len(page.find_all("script")) == 1


@pytest.mark.skipif(java_path() is None, reason="Java is not installed (Debian: default-jre)")
def test_a_page_and_a_page_with_the_piece_are_html(tmp_path):
    pages = {}
    for locale in ("en", "nl", "de", "es", "ar"):
        doc, meta = document(), META
        if locale != "en":
            doc, meta = translated(locale), translated_meta(locale, "behind", ("after",))
        pages[f"page-{locale}"] = rendered(HtmlChannel(), doc, meta)
        piece = rendered(FRAGMENT, doc, meta).decode()
        around = f'<!DOCTYPE html><html lang="{locale}"><title>A site</title><h1>A site</h1>{piece}'
        pages[f"piece-{locale}"] = around.encode()
    assert html_complaints(pages, tmp_path) == set()
