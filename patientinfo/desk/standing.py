"""
How the edition that readers have of a translation stands beside its source, as the desk tells it.

A change of words is shown segment by segment. One of anything else, a picture, the order of steps,
do or don't, leaves every segment as it was; it is named here, and nobody signs over it from a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from patientinfo.editions.actions import last_edition
from patientinfo.editions.models import CatalogueEntry, Edition, Status
from patientinfo.editions.significance import FACTS
from patientinfo.formats.segments import segments_of
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.staleness import moved, shapes_of

Document = Mapping[str, Any]
STALE = (Status.BEHIND, Status.HELD)


@dataclass(frozen=True, slots=True)
class Standing:
    """
    `sections` are the ids of those in which the source says something else. `beyond_words` says
    that in one of them, or in what stands in none, something else than words changed.
    """

    status: Status
    sections: tuple[str, ...] = ()
    beyond_words: bool = False

    @property
    def is_stale(self) -> bool:
        return self.status in STALE

    @property
    def is_held(self) -> bool:
        return self.status == Status.HELD


CURRENT = Standing(Status.CURRENT)


def standing_of(page: LeafletPage) -> Standing:
    """One query, and three where the translation is behind, held or withdrawn."""
    of = {"key": page.translation_key, "locale": page.locale.language_code}
    found = CatalogueEntry.objects.filter(**of).values_list("status", "behind").first()
    if found is None:
        return CURRENT
    status, behind = Status(found[0]), tuple(found[1])
    if status not in (*STALE, Status.WITHDRAWN):
        return Standing(status)
    sources = _sources(last_edition(**of))
    if sources is None:
        return Standing(status, behind)
    unseen = status in STALE and not behind  # a change that matters, of nothing that stands in one
    return Standing(status, behind, unseen or _is_beyond_words(*sources, behind))


def _sources(edition: Edition | None) -> tuple[Document, Document] | None:
    """What the source said when a translation was signed beside it, and what it says now."""
    if edition is None or not edition.source_locale:
        return None
    sources = Edition.objects.filter(key=edition.key, locale=edition.source_locale)
    beside = sources.filter(number=edition.source_edition).first()
    newest = sources.order_by("-number").first()
    return (beside.data, newest.data) if beside and newest else None


def _is_beyond_words(before: Document, after: Document, behind: tuple[str, ...]) -> bool:
    if any(before.get(name) != after.get(name) for name in FACTS):
        return True
    words = _words(before), _words(after)
    if any(words[0][section] == words[1][section] for section in behind):
        return True
    return _Outline(before).differs(_Outline(after))


class _Outline:
    """
    How a Document is put together, without its words: `parts` of each section and block, in order,
    and what each block `is`. What came or went is seen by its words; what both have is compared.
    """

    def __init__(self, document: Document) -> None:
        shapes = shapes_of(document)
        self.parts: dict[tuple[str, str], list[str]] = {("", "sections"): list(shapes)}
        self.blocks: dict[str, list[Any]] = {}
        for section, blocks in shapes.items():
            self.parts[section, "blocks"] = [block["id"] for block in blocks]
            for block in blocks:
                lists = {name: one for name, one in block.items() if isinstance(one, list)}
                self.parts |= {(block["id"], name): one for name, one in lists.items()}
                self.blocks[block["id"]] = [one for n, one in block.items() if n not in lists]
        self.places = {part: at for at, parts in self.parts.items() for part in parts}

    def differs(self, other: _Outline) -> bool:
        """Whether anything that both have is something else, elsewhere, or in another order."""
        return any(
            mine[key] != theirs[key]
            for mine, theirs in ((self.blocks, other.blocks), (self.places, other.places))
            for key in mine.keys() & theirs.keys()
        ) or any(moved(parts, other.parts.get(at, [])) for at, parts in self.parts.items())


def _words(document: Document) -> defaultdict[str, dict[str, str]]:
    """The hash of each segment, by section and path."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for segment in segments_of(document):
        found[segment.section][segment.path] = segment.hash
    return found
