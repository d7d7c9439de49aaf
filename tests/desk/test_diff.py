"""What changed in a source, and what stands in it."""

from __future__ import annotations

import html

import pytest

from patientinfo.desk.diff import MOST_WORDS, word_diff
from patientinfo.desk.marking import mark_terms
from patientinfo.formats.inline import plain_text
from patientinfo.translation.checks import Term


def test_words_are_marked_one_by_one() -> None:
    assert word_diff("Rest for 2 days.", "Rest for 3 days.") == (
        "Rest for <del>2</del> <ins>3</ins> days."
    )


def test_a_tag_is_changed_as_a_whole() -> None:
    before = 'Read <a href="/en/pain">our page</a> for 3 days.'
    after = 'Read <a href="/en/cramps">our page</a> for 4 days.'
    assert html.unescape(word_diff(before, after)) == (
        'Read <del><a href="/en/pain"></del> <ins><a href="/en/cramps"></ins>our page</a> '
        "for <del>3</del> <ins>4</ins> days."
    )


def test_a_sign_that_begins_no_tag_is_a_word_of_its_own() -> None:
    assert word_diff("if < 3 and > 2", "if < 4 and > 2") == (
        "if &lt; <del>3</del> <ins>4</ins> and &gt; 2"
    )


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '<a href="x">&amp;', "' \" < >"])
def test_both_texts_are_escaped(text: str) -> None:
    for before, after in ((text, "new"), ("old", text), (text, text), ("", text)):
        drawn = word_diff(before, after)
        for tag in ("<ins>", "</ins>", "<del>", "</del>"):
            drawn = drawn.replace(tag, "")
        assert not set(drawn) & set("<>\"'")


def test_very_long_texts_are_shown_before_and_after() -> None:
    long = "<b> " * MOST_WORDS
    assert word_diff(long, "b").startswith("<del>&lt;b&gt; ")
    assert word_diff(long, "b").endswith("<ins>b</ins>")


def test_codes_are_shown_as_they_are_written_and_terms_marked() -> None:
    text = "Tiny <strong>dry</strong> needles &amp; you<br>relax"
    at = plain_text(text).index("dry needles")
    span = (at, at + len("dry needles"), Term("dry needles", "droge “naalden”"))
    assert mark_terms(text, True, [span]) == (
        'Tiny <code class="pd-code" dir="ltr">&lt;strong&gt;</code>'
        '<mark title="droge “naalden”">dry</mark>'
        '<code class="pd-code" dir="ltr">&lt;/strong&gt;</code>'
        '<mark title="droge “naalden”"> needles</mark> &amp; you'
        '<code class="pd-code" dir="ltr">&lt;br&gt;</code>relax'
    )


def test_a_term_after_a_line_break_is_marked_where_it_is() -> None:
    text = "one<br>two three"
    assert mark_terms(text, True, [(4, 7, Term("two", "twee"))]).endswith(
        '<mark title="twee">two</mark> three'
    )


def test_plain_text_is_escaped() -> None:
    assert mark_terms("<b> & you", False, [(6, 9, Term("you", "<u>"))]) == (
        '&lt;b&gt; &amp; <mark title="&lt;u&gt;">you</mark>'
    )
