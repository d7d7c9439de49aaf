"""
What the clinic could grant of what is asked for: per leaflet and language the current Edition, who
owns its words, and each photo with its owner and whether its rights may be passed on.

Read from Editions only, so that an officer decides on what would leave the building.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any

from patientinfo.editions.models import CatalogueEntry, CatalogueTerm
from patientinfo.licensing.wishes import Wish


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture of an Edition: what it shows, whose it is, and whether others may have it."""

    id: str
    alt: str
    holder: str
    credit: str
    url: str
    sublicensable: bool
    consent_until: date | None

    def grantable(self, on: date) -> bool:
        """Its owner lets us pass it on, and the people shown still agree."""
        return self.sublicensable and (self.consent_until is None or on <= self.consent_until)


@dataclass(frozen=True, slots=True)
class Available:
    """One leaflet in one language as it stands today."""

    key: str
    locale: str
    title: str
    edition: int
    status: str
    holder: str
    credit: str
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class Leaflet:
    """
    One leaflet with the wished languages that it has (its own first) and those that it lacks.
    `alts`: what its pictures show, by their ids, in the language that it was written in.
    """

    key: str
    title: str
    languages: tuple[Available, ...]
    missing: tuple[str, ...]
    alts: Mapping[str, str] = field(default_factory=dict)

    @property
    def photos(self) -> tuple[Photo, ...]:
        """
        Each picture once: translations show the same ones. Described in the leaflet's own
        language, since an officer need not read those that are asked for.
        """
        found: dict[str, Photo] = {}
        for language in self.languages:
            for photo in language.photos:
                alt = self.alts.get(photo.id, photo.alt)
                found.setdefault(photo.id, replace(photo, alt=alt))
        return tuple(found.values())

    def owners_to_ask(self, on: date) -> tuple[str, ...]:
        """Owners of its photos when none of them could be granted; empty when one could."""
        photos = self.photos
        if not photos or any(photo.grantable(on) for photo in photos):
            return ()
        return tuple(sorted({photo.holder for photo in photos}))


def available(wish: Wish) -> list[Leaflet]:
    """The leaflets that a wish means, with what each allows, by title."""
    keys = None if wish.leaflets is None else wish.leaflets | keys_with_topics(wish.topics)
    return list(leaflets(keys, wish.locales))


def leaflets(keys: Iterable[str] | None, locales: Iterable[str] | None) -> Iterator[Leaflet]:
    """
    Leaflets by their keys, in these languages; None means all. A leaflet that is in none of the
    languages is there with what it lacks; one that was withdrawn is not there.
    """
    wanted = None if locales is None else sorted(set(locales))
    entries = CatalogueEntry.objects.available().select_related("edition").order_by("key", "locale")
    if keys is not None:
        entries = entries.filter(key__in=list(keys))
    found = [
        _leaflet(str(key), list(group), wanted)
        for key, group in groupby(entries.iterator(chunk_size=200), lambda entry: entry.key)
    ]
    yield from sorted(found, key=lambda leaflet: (leaflet.title, leaflet.key))


def keys_with_topics(topics: Iterable[str]) -> frozenset[str]:
    """Keys of the leaflets that carry one of these topics today."""
    terms = CatalogueTerm.objects.filter(kind="topic", value__in=list(topics))
    found = CatalogueEntry.objects.available().filter(terms__in=terms)
    return frozenset(str(key) for key in found.values_list("key", flat=True).distinct())


def titles(keys: Iterable[str]) -> dict[str, str]:
    """Key → title in the leaflet's own language, for those that are in the catalogue."""
    rows = CatalogueEntry.objects.filter(key__in=list(keys)).order_by("is_source", "-locale")
    return {str(key): title for key, title in rows.values_list("key", "title")}


def _leaflet(key: str, entries: list[CatalogueEntry], wanted: list[str] | None) -> Leaflet:
    entries.sort(key=lambda entry: (not entry.is_source, entry.locale))
    source = entries[0]
    chosen = [entry for entry in entries if wanted is None or entry.locale in wanted]
    there = {entry.locale for entry in chosen}
    return Leaflet(
        key=key,
        title=source.title,
        languages=tuple(_available(entry) for entry in chosen),
        missing=tuple(locale for locale in wanted or () if locale not in there),
        alts={image["id"]: image["alt"] for image in source.edition.data["images"]},
    )


def _available(entry: CatalogueEntry) -> Available:
    document = entry.edition.data
    return Available(
        key=str(entry.key),
        locale=entry.locale,
        title=entry.title,
        edition=entry.number,
        status=entry.status,
        holder=document["rights"]["holder"],
        credit=document["rights"]["credit"],
        photos=tuple(_photo(image) for image in document["images"]),
    )


def _photo(image: dict[str, Any]) -> Photo:
    rights = image["rights"]
    until = rights.get("consent_until")
    return Photo(
        id=image["id"],
        alt=image["alt"],
        holder=rights["holder"],
        credit=image["credit"],
        url=rights["url"],
        sublicensable=bool(rights.get("sublicensable", False)),
        consent_until=date.fromisoformat(until) if until else None,
    )
