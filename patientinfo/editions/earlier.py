"""An Edition that is not the newest, as a catalogue entry: for whoever was granted that one."""

from __future__ import annotations

from copy import copy

from patientinfo.editions.catalogue import is_redacted
from patientinfo.editions.models import (
    SUPERSEDED,
    CatalogueEntry,
    Edition,
    Status,
    Withdrawal,
)

_SHOWN = {Status.CURRENT, Status.BEHIND, Status.AHEAD}


def as_of(entry: CatalogueEntry, number: int) -> CatalogueEntry:
    """
    The entry with the Edition of that number in it, which is `superseded` unless it was withdrawn
    or redacted. Not to be saved. `entry` itself where nobody is shown the leaflet today, so that
    what is held or recalled is so in every Edition, and where no Edition has that number.
    """
    if number == entry.number or entry.status not in _SHOWN:
        return entry
    editions = Edition.objects.filter(key=entry.key, locale=entry.locale)
    edition = editions.filter(number=number).first()
    if edition is None:
        return entry
    earlier = copy(entry)
    earlier.edition, earlier.number, earlier.issued_at = edition, edition.number, edition.issued_at
    earlier.title, earlier.summary = edition.data["title"], edition.data["summary"]
    earlier.is_source = not edition.source_locale
    earlier.source_locale, earlier.source_edition = edition.source_locale, edition.source_edition
    # Which sections are behind is known of the newest Edition alone.
    earlier.behind = []
    earlier.status = _status_of(edition)
    return earlier


def _status_of(edition: Edition) -> str:
    if is_redacted(edition):
        return Status.REDACTED
    named = {"key": edition.key, "locale": edition.locale, "edition": edition.number}
    return Status.WITHDRAWN if Withdrawal.objects.filter(**named).exists() else SUPERSEDED
