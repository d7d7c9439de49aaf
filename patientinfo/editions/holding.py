"""
What may be listed of a translation that is held.

A held translation is replaced by its catalogue entry, and a summary is in that. When the source's
summary is what changed, the old one is as wrong as the text, so it is left out too. Title and
headings stay: they name what is held, and which parts of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from patientinfo.editions.models import CatalogueEntry, Status
from patientinfo.formats.segments import SUMMARY


def listed(document: Mapping[str, Any], status: str, behind: Collection[str]) -> Mapping[str, Any]:
    """
    The Document for whoever sees no more than its entry: `summary` is empty while the leaflet is
    held for it. `behind` are the ids of what changed in the source since.
    """
    if status == Status.HELD and SUMMARY in behind:
        return {**document, "summary": ""}
    return document


def listed_of(entry: CatalogueEntry) -> Mapping[str, Any]:
    """The same of the entry's own Edition, as the leaflet stands today."""
    return listed(entry.edition.data, entry.status, entry.behind)
