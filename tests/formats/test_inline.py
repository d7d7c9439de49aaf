"""One spelling of inline HTML, out of whatever editors, translators and clients send."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patientinfo.formats.inline import (
    clean_inline,
    clean_text,
    links_of,
    plain_text,
    says_something,
)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<p>One</p>", "One"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("<b>bold</b> and <i>slanted</i>", "<strong>bold</strong> and <em>slanted</em>"),
        ("H<sub>2</sub>O, m<sup>2</sup>", "H<sub>2</sub>O, m<sup>2</sup>"),
        ("a<br/>b<br>c", "a<br>b<br>c"),
        ('<span style="color:red">red</span>', "red"),
        ("<p data-block-key='x1'>keys go</p>", "keys go"),
        ("a <!-- remark --> b", "a b"),
        ("x <script>alert('1')</script> y", "x y"),
        ("x <style>p {}</style>y", "x y"),
        ("before <script>for ever", "before"),
        ("<strong>open", "<strong>open</strong>"),
        ("<b>more</b> than <a href='x", "<strong>more</strong> than &lt;a href='x"),
        ("open <!-- remark", "open &lt;!-- remark"),
        ("<b>a <i>b</b> c</i>", "<strong>a <em>b</em></strong> c"),
        ("stray</em> end", "stray end"),
        ("5 &lt; 6 &amp; 7 &gt; 6", "5 &lt; 6 &amp; 7 &gt; 6"),
        ("caf&eacute; &#x2019;", "café ’"),
        ("&amp;lt;b&amp;gt;", "&amp;lt;b&amp;gt;"),
        ("'quotes' \"stay\"", "'quotes' \"stay\""),
        ("  many \n\t spaces  ", "many spaces"),
        ("cafe\u0301", "café"),
        ("caf<span>e</span>\u0301", "café"),
        ("nul\x00 and vertical tab\x0b and half \ud800", "nul and vertical tab and half"),
        ("", ""),
    ],
)
def test_a_fragment_has_one_spelling(sent: str, kept: str) -> None:
    assert clean_inline(sent) == kept


@pytest.mark.parametrize(
    "href",
    [
        "https://clinic.example/a?b=1&c=2",
        "http://clinic.example/",
        "mailto:ask@clinic.example",
        "tel:+15550100",
        "urn:uuid:0b0f3c9e-7a34-4f68-9f0f-3f3ad8a6e8f1",
    ],
)
def test_links_that_a_leaflet_may_have_stay(href: str) -> None:
    cleaned = clean_inline(f'<a class="x" href="{href}" onclick="y()" target="_blank">words</a>')
    assert links_of(cleaned) == [href]
    assert plain_text(cleaned) == "words"
    assert "onclick" not in cleaned


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java&#115;cript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//elsewhere.example/",
        "/relative/",
        "#anchor",
        "",
    ],
)
def test_links_that_a_leaflet_may_not_have_leave_their_words(href: str) -> None:
    assert clean_inline(f'<a href="{href}">words</a>') == "words"


def test_an_href_cannot_break_out_of_its_attribute() -> None:
    cleaned = clean_inline("<a href='https://x.example/\"><script>alert(1)</script>'>x</a>")
    assert "<script" not in cleaned
    assert links_of(cleaned) == ['https://x.example/"><script>alert(1)</script>']


def test_a_link_in_a_link_is_one_link() -> None:
    sent = '<a href="https://a.example/">one <a href="https://b.example/">two</a></a>'
    assert clean_inline(sent) == '<a href="https://a.example/">one two</a>'


def test_a_combining_sign_never_joins_a_tag() -> None:
    # U+0338 after ">" composes to "≯" when a whole string is normalised.
    assert clean_inline("<b>\u0338x</b>") == "<strong>\u0338x</strong>"


_FRAGMENTS = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "<b>", "</b>", "<i>", "</i>", "<p>", "</p>", "<br/>", "<script>", "</script>", "&",
                "<span>", "</span>", '<a href="https://x.example/?a=1&amp;b">', "</a>", "&amp;",
                "<", "&lt;", "<!--", "-->", "e", "\u0301", " ", "\xa0", "<sup>", "<template>",
                "&#0;",
            ]
        ),
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(_FRAGMENTS)
def test_cleaning_twice_changes_nothing(fragment: str) -> None:
    once = clean_inline(fragment)
    assert clean_inline(once) == once


@given(st.text())
def test_one_paragraph_is_spelt_like_any_other_block(text: str) -> None:
    assert clean_inline(f"<p>{text}</p>") == clean_inline(f"<div>{text}</div>")


@given(_FRAGMENTS)
def test_only_the_closed_subset_comes_out_and_every_tag_is_closed(fragment: str) -> None:
    depth: list[str] = []
    for part in clean_inline(fragment).split("<")[1:]:
        tag = part.split(">")[0].split(" ")[0]
        if tag.startswith("/"):
            assert depth.pop() == tag[1:]
        elif tag != "br":
            assert tag in {"a", "strong", "em", "sub", "sup"}
            depth.append(tag)
    assert depth == []


@given(st.text())
def test_plain_text_has_one_spelling(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode()  # no half of a character is left


def test_plain_text_of_a_fragment_is_its_words() -> None:
    assert plain_text('A <a href="https://x.example/">b</a><br>c &amp; d') == "A b c & d"


@pytest.mark.parametrize("fragment", ["<![foo[ x", "a <![CDATA[b]]> c", "<!["])
def test_a_marked_section_is_words(fragment: str) -> None:
    assert plain_text(clean_inline(fragment)) == fragment


@pytest.mark.parametrize("begun", ["<a ", "<a x='", "<!--", "</"])
def test_tags_without_an_end_are_not_pondered(begun: str) -> None:
    started = process_time()
    assert plain_text(clean_inline(begun * 60_000)) == (begun * 60_000).strip()
    assert process_time() - started < 5


@pytest.mark.parametrize("marks", ["\u200f", "\u00ad \u200e", "<br>\u200f"])
def test_what_nobody_sees_says_nothing(marks: str) -> None:
    assert not says_something(marks)
    assert says_something(f"{marks}ألم")
