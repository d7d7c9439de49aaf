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
from patientinfo.formats.segments import segments_of
from patientinfo.leaflets.leaflet_page import LeafletPage

STALE = (Status.BEHIND, Status.HELD)


@dataclass(frozen=True, slots=True)
class Standing:
    """
    `sections` are the ids of those in which the source says something else. `beyond_words` says
    that in one of them, or in what stands in none, no word changed and something else did.
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
    before, after = _words(beside.data), _words(newest.data)
    return not behind or any(before[section] == after[section] for section in behind)


def _words(document: Mapping[str, Any]) -> defaultdict[str, dict[str, str]]:
    """The hash of each segment, by section and path."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for segment in segments_of(document):
        found[segment.section][segment.path] = segment.hash
    return found
