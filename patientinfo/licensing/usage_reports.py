"""
What the counts of use tell: to a partner about itself, to the licensing desk about all.

Each returns a queryset, to be filtered, ordered and paged on, or plain values made from one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Window
from django.db.models.functions import Coalesce, RowNumber

from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.credentials import frozen_terms
from patientinfo.licensing.models import Licence, LicenceQuerySet, UsageCount

#: How long before its end a licence is said to run out soon.
SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Holding:
    """
    The Edition of a leaflet in a language that was last read under a licence, on `day`, and which
    one is current: its number, how it stands and its title (None, empty: the leaflet is gone).

    `pinned`: it is an old one, and the one that the terms name.
    """

    licence_id: int
    licence: str
    licensee: str
    key: UUID
    locale: str
    edition: int
    day: date
    current: int | None
    status: str
    title: str
    pinned: bool

    @property
    def behind(self) -> bool:
        """An old one that was not granted for good: its holder should have the current one."""
        return self.current is not None and self.edition < self.current and not self.pinned


def with_use(
    licences: QuerySet[Licence], since: date | None = None, until: date | None = None
) -> QuerySet[Any]:
    """Licences with `reads` between two days, both of them included, and `last_read_on`."""
    during = Q()
    if since is not None:
        during &= Q(usage__day__gte=since)
    if until is not None:
        during &= Q(usage__day__lte=until)
    return licences.annotate(
        reads=Coalesce(Sum("usage__count", filter=during), 0),
        last_read_on=Max("usage__day", filter=during),
    )


def counts_of(
    licence: int | Licence, since: date | None = None, until: date | None = None
) -> QuerySet[UsageCount]:
    """The counts of one licence, the newest day first."""
    found = UsageCount.objects.filter(licence=licence)
    if since is not None:
        found = found.filter(day__gte=since)
    if until is not None:
        found = found.filter(day__lte=until)
    return found.order_by("-day", "key", "locale", "-edition", "channel")


def last_read(licences: QuerySet[Licence] | None = None) -> QuerySet[Any]:
    """
    The Edition that was read last under each licence of each leaflet in each language, with
    `current`, `status` and `title` of the leaflet today. Of several on one day, the highest.
    """
    counts = UsageCount.objects.all()
    if licences is not None:
        counts = counts.filter(licence__in=licences.order_by())
    entry = CatalogueEntry.objects.filter(key=OuterRef("key"), locale=OuterRef("locale")).order_by()
    newest_first = Window(
        RowNumber(),
        partition_by=[F("licence"), F("key"), F("locale")],
        order_by=[F("day").desc(), F("edition").desc(), F("channel").asc()],
    )
    # Inside, so that whoever filters what is returned does not choose among what was read before.
    last = counts.annotate(turn=newest_first).filter(turn=1)
    return UsageCount.objects.filter(pk__in=last.values("pk")).annotate(
        current=Subquery(entry.values("number")[:1]),
        status=Subquery(entry.values("status")[:1]),
        title=Subquery(entry.values("title")[:1]),
    )


def holdings(licences: QuerySet[Licence] | None = None) -> list[Holding]:
    """Who holds which edition, by licensee and leaflet."""
    return sorted(
        _holdings(last_read(licences)),
        key=lambda held: (held.licensee, held.licence, held.title, str(held.key), held.locale),
    )


def holdings_behind(at: datetime) -> list[Holding]:
    """
    Who still serves an old edition under a licence that is in force, the longest silent first. One
    that is pinned to its edition by its terms is not behind: it was granted that one.
    """
    in_force: LicenceQuerySet = Licence.objects.in_force(at)
    found = _holdings(last_read(in_force).filter(edition__lt=F("current")))
    return sorted(
        (held for held in found if held.behind),
        key=lambda held: (held.day, held.licensee, held.title, held.locale),
    )


def ending_soon(at: datetime, within: timedelta = SOON) -> QuerySet[Licence]:
    """What runs out soon and was not renewed, the first to end first."""
    in_force: LicenceQuerySet = Licence.objects.in_force(at)
    return in_force.filter(ends_at__lte=at + within, renewed_as=None).order_by("ends_at", "pk")


def _holdings(counts: QuerySet[Any]) -> Iterator[Holding]:
    for count in counts.select_related("licence__licensee"):
        yield Holding(
            licence_id=count.licence_id,
            licence=count.licence.number,
            licensee=count.licence.licensee.name,
            key=count.key,
            locale=count.locale,
            edition=count.edition,
            day=count.day,
            current=count.current,
            status=count.status or "",
            title=count.title or "",
            pinned=_pinned(count),
        )


def _pinned(count: Any) -> bool:
    """Terms are looked at only for what is old, which is little."""
    if count.current is None or count.edition >= count.current:
        return False
    terms = frozen_terms(count.licence_id, count.licence.terms_digest)
    return bool(terms.pinned.get((str(count.key), count.locale)) == count.edition)
