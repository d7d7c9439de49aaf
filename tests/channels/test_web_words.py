"""Words that are explained: links in the text, and the list that they lead to."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup

from patientinfo.channels.web.frame import frame_of
from patientinfo.channels.web.leaflet import leaflet_view
from patientinfo.channels.web.views import render_leaflet
from patientinfo.channels.web.words import Definition, Words
from tests.channels.web_documents import META, document, image_urls

MUSCLE = Definition("word_1", "muscle", "It moves you.", ("muscle", "Muscles", "muscle & tendon"))
LINK = '<a class="word" href="#word_1">'


def explaining(*forms: str, text: str = "It moves you.") -> dict[str, Any]:
    entry = {"id": "0d5a1c52", "term": "muscle", "text": text, "forms": list(forms)}
    return {**document(), "definitions": [entry]}


def page_of(doc: dict[str, Any], **options: Any) -> BeautifulSoup:
    view = leaflet_view(doc, META, image_urls=image_urls, **options)
    html = render_leaflet(view, frame_of(doc["locale"], view.languages))
    return BeautifulSoup(html, "html.parser")


def test_the_first_in_a_section_is_a_link() -> None:
    words = Words([MUSCLE])
    assert words.link("a muscle, a muscle") == f"a {LINK}muscle</a>, a muscle"
    assert words.link("Muscles") == "Muscles"
    assert words.fresh().link("Muscles") == f"{LINK}Muscles</a>"


def test_only_whole_words_and_the_longest() -> None:
    assert Words([MUSCLE]).link("muscled") == "muscled"
    assert Words([MUSCLE]).link("a muscle &amp; tendon") == f"a {LINK}muscle &amp; tendon</a>"


def test_no_link_in_a_link() -> None:
    text = '<a href="tel:1">a <em>muscle</em></a> <strong>muscle</strong>'
    linked = f'<a href="tel:1">a <em>muscle</em></a> <strong>{LINK}muscle</a></strong>'
    assert Words([MUSCLE]).link(text) == linked


def test_a_page_lists_them_at_the_end_and_every_link_arrives() -> None:
    page = page_of(explaining("muscles", text="It <b>moves</b> you."))
    links = page.select("a.word")
    assert links
    for link in links:
        place = page.find(id=link["href"].removeprefix("#"))
        assert place.find("dfn").text == "muscle"
        assert place.find("dd").text.strip() == "It <b>moves</b> you."
    assert page.select_one('.contents a[href="#page_words"]').text == "Words explained"
    ids = re.findall(r'\bid="([^"]+)"', str(page))
    assert len(ids) == len(set(ids))


def test_a_page_that_explains_nothing_says_nothing_of_it() -> None:
    page = page_of(document())
    assert page.find(id="page_words") is None
    assert not page.select("a.word")


def test_what_may_not_be_read_is_not_explained() -> None:
    page = page_of(explaining("muscles"), parts=())
    assert page.find(id="page_words") is None
