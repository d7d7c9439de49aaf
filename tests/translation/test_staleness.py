"""Which sections of a translation no longer say what the source says."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from patientinfo.formats.segments import segments_of
from patientinfo.translation.staleness import moved, stale_sections
from tests.formats.whole_document import every_block, whole_document

Document = dict[str, Any]


@pytest.fixture
def source() -> Document:
    more = {"id": "more", "heading": "More", "blocks": [{**every_block()[0], "id": "more-para"}]}
    document = whole_document()
    document["sections"].append(more)
    return document


@pytest.fixture
def made_from(source: Document) -> dict[str, str]:
    return {segment.path: segment.hash for segment in segments_of(source)}


@pytest.fixture
def translation(source: Document) -> Document:
    """Its own words do not matter here: what counts is from what they were made."""
    return {**copy.deepcopy(source), "locale": "nl"}


def test_a_translation_of_today_is_not_stale(
    source: Document, translation: Document, made_from: dict[str, str]
) -> None:
    assert stale_sections(translation, source, made_from) == []


def _block(document: Document, kind: str) -> Document:
    blocks: list[Document] = document["sections"][0]["blocks"]
    return next(block for block in blocks if block["type"] == kind)


_CHANGES: dict[str, tuple[Callable[[Document], Any], list[str]]] = {
    "title": (lambda d: d.update(title="Another"), ["title"]),
    "summary": (lambda d: d.update(summary="Another"), ["summary"]),
    "heading": (lambda d: d["sections"][1].update(heading="Another"), ["more"]),
    "paragraph": (lambda d: _block(d, "paragraph").update(text="Another"), ["what"]),
    "cell": (lambda d: _block(d, "table")["rows"][0]["cells"].__setitem__(1, "often"), ["what"]),
    "alt text": (lambda d: d["images"][0].update(alt="Another"), ["what"]),
    "new section": (
        lambda d: d["sections"].append({"id": "new", "heading": "New", "blocks": []}),
        ["new"],
    ),
    "dropped section": (lambda d: d["sections"].pop(), ["more"]),
    "dropped paragraph": (lambda d: d["sections"][0]["blocks"].pop(0), ["what"]),
    "dropped item": (lambda d: _block(d, "list")["items"].pop(), ["what"]),
    "do, not don't": (lambda d: _block(d, "advice").update(kind="do"), ["what"]),
    "not urgent any more": (lambda d: _block(d, "callout").update(kind="note"), ["what"]),
    "other order": (lambda d: _block(d, "list")["items"].reverse(), ["what"]),
    "list made steps": (lambda d: _block(d, "list").update(type="steps"), ["what"]),
    "another picture": (lambda d: d["images"][0].update(digest="sha256:" + "1" * 64), ["what"]),
    "another link": (lambda d: _block(d, "leaflet_link").update(key="other"), ["what"]),
    "moved to another section": (
        lambda d: d["sections"][1]["blocks"].append(d["sections"][0]["blocks"].pop(0)),
        ["what", "more"],
    ),
    "two sections": (lambda d: [s.update(heading="Another") for s in d["sections"]], None),
}


@pytest.mark.parametrize(("change", "stale"), _CHANGES.values(), ids=_CHANGES.keys())
def test_a_change_of_the_source_makes_exactly_its_section_stale(
    source: Document,
    translation: Document,
    made_from: dict[str, str],
    change: Callable[[Document], Any],
    stale: list[str] | None,
) -> None:
    change(source)
    assert stale_sections(translation, source, made_from) == (stale or ["what", "more"])


def test_a_section_that_stands_elsewhere_is_stale(
    source: Document, translation: Document, made_from: dict[str, str]
) -> None:
    source["sections"].reverse()
    assert len(stale_sections(translation, source, made_from)) == 1  # one moved past the other


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abcd", "abcd", ""),
        ("abcd", "dabc", "d"),
        ("abcd", "acbd", "c"),
        ("abcd", "axbd", ""),
        ("abcd", "bd", ""),
        ("", "ab", ""),
    ],
)
def test_the_fewest_are_named_that_moved(before: str, after: str, expected: str) -> None:
    assert moved(list(before), list(after)) == list(expected)


def test_other_facts_are_not_words(
    source: Document, translation: Document, made_from: dict[str, str]
) -> None:
    source.update(review_due="2040-01-01", contact=None, edition=7, references=[])
    assert stale_sections(translation, source, made_from) == []


def test_a_translation_that_lacks_a_segment_is_stale(
    source: Document, translation: Document, made_from: dict[str, str]
) -> None:
    _block(translation, "paragraph")["text"] = ""
    assert stale_sections(translation, source, made_from) == ["what"]
