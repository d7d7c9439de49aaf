"""
The references of a translation: those of its source, or a list of its own.

A guideline in the reader's language may take the place of the source's. The list is kept like other
parts of a language's own (`overrides`). A list that was typed into the page editor, before the desk
had a place for it, is its own too, unless the source has or had the same: then it is a copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.overrides import Overrides

LOOKED_AT = 20  # revisions of the source, newest first, whose references are known too

#: The words of a reference, and its address or nothing.
Listed = tuple[str, str]


@dataclass(frozen=True, slots=True)
class References:
    """What a translation shows, what its source does, and whether the first is its own list."""

    shown: list[Listed]
    source: list[Listed]
    own: bool


def references_of(page: LeafletPage, source: LeafletPage, overrides: Overrides) -> References:
    """Of the page as it stands in memory. No query where page and source have the same list."""
    theirs, mine = listed(source), listed(page)
    if overrides.references:
        return References([(row.caption, row.href) for row in overrides.references], theirs, True)
    if not mine or mine == theirs or mine in _earlier(source):
        return References(theirs, theirs, False)
    return References(mine, theirs, True)


def listed(page: LeafletPage) -> list[Listed]:
    return [(reference.text, reference.url) for reference in page.references.all()]


def _earlier(source: LeafletPage) -> Iterator[list[Listed]]:
    revisions = source.revisions.order_by("-created_at", "-pk")[:LOOKED_AT]
    for content in revisions.values_list("content", flat=True):
        rows = content.get("references") or []
        yield [(row.get("text") or "", row.get("url") or "") for row in rows]


def set_references(page: LeafletPage, wanted: Sequence[Listed]) -> None:
    """Gives `page` (unsaved) these references; rows that are right are kept."""
    if listed(page) != list(wanted):
        page.references = [
            page.references.model(text=text, url=url, sort_order=order)
            for order, (text, url) in enumerate(wanted)
        ]
