"""
How the edition that readers have of a translation stands beside its source, as the desk tells it.

A change of words is shown segment by segment. One of anything else, a picture, the order of steps,
do or don't, leaves every segment as it was; it is named here, and nobody signs over it from a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from patientinfo.editions.actions import last_edition
from patientinfo.editions.models import CatalogueEntry, Edition, Status
from patientinfo.formats.segments import segments_of
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.staleness import shapes_of

Shape = dict[str, Any]
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
    """One query, and three where the translation is behind or held."""
    of = {"key": page.translation_key, "locale": page.locale.language_code}
    found = CatalogueEntry.objects.filter(**of).values_list("status", "behind").first()
    if found is None:
        return CURRENT
    status, behind = Status(found[0]), tuple(found[1])
    if status not in STALE:
        return Standing(status)
    return Standing(status, behind, _is_beyond_words(last_edition(**of), behind))


def _is_beyond_words(edition: Edition | None, behind: tuple[str, ...]) -> bool:
    if edition is None or not edition.source_locale:
        return False
    sources = Edition.objects.filter(key=edition.key, locale=edition.source_locale)
    beside = sources.filter(number=edition.source_edition).first()
    newest = sources.order_by("-number").first()
    if beside is None or newest is None:
        return False
    words = _words(beside.data), _words(newest.data)
    shapes = shapes_of(beside.data), shapes_of(newest.data)
    return not behind or any(
        words[0][section] == words[1][section]
        or _is_reshaped(shapes[0].get(section, []), shapes[1].get(section, []))
        for section in behind
    )


def _is_reshaped(before: Sequence[Shape], after: Sequence[Shape]) -> bool:
    """Whether blocks that both have differ; one that came or went is seen by its words."""
    return _shared(before, after) != _shared(after, before)


def _shared(shapes: Sequence[Shape], others: Sequence[Shape]) -> list[Shape]:
    """The shapes of blocks that the others have too, with the parts that those have too."""
    known = {shape["id"]: shape for shape in others}
    return [
        {
            name: [one for one in value if one in known[shape["id"]][name]]
            if isinstance(value, list)
            else value
            for name, value in shape.items()
        }
        for shape in shapes
        if shape["id"] in known
    ]


def _words(document: Mapping[str, Any]) -> defaultdict[str, dict[str, str]]:
    """The hash of each segment, by section and path."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for segment in segments_of(document):
        found[segment.section][segment.path] = segment.hash
    return found
