"""
The next edition of a leaflet, as files for translators have it before it is issued.

Where the draft of a live leaflet was given to its translators (`translation.releases`), their files
carry the words of that draft, as the desk does, under the number that its Edition will have. Its
digest is of the words alone, so that a file which comes back after the draft was issued unchanged
is known to be of that Edition.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from patientinfo.editions.actions import last_edition
from patientinfo.editions.compose import compose
from patientinfo.editions.models import Edition
from patientinfo.formats.canonical import digest
from patientinfo.formats.segments import segments_of
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.pages import released_draft
from patientinfo.translation.release_models import ReleasedDraft


@dataclass(frozen=True, slots=True)
class NextEdition:
    """What a file needs of a source Edition, of one that is not issued yet."""

    key: uuid.UUID
    locale: str
    number: int
    digest: str
    data: Mapping[str, Any]
    source_locale: str = ""


#: Whose words a file for translators has.
Original = Edition | NextEdition


def words_digest(document: Mapping[str, Any]) -> str:
    """A digest of what is translated in a Document, and of nothing else."""
    return digest({segment.path: segment.hash for segment in segments_of(document)})


def next_edition(key: uuid.UUID | str, locale: str) -> NextEdition | None:
    """The draft that the translators of a leaflet written in `locale` have, if any."""
    released = ReleasedDraft.objects.filter(
        page__translation_key=key, page__locale__language_code=locale
    )
    row = released.select_related("page").first()
    return next_edition_of(row.page, locale) if row else None


def next_edition_of(source: LeafletPage, locale: str) -> NextEdition | None:
    """The same of a page in its language; no query for one that has no draft newer than it."""
    draft = released_draft(source)
    last = last_edition(source.translation_key, locale) if draft else None
    if draft is None or last is None:
        return None
    page: LeafletPage = draft.revision.as_object()
    saved = draft.revision.created_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    document = {**compose(page), "issued_at": f"{saved.isoformat()}Z"}
    return NextEdition(last.key, locale, last.number + 1, words_digest(document), document)


def released_leaflets() -> set[tuple[uuid.UUID, str]]:
    """Key and source language of every leaflet that may have a `next_edition`; one query."""
    rows = ReleasedDraft.objects.values_list("page__translation_key", "page__locale__language_code")
    return set(rows)
