"""One request as an officer sees it: what is asked, what could be granted, what was said so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import Any

from django.utils import timezone

from patientinfo.desk.permissions import words
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing import availability
from patientinfo.licensing.mailboxes import is_same_mailbox
from patientinfo.licensing.moves import ROLES, WAITING_FOR_US, Role
from patientinfo.licensing.request_models import (
    Offer,
    PermissionRequest,
    RequestEvent,
    RequestState,
)
from patientinfo.licensing.terms import PHOTOS
from patientinfo.licensing.wishes import wish_from

#: Leaflets that are shown one by one; of a wish for everything these are a sample.
MOST_LEAFLETS = 25


@dataclass(frozen=True, slots=True)
class Row:
    """A request in the queue."""

    asked: PermissionRequest
    country: str
    age: timedelta | None
    is_overdue: bool
    days_left: int | None
    summary: str


def row_of(asked: PermissionRequest, today: date) -> Row:
    """`today` decides whether it is overdue: only what waits for us can be."""
    waits = asked.state in WAITING_FOR_US and asked.due_on is not None
    left = (asked.due_on - today).days if waits and asked.due_on else None
    return Row(
        asked=asked,
        country=words.country_name(asked.country),
        age=timezone.now() - asked.submitted_at if asked.submitted_at else None,
        is_overdue=left is not None and left < 0,
        days_left=left,
        summary=words.glance(wish_from(asked.wish)),
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer with its terms in words, those marked that are not what was asked for."""

    offer: Offer
    lines: list[words.Line]
    maker: str
    is_agreed: bool
    second: str


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the log."""

    event: RequestEvent
    who: str
    what: str
    is_partner: bool


class Dossier:
    """Everything about one request that its page shows, read when it is asked for."""

    def __init__(self, asked: PermissionRequest) -> None:
        self.asked = asked
        self.wish = wish_from(asked.wish)
        self.today = timezone.localdate()

    @cached_property
    def lines(self) -> list[words.Line]:
        return words.lines(self.wish)

    @cached_property
    def wants_photos(self) -> bool:
        return PHOTOS in self.wish.parts

    @cached_property
    def leaflets(self) -> list[dict[str, Any]]:
        """What each leaflet allows; of a wish for everything the first ones by title."""
        keys = self._keys
        if keys is None:
            entries = CatalogueEntry.objects.available().filter(is_source=True).order_by("title")
            keys = frozenset(map(str, entries.values_list("key", flat=True)[:MOST_LEAFLETS]))
        found = availability.leaflets(keys, self.wish.locales)
        return [self._shown(leaflet) for leaflet in islice(found, MOST_LEAFLETS)]

    @cached_property
    def leaflets_left_out(self) -> int:
        """How many of the leaflets that are meant are not shown."""
        entries = CatalogueEntry.objects.available().filter(is_source=True)
        if self._keys is not None:
            entries = entries.filter(key__in=self._keys)
        return max(0, entries.count() - len(self.leaflets))

    @cached_property
    def gone(self) -> int:
        """Leaflets that were asked for and are not there any more."""
        if self._keys is None:
            return 0
        there = CatalogueEntry.objects.available().filter(key__in=self._keys)
        return len(self._keys) - there.values("key").distinct().count()

    @cached_property
    def _keys(self) -> frozenset[str] | None:
        if self.wish.leaflets is None:
            return None
        return self.wish.leaflets | availability.keys_with_topics(self.wish.topics)

    def _shown(self, leaflet: availability.Leaflet) -> dict[str, Any]:
        return {
            "leaflet": leaflet,
            "languages": [
                {"name": words.language_name(found.locale), "found": found}
                for found in leaflet.languages
            ],
            "missing": [words.language_name(code) for code in leaflet.missing],
            "holders": sorted({found.holder for found in leaflet.languages}),
            "photos": [
                {"photo": photo, "grantable": photo.grantable(self.today)}
                for photo in leaflet.photos
            ],
        }

    @cached_property
    def offers(self) -> list[Offered]:
        """Newest first."""
        return [self._offered(offer) for offer in self.asked.offers.select_related("consent").all()]

    @property
    def newest_offer(self) -> Offered | None:
        return self.offers[0] if self.offers else None

    @property
    def offer_stands(self) -> bool:
        return self.asked.state == RequestState.OFFERED

    def _offered(self, offer: Offer) -> Offered:
        agreed = hasattr(offer, "consent")
        return Offered(
            offer=offer,
            lines=words.compared(offer.terms, self.wish),
            maker=self._who(offer.made_by),
            is_agreed=agreed,
            second=self._who(offer.consent.by) if agreed else "",
        )

    @cached_property
    def log(self) -> list[Said]:
        """Newest first, notes among officers included."""
        partners = {move for move, role in ROLES.items() if role is Role.ASKER}
        return [
            Said(
                event,
                self._who(event.by),
                words.move_name(event.move),
                event.move in partners,
            )
            for event in reversed(self.asked.events.all())
        ]

    def _who(self, by: str) -> str:
        return words.person(by, self.asked.organisation, [self.asked.user_id])

    @property
    def earlier(self) -> Any:
        """Other requests and licences of the same confirmed address."""
        others = PermissionRequest.objects.exclude(submitted_at=None).exclude(pk=self.asked.pk)
        alike = others.filter(email__iexact=self.asked.email).select_related("licence")
        rows = alike.iterator(chunk_size=20)
        return list(islice((o for o in rows if is_same_mailbox(o.email, self.asked.email)), 10))
