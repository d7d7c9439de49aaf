"""
What an answer may hold, said once more and simply: a second opinion on the guard.

Nothing here asks the product. The rules are those of the public levels (docs/environment.md) and of
the licences in `readers.SCOPES`; when a rule changes, it has to be changed here by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.leaks.addresses import Kind
from tests.leaks.canaries import PHOTO, Canary
from tests.leaks.clinic import LEVELS
from tests.leaks.readers import Reader, Scope

NEWEST = {("knee", "en"): 2, ("hip", "en"): 2, ("gone", "en"): 2}
HELD = {("hip", "nl")}
WITHDRAWN = {("gone", "en")}
ISSUED = (
    *NEWEST, *HELD, ("knee", "nl"), ("shelf", "en"), ("page", "en"), ("open", "en")
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """
    What an address is about. `numbered`: an Edition at its own number. `uses`: what its channel
    serves, None where any use will do. `given`: for whom the address of a picture was made.
    `with_letter`: a bundle, in which the letter of the reader's own licence lies beside. `beside`:
    a language whose words stand beside those of `locale`, for whoever may have both.
    """

    kind: Kind
    leaflet: str = ""
    locale: str = ""
    numbered: int = 0
    uses: frozenset[str] | None = None
    given: Reader | None = None
    licence: str = ""
    with_letter: bool = False
    beside: str = ""

    @property
    def spot(self) -> tuple[str, str]:
        return self.leaflet, self.locale

    @property
    def edition(self) -> int:
        return self.numbered or NEWEST.get(self.spot, 1)

    @property
    def is_newest(self) -> bool:
        return self.edition == NEWEST.get(self.spot, 1)


def may_hold(place: Place, reader: Reader, site_level: str, canary: Canary) -> bool:
    """Whether an answer at a place may hold a canary for a reader."""
    match canary.kind:
        case "catalogue":
            return _may_hold_catalogue(place, reader, canary)
        case "text" | "photo":
            return _may_hold_part(place, reader, site_level, canary)
        case "credit":
            public = place.licence == canary.licence and place.kind is not Kind.PARTNER
            return public or _is_own(reader, canary)
        case "terms":
            return _may_hold_terms(place, reader, canary)
        case "reason":
            return reader.party == canary.licence
    asked = canary.kind == "request" and canary.what != "note"
    return asked and place.kind is Kind.PARTNER and reader.asker


def _may_hold_terms(place: Place, reader: Reader, canary: Canary) -> bool:
    if place.kind is Kind.PARTIES:
        return reader.editor or place.licence == reader.party == canary.licence
    return (place.with_letter or place.kind is Kind.PARTNER) and _is_own(reader, canary)


def _may_hold_part(place: Place, reader: Reader, site_level: str, canary: Canary) -> bool:
    if place.kind in {Kind.MANY, Kind.PARTNER}:
        return any(
            _may_hold_part(spot, asker, site_level, canary)
            for spot, asker in _one_by_one(place, reader)
        )
    places = [place, replace(place, locale=place.beside)] if place.beside else [place]
    spots = [_as_pinned(spot, reader) for spot in places]
    return any(_is_about(spot, canary) for spot in spots) and all(
        part_is_open(spot, reader, site_level, canary) for spot in spots
    )


def _one_by_one(place: Place, reader: Reader) -> Iterator[tuple[Place, Reader]]:
    """
    Many leaflets are each of them by itself; a partner's pages give what its licence does, to the
    account of that partner alone.
    """
    if place.kind is Kind.PARTNER:
        if place.licence != reader.party or reader.signed_in is None:
            return
        reader = replace(reader, scope=reader.signed_in)
    for leaflet, locale in ISSUED:
        yield replace(place, kind=Kind.LEAFLET, leaflet=leaflet, locale=locale), reader


def _as_pinned(place: Place, reader: Reader) -> Place:
    """In a bundle a leaflet is in the Edition that the licence pins, while it is shown at all."""
    pinned = reader.scope.pinned.get(place.spot) if reader.scope and place.with_letter else None
    if pinned is None or place.spot in WITHDRAWN | HELD:
        return place
    return replace(place, numbered=pinned)


def _may_hold_catalogue(place: Place, reader: Reader, canary: Canary) -> bool:
    """
    A title may stand anywhere; how an older edition was called, only at that edition. The letter
    in a bundle calls a leaflet as it is called today.
    """
    if place.kind in {Kind.MANY, Kind.PARTNER}:
        place = replace(place, leaflet=canary.leaflet, locale=canary.locale)
    same = (canary.leaflet, canary.locale) == place.spot
    editions = {place.edition, _as_pinned(place, reader).edition}
    return not same or bool(editions & set(canary.editions))


def _is_own(reader: Reader, canary: Canary) -> bool:
    return reader.licence == canary.licence and (not reader.refused or reader.party != "")


def _is_about(place: Place, canary: Canary) -> bool:
    return (
        canary.leaflet in {"*", place.leaflet}
        and canary.locale in {"*", place.locale}
        and place.edition in canary.editions
    )


def part_is_open(place: Place, reader: Reader, site_level: str, canary: Canary) -> bool:
    """The words of a leaflet, or one of its photos; `lapsed` is one whose people agree no more."""
    if canary.photo == "lapsed" or _is_stopped(place):
        return False
    level = LEVELS.get(place.leaflet) or site_level
    if place.kind is Kind.READER:
        return level in {"read", "full"}
    if place.kind is Kind.PICTURE:
        return _is_picture_open(place, level, canary)
    if place.kind is Kind.FRAME:
        given = place.given
        assert given is not None
        licensed = not given.refused and _is_licensed(place, given.scope, canary)
        return level == "full" or licensed
    if place.kind is not Kind.LEAFLET or reader.refused:
        return False
    return level == "full" or reader.everything or _is_licensed(place, reader.scope, canary)


def _is_stopped(place: Place) -> bool:
    """Nobody is shown what is held, and what was withdrawn only at its own number."""
    if place.spot in WITHDRAWN:
        return not place.numbered
    return place.is_newest and place.spot in HELD


def _is_picture_open(place: Place, level: str, canary: Canary) -> bool:
    given = place.given
    if given is None or given.refused:
        return False
    if given.name == "reader":
        return level in {"read", "full"} and place.spot not in HELD | WITHDRAWN
    if place.is_newest and place.spot in WITHDRAWN:
        return False
    return level == "full" or given.everything or _is_licensed(place, given.scope, canary)


def _is_licensed(place: Place, scope: Scope | None, canary: Canary) -> bool:
    if scope is None or canary.photo == "theirs":
        return False
    part = "photos" if canary.kind == PHOTO else "text"
    pinned = scope.pinned.get(place.spot)
    return (
        part in scope.parts
        and (scope.leaflets is None or place.leaflet in scope.leaflets)
        and (scope.locales is None or place.locale in scope.locales)
        and (place.is_newest if pinned is None else place.edition == pinned)
        and (place.uses is None or bool(place.uses & set(scope.uses)))
    )
