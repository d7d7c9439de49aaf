"""
The catalogue: how each leaflet stands today, one row per language.

Written whenever an Edition is issued or withdrawn or a page moves; read by everything that answers.
Always rebuilt from Editions, withdrawals and pages, never patched, so a rebuild heals whatever an
interrupted publish left behind.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from patientinfo.editions.holding import listed_of
from patientinfo.editions.models import (
    CatalogueEntry,
    CatalogueTerm,
    Edition,
    Redaction,
    Status,
    Withdrawal,
)
from patientinfo.editions.significance import source_hashes, standing_of
from patientinfo.formats.inline import plain_text
from patientinfo.formats.search_text import fold
from patientinfo.formats.segments import segments_of
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.staleness import stale_sections


@transaction.atomic
def refresh(key: uuid.UUID) -> None:
    """
    Makes all entries of one leaflet anew; `updated_at` moves only where something changed.

    Each language's publisher writes the entries of all of them, so two at once take turns: whoever
    waited reads what the other has written.
    """
    take_turns = CatalogueEntry.objects.select_for_update().filter(key=key).order_by("pk")
    list(take_turns.values_list("pk"))
    latest = _latest_editions(key)
    withdrawn = set(Withdrawal.objects.filter(key=key).values_list("locale", "edition"))
    pages = {
        page.locale.language_code: page
        for page in LeafletPage.objects.filter(
            translation_key=key, alias_of__isnull=True
        ).select_related("locale")
    }
    rows = {entry.locale: entry for entry in CatalogueEntry.objects.filter(key=key)}
    made = [
        _fill(rows.get(locale) or CatalogueEntry(key=key, locale=locale), edition, pages, withdrawn)
        for locale, edition in sorted(latest.items())
    ]
    for entry in made:
        _set_standing(entry, latest)
    for entry in made:
        entry.translations = [_as_translation(other) for other in made if other is not entry]
    for entry in made:
        _save(entry, rows.get(entry.locale))


def _latest_editions(key: uuid.UUID) -> dict[str, Edition]:
    """The newest Edition of each language; a bounded number of rows however many there were."""
    locales = Edition.objects.filter(key=key).order_by().values_list("locale", flat=True).distinct()
    return {
        locale: Edition.objects.filter(key=key, locale=locale).order_by("-number")[0]
        for locale in locales
    }


def _fill(
    entry: CatalogueEntry,
    edition: Edition,
    pages: dict[str, LeafletPage],
    withdrawn: set[tuple[str, int]],
) -> CatalogueEntry:
    document = edition.data
    page = pages.get(edition.locale)
    entry.edition, entry.number, entry.issued_at = edition, edition.number, edition.issued_at
    entry.type, entry.slug = document["type"], document["slug"]
    entry.title = document["title"]
    gone = (edition.locale, edition.number) in withdrawn
    entry.status = Status.WITHDRAWN if gone else Status.CURRENT
    if is_redacted(edition) and not gone:
        entry.status = Status.REDACTED
    if page is not None:
        parts = page.get_url_parts()
        entry.html_path = parts[2] if parts and parts[2] else ""
        entry.level = page.access_level
    entry.full_text = _searchable({**document, "images": []})
    entry.photo_text = _searchable({**document, "images": _lasting(document["images"])})
    return entry


def is_redacted(edition: Edition) -> bool:
    """Whether something was removed from an Edition since it was issued."""
    found = Redaction.objects.filter(key=edition.key, locale=edition.locale, edition=edition.number)
    return bool(found.exists())


def _lasting(images: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """
    Pictures that nobody's consent ends for. The words of the others are never searched: on the day
    after, no row is written anew, and a search would tell what nobody may be shown any more.
    """
    return [image for image in images if not image["rights"].get("consent_until")]


def _searchable(document: Mapping[str, Any]) -> str:
    return fold(" ".join(plain_text(s.text) for s in segments_of(document)))


def _set_standing(entry: CatalogueEntry, latest: dict[str, Edition]) -> None:
    """Whether a translation is behind the Edition that its source has today."""
    edition = entry.edition
    entry.is_source = not edition.source_locale
    entry.source_locale, entry.source_edition = edition.source_locale, edition.source_edition
    source = latest.get(edition.source_locale)
    entry.source_current_edition = source.number if source else None
    entry.behind = []
    if source is not None:
        entry.behind = stale_sections(edition.data, source.data, source_hashes(edition))
    if entry.status == Status.CURRENT:
        entry.status = Status(standing_of(edition, source, entry.behind))
    _set_listed(entry)


def _set_listed(entry: CatalogueEntry) -> None:
    """What is shown and searched of it where its text is not; after its standing is known."""
    document = listed_of(entry)
    entry.summary = document["summary"]
    headings = [section["heading"] for section in document["sections"]]
    entry.catalogue_text = fold(" ".join([document["title"], document["summary"], *headings]))


def _as_translation(entry: CatalogueEntry) -> dict[str, Any]:
    """What the entries of the other languages know of this one."""
    return {
        "locale": entry.locale,
        "title": entry.title,
        "edition": entry.number,
        "status": str(entry.status),
        "html_path": entry.html_path,
        "sections": [section["id"] for section in entry.edition.data["sections"]],
    }


_COMPARED = [f.attname for f in CatalogueEntry._meta.concrete_fields if f.name != "updated_at"]


def _save(entry: CatalogueEntry, before: CatalogueEntry | None) -> None:
    if before is not None:
        stored = CatalogueEntry.objects.filter(pk=before.pk).values(*_COMPARED).get()
        if all(stored[name] == getattr(entry, name) for name in _COMPARED):
            return
    entry.updated_at = timezone.now()
    entry.save()
    entry.terms.all().delete()
    CatalogueTerm.objects.bulk_create(_terms(entry))


def _terms(entry: CatalogueEntry) -> Iterable[CatalogueTerm]:
    document = entry.edition.data
    for topic in document["topics"]:
        yield CatalogueTerm(entry=entry, kind="topic", value=topic["id"], label=topic["name"])
    for code in document["codes"]:
        value = f"{code['system']}|{code['code']}"
        yield CatalogueTerm(entry=entry, kind="code", value=value, label=code["code"])
    for audience in document["audience"]:
        yield CatalogueTerm(entry=entry, kind="audience", value=audience, label=audience)
