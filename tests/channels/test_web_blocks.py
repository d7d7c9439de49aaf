"""Each type of block as the page shows it, and what never becomes markup."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from patientinfo.channels.parts.links import linked_keys
from patientinfo.channels.web.blocks import Surroundings
from patientinfo.channels.web.frame import frame_of
from patientinfo.channels.web.leaflet import leaflet_view
from patientinfo.channels.web.views import render_leaflet
from tests.channels.web_documents import BLOCKS, META, OTHER_KEY, document, image_urls

HREF = "/en/dry-needling-and-acupuncture-compared/"


def page_of(doc: dict[str, Any], **options: Any) -> BeautifulSoup:
    view = leaflet_view(doc, META, image_urls=image_urls, **options)
    return BeautifulSoup(render_leaflet(view, frame_of(doc["locale"])), "html.parser")


def shown(block_id: str, **options: Any) -> Tag:
    found = page_of(document(), **options).find(id=block_id)
    assert found is not None
    return found


def words(node: Any) -> str:
    return " ".join(node.get_text(" ").split())


def leaflet_with(block: dict[str, Any]) -> dict[str, Any]:
    return document(sections=[{"id": "only", "heading": "Only", "blocks": [block]}])


def test_every_block_type_has_a_sample_here():
    assert {block["type"] for block in BLOCKS} == {
        "paragraph",
        "list",
        "steps",
        "advice",
        "callout",
        "table",
        "image",
        "leaflet_link",
    }


def test_a_paragraph_keeps_its_emphasis_and_links():
    paragraph = shown("p-1", links={OTHER_KEY: HREF})
    assert paragraph.strong.get_text() == "muscles"
    assert [a["href"] for a in paragraph.find_all("a")] == [HREF, "https://example.org/?a=1&b=2"]


def test_a_link_to_a_leaflet_without_a_page_is_plain_text():
    paragraph = shown("p-1", links={})
    assert [a.get_text() for a in paragraph.find_all("a")] == ["this site"]
    assert "the comparison" in words(paragraph)


def test_an_address_with_quotes_stays_an_address():
    paragraph = shown("p-1", links={OTHER_KEY: '/x/"><script>alert(1)</script>/'})
    assert paragraph.find("script") is None


@pytest.mark.parametrize(("block_id", "tag"), [("l-1", "ul"), ("s-1", "ol")])
def test_lists_are_named_by_their_lead_in(block_id, tag):
    listed = shown(block_id).find(tag)
    lead = shown(block_id).find(id=listed["aria-labelledby"])
    assert lead.get_text().endswith(":")
    assert next(li["id"] for li in listed.find_all("li")).endswith("-1")


def test_steps_stay_in_order():
    steps = [words(li) for li in shown("s-1").find_all("li")]
    assert steps == ["We talk.", "We check your muscles.", "We treat them."]


@pytest.mark.parametrize(("block_id", "name"), [("a-1", "Do"), ("a-2", "Do not")])
def test_advice_is_named_in_words_and_not_by_its_icon_alone(block_id, name):
    advice = shown(block_id)
    first = advice["aria-labelledby"].split()[0]
    assert advice["role"] == "group"
    assert words(advice.find(id=first)) == name
    icons = advice.find_all("svg")
    assert len(icons) == len(advice.find_all("li"))
    assert all(icon["aria-hidden"] == "true" for icon in icons)


@pytest.mark.parametrize(
    ("block_id", "name"), [("c-1", "Note"), ("c-2", "Warning"), ("c-3", "Get help now")]
)
def test_call_outs_say_what_kind_they_are(block_id, name):
    callout = shown(block_id)
    named = [words(callout.find(id=part)) for part in callout["aria-labelledby"].split()]
    assert named[0] == name
    assert callout["role"] == "note"


def test_a_telephone_number_can_be_called():
    assert shown("c-3").a["href"] == "tel:112"
    assert shown("c-3").a["dir"] == "ltr"
    assert "data-unsaid" not in shown("c-3").a.attrs


def test_whom_to_call_is_told_in_print():
    around = Surroundings({}, {}, lambda image: {})
    told = '<a data-unsaid="112" href="tel:112">us</a>'
    assert around.inline('<a href="tel:112">us</a>') == told
    told = '<a data-unsaid="a&amp;b@c.example" href="mailto:a&amp;b@c.example">us</a>'
    assert around.inline('<a href="mailto:a&amp;b@c.example">us</a>') == told


def test_a_table_has_caption_and_headers_and_can_be_scrolled_by_keyboard():
    region = shown("t-1")
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert words(region.find(id=region["aria-labelledby"])) == "Two therapies"
    assert [words(th) for th in region.thead.find_all("th")] == ["Dry needling", "Acupuncture"]
    assert [words(th) for th in region.tbody.find_all("th")] == ["Needles", "Depth"]
    assert {th["scope"] for th in region.tbody.find_all("th")} == {"row"}


def test_a_picture_has_sizes_words_and_its_own_rights():
    figure = shown("picture")
    assert figure.img["srcset"] == "/media/p-400.png 400w, /media/p-1600.png 1600w"
    assert (figure.img["width"], figure.img["height"]) == ("1600", "900")
    assert figure.img["alt"] == "A thin needle above a muscle."
    caption = words(figure.figcaption)
    for fact in ("thinner than a hair", "R. Example", "Studio Fictional", "Not to be changed."):
        assert fact in caption


def test_a_picture_that_may_not_be_shown_leaves_only_its_owner():
    figure = shown("picture", parts={"text"})
    assert figure.img is None
    assert "Studio Fictional" in words(figure)
    assert "R. Example" not in words(figure)


def test_a_draft_may_lack_the_picture_it_names():
    assert page_of(document(images=[])).find(id="picture") is None


def test_a_link_block_leads_to_the_leaflet_or_says_its_words():
    assert shown("k-1", links={OTHER_KEY: HREF}).a["href"] == HREF
    plain = shown("k-1")
    assert plain.a is None
    assert words(plain) == "Compared with acupuncture"


def test_all_linked_leaflets_are_found_once():
    assert linked_keys(document()) == {OTHER_KEY}
    assert uuid.UUID(OTHER_KEY)


def foreign_scripts(page: Any) -> list[Any]:
    """Scripts that are not our one file and not the description for search engines."""
    return [
        script
        for script in page.find_all("script")
        if script.get("type") != "application/ld+json"
        and not (script.get("src", "").startswith("/static/patientinfo/") and not script.string)
    ]


EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("member", ["title", "summary", "source_title"])
def test_markup_in_plain_text_is_shown_as_text(member):
    page = page_of(document(**{member: EVIL}))
    assert foreign_scripts(page) == []
    assert page.find("img", src="x") is None
    assert EVIL in page.get_text()


@pytest.mark.parametrize(
    "block",
    [
        {"type": "paragraph", "id": "x", "text": EVIL + "words"},
        {"type": "list", "id": "x", "lead_in": EVIL, "items": [{"id": "y", "text": EVIL}]},
        {
            "type": "callout",
            "id": "x",
            "kind": "note",
            "heading": EVIL,
            "items": [{"id": "y", "text": f'<a href="javascript:alert(1)">{EVIL}</a>'}],
        },
        {
            "type": "table",
            "id": "x",
            "caption": EVIL,
            "columns": [{"id": "c", "text": EVIL}],
            "rows": [{"id": "r", "cells": [EVIL]}],
        },
        {"type": "leaflet_link", "id": "x", "key": OTHER_KEY, "text": EVIL},
    ],
    ids=lambda block: block["type"],
)
def test_markup_in_blocks_never_passes(block):
    page = page_of(leaflet_with(block), links={OTHER_KEY: HREF})
    assert foreign_scripts(page) == []
    assert page.find("img") is None
    assert not [a for a in page.find_all("a") if a.get("href", "").startswith("javascript")]


def test_nothing_is_inline_and_nothing_comes_from_elsewhere():
    page = page_of(document())
    assert foreign_scripts(page) == []
    assert page.find("style") is None
    assert not page.select("[style], [onclick], [onload]")
    fetched = [tag["href"] for tag in page.select("link[rel=stylesheet], link[rel=icon]")]
    assert fetched
    assert all(href.startswith("/static/") for href in fetched)


def test_no_id_stands_twice():
    ids = [tag["id"] for tag in page_of(document(), links={OTHER_KEY: HREF}).select("[id]")]
    assert len(ids) == len(set(ids))
