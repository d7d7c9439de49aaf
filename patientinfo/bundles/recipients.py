"""
For whom a bundle is: one answer of the guard for each leaflet, language and form.

A partner gets what its licence covers and nothing that the public may have besides, so that the
bundle and its letter are about the same words. Editors get everything that may be shown at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from patientinfo.channels.base import Channel
from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.renditions import source_facts
from patientinfo.editions.earlier import as_of
from patientinfo.editions.models import SUPERSEDED, CatalogueEntry
from patientinfo.exchange.selection import Selection
from patientinfo.licensing import usage
from patientinfo.licensing.credentials import frozen_terms
from patientinfo.licensing.guard import (
    CATALOGUE,
    LICENSABLE,
    Asked,
    Decision,
    Facts,
    Grant,
    Permitted,
    Reason,
    Refused,
    Use,
    decide,
    of_both,
)
from patientinfo.licensing.models import Licence, LicenceState
from patientinfo.licensing.terms import LicenceTerms


class Kind(StrEnum):
    """What a bundle is for."""

    PARTNER = "partner"
    EDITORS = "editors"


class NotInForce(Exception):
    """A licence under which nothing may be had now; the message says so."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whoever gets a bundle. `licence` None: the clinic itself."""

    kind: Kind
    grant: Grant
    at: datetime
    licence: Licence | None = None

    @property
    def terms(self) -> LicenceTerms | None:
        return self.grant.terms

    def narrowed(self, selection: Selection) -> Selection:
        """What is meant by "all": what the licence names. What is asked for by name stays."""
        terms = self.terms
        if terms is None:
            return selection
        keys, locales = selection.keys, selection.locales
        if keys is None and terms.leaflets is not None:
            keys = frozenset(map(UUID, terms.leaflets))
        if locales is None and terms.locales is not None:
            locales = terms.locales
        return Selection(keys=keys, locales=locales)

    def meant(self, entry: CatalogueEntry) -> CatalogueEntry:
        """A leaflet in the Edition that goes into the bundle: today's or the pinned one."""
        pinned = self.terms.pinned.get((str(entry.key), entry.locale)) if self.terms else None
        return entry if pinned is None else as_of(entry, pinned)

    def decide(self, entry: CatalogueEntry, channel: Channel) -> Decision:
        """What of a leaflet, in the Edition that is meant, may go into the bundle in one form."""
        facts = Facts(
            CATALOGUE,
            entry.status,
            str(entry.key),
            entry.locale,
            entry.number,
            newest=entry.status != SUPERSEDED,
        )
        decision = self._decide(facts, channel)
        if isinstance(decision, Refused):
            return decision
        if not channel.needs <= decision.parts:
            return Refused(Reason.PART_NOT_LICENSED)
        source = source_facts(entry) if channel.shows_source else None
        if source is not None:
            return of_both(decision, self._decide(replace(source, level=CATALOGUE), channel))
        return decision

    def _decide(self, facts: Facts, channel: Channel) -> Decision:
        """A form may be had for any one of the uses that it serves."""
        if self.terms is None:
            return decide(self.grant, facts, Asked(Use.API, self.at))
        found: Decision = Refused(Reason.USE_NOT_LICENSED)
        for use in LICENSABLE:
            if use in channel.uses:
                found = decide(self.grant, facts, Asked(use, self.at))
                if isinstance(found, Permitted):
                    break
        return found

    def count(self, entry: CatalogueEntry, channel: Channel) -> None:
        """A file that a partner takes home was read, as if it had asked for it by itself."""
        if self.licence is not None:
            read = (entry.key, entry.locale, entry.number, channel.name)
            usage.METER.count(usage.Read(self.licence.pk, self.at.date(), *read))

    def line_for(self, entry: CatalogueEntry) -> LicenceLine | None:
        """What a copy of an entry's Edition says about the permission that it is made under."""
        if self.terms is None:
            return None
        pinned = self.terms.pinned.get((str(entry.key), entry.locale)) == entry.number
        return LicenceLine(self.grant.number, self.terms.credit.get(entry.locale, ""), pinned)


def editors(at: datetime) -> Recipient:
    """The clinic itself."""
    return Recipient(Kind.EDITORS, Grant("", LicenceState.ACTIVE.value, None), at)


def partner(licence: Licence, at: datetime) -> Recipient:
    """Whoever holds a licence; `NotInForce` when it gives nothing at the moment."""
    state = licence.state_at(at)
    if state != LicenceState.ACTIVE or at < licence.starts_at:
        raise NotInForce(f"Licence {licence.number} is not in force.")
    terms = frozen_terms(licence.pk, licence.terms_digest)
    return Recipient(Kind.PARTNER, Grant(licence.number, licence.state, terms), at, licence)
