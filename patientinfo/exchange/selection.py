"""Which leaflets and languages a command is about, as a person names them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import Lower
from wagtail.models import Locale

from patientinfo.editions.models import CatalogueEntry

NAMED = 20  # how many leaflets an error names before it says how many more there are
LONG_SLUG = 120  # bytes; with language and ending a file's name may have 255
CHUNK = 10  # entries fetched at a time, each with its Document of some 20 kB


class UnknownName(ValueError):
    """A leaflet or language that does not exist; the message names those that do."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Leaflet keys and language codes; None means all of them."""

    keys: frozenset[uuid.UUID] | None = None
    locales: frozenset[str] | None = None

    def entries(self) -> QuerySet[CatalogueEntry]:
        """What is there to be read of the chosen leaflets, in every language, in a fixed order."""
        entries = CatalogueEntry.objects.available().order_by("slug", "key", "locale")
        return entries if self.keys is None else entries.filter(key__in=self.keys)

    def has(self, locale: str) -> bool:
        return self.locales is None or locale in self.locales


def select(leaflets: Iterable[str] = (), locales: Iterable[str] = ()) -> Selection:
    """
    The selection that names describe; empty means all. A leaflet is named by its key or by its
    slug in any language. Raises `UnknownName`.
    """
    leaflets, locales = tuple(leaflets), tuple(locales)
    return Selection(
        keys=frozenset(key for name in leaflets for key in _keys(name)) if leaflets else None,
        locales=frozenset(_known_locale(code) for code in locales) if locales else None,
    )


def _keys(name: str) -> list[uuid.UUID]:
    entries = CatalogueEntry.objects.available()
    try:
        found = entries.filter(key=uuid.UUID(name))
    except ValueError:
        found = entries.filter(slug=name)
    keys = list(found.order_by("key").values_list("key", flat=True).distinct())
    if not keys:
        raise UnknownName(f"There is no leaflet “{name}”. {_listed_leaflets()}")
    return keys


def _listed_leaflets() -> str:
    slugs = CatalogueEntry.objects.available().order_by("slug").values_list("slug", flat=True)
    names = list(slugs.distinct()[: NAMED + 1])
    if not names:
        return "No leaflet has been issued yet."
    more = ", …" if len(names) > NAMED else ""
    return f"There are: {', '.join(names[:NAMED])}{more}"


def _known_locale(code: str) -> str:
    known = language_codes()
    if code not in known:
        raise UnknownName(f"There is no language “{code}”. There are: {', '.join(known)}")
    return code


def language_codes() -> list[str]:
    """The languages of the site, in the order of the alphabet."""
    return sorted(Locale.objects.values_list("language_code", flat=True))


def shared_slugs() -> frozenset[str]:
    """Slugs, in lower case, of more than one leaflet: alone they do not name a file."""
    slugs = CatalogueEntry.objects.order_by().values(folded=Lower("slug"))
    shared = slugs.annotate(leaflets=Count("key", distinct=True)).filter(leaflets__gt=1)
    return frozenset(row["folded"] for row in shared)


def stems(entries: QuerySet[CatalogueEntry]) -> Iterator[tuple[CatalogueEntry, str]]:
    """
    Each entry with the stem of its file's name: the slug, and the beginning of the key where
    leaflets in different places have the same slug or it is very long. Holds a few at a time.
    """
    shared = shared_slugs()
    for entry in entries.select_related("edition").iterator(chunk_size=CHUNK):
        alone = entry.slug.lower() not in shared and len(entry.slug.encode()) <= LONG_SLUG
        yield entry, entry.slug if alone else f"{entry.slug[:60]}-{str(entry.key)[:8]}"
