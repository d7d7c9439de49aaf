"""The sample on paper, in five languages: its words in order, its tags, and nothing lost."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from patientinfo.channels.pdf.content import texts_of
from patientinfo.channels.pdf.fonts import in_order, packages
from patientinfo.channels.registry import channels
from patientinfo.formats.inline import plain_text
from patientinfo.formats.segments import Segment, segments_of
from tests.channels.pdf_reading import UNSEEN, PaperReader
from tests.channels.samples import LOCALES, made, sample

PAPER = ("pdf", "large-print")
each = pytest.mark.parametrize(
    ("name", "locale"), [(name, locale) for name in PAPER for locale in LOCALES]
)


@cache
def read(name: str, locale: str) -> PaperReader:
    return PaperReader(made(channels()[name], locale))


@cache
def said(name: str, locale: str) -> str:
    """The letters of all pages, without what stands at the head and foot of each."""
    pages = [page.splitlines() for page in read(name, locale).raw_text().split("\f") if page]
    on = Counter(line for page in pages for line in {letters(line, "L") for line in page})
    return "".join(
        letters(line) for page in pages for line in page if on[letters(line, "L")] <= len(pages) / 2
    )


def letters(text: str, kept: str = "LN") -> str:
    """
    Letters and digits, wherever lines break. A sign above or below a letter is drawn before it or
    after it, and readers of paper do not agree which: those are counted apart.
    """
    spelt = unicodedata.normalize("NFKC", UNSEEN.sub("", text))
    apart = unicodedata.normalize("NFD", spelt)
    return "".join(c for c in apart if unicodedata.category(c)[0] in kept)


def drawn(document: dict[str, Any]) -> list[Segment]:
    """
    What is seen on paper, in one place: not what is heard of a picture, nor the message for a
    phone; and the title stands at the head of each page.
    """
    unseen = ("/alt", "short_text", "title")
    return [s for s in segments_of(document) if not s.path.endswith(unseen)]


@each
def test_every_word_is_there_in_the_order_of_the_document(name: str, locale: str) -> None:
    whole, at = said(name, locale), 0
    for segment in drawn(sample(locale)):
        words = letters(plain_text(segment.text))
        found = whole.find(words, at)
        assert found >= 0, f"{segment.path} is not there, or not in its place"
        at = found


@each
def test_no_sign_above_or_below_a_letter_is_lost(name: str, locale: str) -> None:
    words = " ".join(plain_text(segment.text) for segment in drawn(sample(locale)))
    wanted = Counter(letters(words, "M"))
    there = Counter(letters(read(name, locale).raw_text(), "M"))
    assert not wanted - there
    assert bool(wanted) is (locale != "en")


@each
def test_it_is_tagged_as_it_is_to_be_read(name: str, locale: str) -> None:
    document, paper = sample(locale), read(name, locale)
    assert paper.is_ua
    assert paper.problems() == []
    assert paper.root.Lang == locale
    assert paper.title == document["title"]
    levels = paper.heading_levels()
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(2) >= len(document["sections"])
    headings = [section["heading"] for section in document["sections"]]
    assert [heading for heading in paper.outline() if heading in headings] == headings
    assert [image["alt"] for image in document["images"]] == [
        alt for alt in paper.alt_texts() if alt in {i["alt"] for i in document["images"]}
    ]


@each
def test_a_leaflet_is_set_in_the_font_of_most_of_its_letters(name: str, locale: str) -> None:
    """English names other languages in their own letters, and Arabic has names in Latin ones."""
    assert read(name, locale).fonts() == {"NotoSansArabic" if locale == "ar" else "NotoSans"}


def test_a_word_in_other_letters_has_the_font_of_its_own() -> None:
    document = sample("nl") | {"title": "Dry needling, الوخز بالإبر"}
    assert in_order([*texts_of(document), "العربية"]) == packages()
    assert in_order(["الوخز بالإبر الجافة: dry needling"])[0] == "fontpkg_noto_sans_arabic"
    assert in_order([]) == packages()
