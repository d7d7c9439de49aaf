"""Inline HTML falls into words and codes, and comes together again as it was."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patientinfo.formats.inline_codes import (
    MAX_DEPTH,
    Lone,
    Pair,
    codes_of,
    number_codes,
    parse_inline,
    spell,
)
from tests.formats.samples import INLINE, MARKUP, TEXTS


@given(st.one_of(TEXTS, INLINE))
def test_nothing_is_lost(text: str) -> None:
    nodes = parse_inline(text)
    assert spell(nodes) == text
    runs = [isinstance(node, str) for node in nodes]
    assert not any(one and other for one, other in pairwise(runs))


@pytest.mark.parametrize("text", MARKUP)
def test_no_markup_is_lost(text: str) -> None:
    assert spell(parse_inline(text)) == text


LINK = '<a href="https://example.org/?a=1&amp;b=2">'


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("", ()),
        ("a &amp; b", ("a & b",)),
        ("a<br>b", ("a", Lone("<br>"), "b")),
        (f"{LINK}x</a>", (Pair(LINK, ("x",)),)),
        (
            "<em>a <strong>b</strong></em>",
            (Pair("<em>", ("a ", Pair("<strong>", ("b",)))),),
        ),
        ("<em>a", (Lone("<em>"), "a")),
        ("a</em>", ("a", Lone("</em>"))),
        (
            "<em>a<strong>b</em>c</strong>",
            (Pair("<em>", ("a", Lone("<strong>"), "b")), "c", Lone("</strong>")),
        ),
        ("a & b", ("a ", Lone("&"), " b")),
        ("<b>a", (Lone("<"), "b", Lone(">"), "a")),
    ],
)
def test_what_a_text_falls_into(text: str, nodes: tuple) -> None:
    assert parse_inline(text) == nodes


def test_codes_never_stand_too_deep_in_one_another() -> None:
    text = "<em>" * 5000 + "x" + "</em>" * 5000
    nodes = parse_inline(text)
    assert spell(nodes) == text
    depth = 0
    while any(isinstance(node, Pair) for node in nodes):
        nodes = next(node.content for node in nodes if isinstance(node, Pair))
        depth += 1
    assert depth == MAX_DEPTH


def test_a_translation_keeps_the_numbers_of_its_source() -> None:
    source = parse_inline("<em>a</em><br><em>b</em>")
    target = parse_inline("<br><strong>c</strong><em>a</em><em>b</em><em>c</em>")
    assert list(number_codes(source)) == [1, 2, 3]
    assert list(number_codes(target, source)) == [2, 4, 1, 3, 5]
    assert len(list(codes_of(target))) == 5


def test_half_a_code_is_not_the_whole() -> None:
    assert list(number_codes(parse_inline("<em>a"), parse_inline("<em>a</em>"))) == [2]
