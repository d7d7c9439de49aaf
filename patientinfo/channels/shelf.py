"""
What the catalogue knows of a leaflet today, as the pure parts of channels take it.

None of it is in the Document: how the leaflet stands, which languages there are, where other
leaflets can be read.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from patientinfo.channels.parts.standing import PageMeta
from patientinfo.editions.models import CatalogueEntry


def meta_of(entry: CatalogueEntry) -> PageMeta:
    """What the catalogue knows of a page beside its Document."""
    return {
        "edition": entry.number,
        "digest": entry.edition.digest,
        "status": entry.status,
        "html_url": entry.html_path,
        "source": None
        if entry.is_source
        else {
            "locale": entry.source_locale,
            "edition": entry.source_edition or 0,
            "current_edition": entry.source_current_edition,
            "behind": entry.behind,
        },
        "translations": [
            {
                "locale": other["locale"],
                "title": other["title"],
                "edition": other["edition"],
                "status": other["status"],
                "html_url": other["html_path"],
                "sections": other.get("sections"),
            }
            for other in entry.translations
        ],
    }


def draft_meta() -> PageMeta:
    """A draft is on no shelf yet."""
    return {
        "edition": 0,
        "digest": "",
        "status": "current",
        "html_url": "",
        "source": None,
        "translations": [],
    }


def link_paths(keys: Collection[str], locale: str) -> dict[str, str]:
    """Where other leaflets can be read in a language, by key: one query for all links of a page."""
    if not keys:
        return {}
    found = CatalogueEntry.objects.available().in_locale(locale).filter(key__in=_uuids(keys))
    return {str(key): path for key, path in found.values_list("key", "html_path") if path}


def _uuids(keys: Collection[str]) -> list[UUID]:
    """The keys that are UUIDs: a malformed link in a text is no reason for an error."""
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found
