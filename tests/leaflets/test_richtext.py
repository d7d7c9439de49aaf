"""Stored rich text, to and from the inline HTML of Documents."""

from __future__ import annotations

import pytest

from patientinfo.leaflets.richtext import (
    linked_keys,
    linked_page_ids,
    paragraphs,
    to_inline,
    to_stored,
)

KEY = "0b0f3c9e-7a34-4f68-9f0f-3f3ad8a6e8f1"


@pytest.mark.parametrize(
    ("stored", "inline"),
    [
        ('<p data-block-key="x">A <b>b</b> <i>c</i></p>', "A <strong>b</strong> <em>c</em>"),
        ('<p><a linktype="page" id="3">x</a></p>', f'<a href="urn:uuid:{KEY}">x</a>'),
        ('<p><a id="3" linktype="page">x</a></p>', f'<a href="urn:uuid:{KEY}">x</a>'),
        ('<p><a linktype="page" id="4">gone</a></p>', "gone"),
        ('<p><a linktype="document" id="3">file</a></p>', "file"),
        ('<p><a href="https://x.example/">x</a></p>', '<a href="https://x.example/">x</a>'),
        ('<p>one<br/>two</p><embed embedtype="image" id="3"/>', "one<br>two"),
        ("", ""),
    ],
)
def test_stored_text_becomes_inline_html(stored: str, inline: str) -> None:
    assert to_inline(stored, {3: KEY}) == inline


def test_page_links_are_found() -> None:
    stored = ['<a linktype="page" id="3">x</a>', '<a id="44" linktype="page">y</a> <a href="h">']
    assert linked_page_ids(stored) == {3, 44}


@pytest.mark.parametrize(
    "inline",
    [
        "A <strong>b</strong> <em>c</em> H<sub>2</sub>O m<sup>2</sup>",
        f'<a href="urn:uuid:{KEY}">x</a> and <a href="https://x.example/?a=1&amp;b=2">y</a>',
        "one<br>two &lt;b&gt; &amp;",
        "",
    ],
)
def test_inline_html_comes_back_as_it_was(inline: str) -> None:
    assert to_inline(to_stored(inline, {KEY: 3}), {3: KEY}) == inline


def test_a_link_to_a_leaflet_without_a_page_leaves_its_words() -> None:
    inline = f'<a href="urn:uuid:{KEY}">x</a>'
    assert to_stored(inline, {}) == "<p>x</p>"
    assert linked_keys([inline]) == {KEY}


def test_paragraphs_stay_whole_when_there_is_one() -> None:
    assert paragraphs('<p data-block-key="k">One.</p>') == ['<p data-block-key="k">One.</p>']
    assert paragraphs("<p>One.</p>\n<p>Two <b>b</b>.</p>") == [
        "<p>One.</p>",
        "<p>Two <b>b</b>.</p>",
    ]
