"""
The guard: one pure function between an Edition and everybody who asks for it.

Total: every combination has an answer, and what nothing permits is refused. It knows no clock and
no database; whoever asks says what time it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache

from patientinfo.conf import get_setting
from patientinfo.licensing.terms import LICENSABLE, PARTS, PHOTOS, TEXT, LicenceTerms, Use

__all__ = [
    "CATALOGUE",
    "EVERYTHING",
    "FULL",
    "LEVELS",
    "LICENSABLE",
    "PARTS",
    "PHOTOS",
    "READ",
    "TEXT",
    "Asked",
    "Decision",
    "Facts",
    "Grant",
    "Permitted",
    "Reason",
    "Refused",
    "Use",
    "decide",
    "facts_of",
    "of_both",
]

#: Public levels, from least to most; see DESIGN, "Access levels".
CATALOGUE, READ, FULL = LEVELS = ("catalogue", "read", "full")


class Reason(StrEnum):
    """Why something was left out. Codes of the API; words for people are made from them."""

    NOT_LICENSED = "not_licensed"
    PART_NOT_LICENSED = "part_not_licensed"
    USE_NOT_LICENSED = "use_not_licensed"
    PHOTO_NOT_SUBLICENSABLE = "photo_not_sublicensable"
    CONSENT_ENDED = "consent_ended"
    HELD = "held"
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"
    REDACTED = "redacted"


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What the guard needs to know of an Edition: which it is, its public level, how it stands.

    `newest`: no later Edition of this leaflet in this language was issued.
    """

    level: str
    status: str
    key: str = ""
    locale: str = ""
    number: int = 0
    newest: bool = True


def facts_of(level: str, status: str, **more: str | int | bool) -> Facts:
    """The facts of a catalogue entry, whose empty level means the site's default."""
    return Facts(level or get_setting("PUBLIC_ACCESS"), status, **more)  # type: ignore[arg-type]


class Kind(StrEnum):
    """Whose key it is: a licence's, the clinic's own channel's, or one that stands in a page."""

    LICENCE = "licence"
    CHANNEL = "channel"
    BROWSER = "browser"


@dataclass(frozen=True, slots=True)
class Grant:
    """
    The right that a key stands for. `state` is the licence's (`active` is the only one that gives
    anything); `terms` None is the clinic's own channel, which may have everything issued.
    """

    number: str
    state: str
    terms: LicenceTerms | None


@dataclass(frozen=True, slots=True)
class Asked:
    """For what, where (ISO 3166-1; empty: not said) and when an Edition is asked for."""

    use: Use
    at: datetime | None = None
    territory: str = ""


@dataclass(frozen=True, slots=True)
class Permitted:
    """
    These parts may leave; `withheld` says of each other part why it may not.

    `sublicensable_only`: of the photos only those whose rights the clinic may pass on. `licensed`:
    a licence gave them, not the leaflet's public level. `covered`: a licence covers them, whether
    or not the public level gives them too.
    """

    parts: frozenset[str]
    withheld: tuple[tuple[str, Reason], ...] = ()
    sublicensable_only: bool = False
    licensed: bool = field(default=False, compare=False)
    covered: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing but the catalogue entry may leave."""

    reason: Reason


Decision = Permitted | Refused

#: What the clinic itself may have, and the public of a leaflet that is open to all.
EVERYTHING = Permitted(frozenset(PARTS))
_EVERYTHING_COVERED = Permitted(frozenset(PARTS), covered=True)
_NO_READING = {
    "held": Reason.HELD,
    "recalled": Reason.RECALLED,
    "withdrawn": Reason.WITHDRAWN,
    "redacted": Reason.REDACTED,
}


def decide(licence: Grant | None, edition: Facts, use: Use | Asked) -> Decision:
    """
    What of an Edition may leave. `licence` is None: the public asks.

    A licence adds to what the public may have and never takes from it. A level that is none of
    `LEVELS` counts as the strictest.
    """
    asked = use if isinstance(use, Asked) else Asked(use)
    if edition.status in _NO_READING:
        return Refused(_NO_READING[edition.status])
    given = _given(licence, edition, asked)
    if edition.level == FULL or (edition.level == READ and asked.use == Use.READER):
        covered = isinstance(given, Permitted) and given.covered
        return _EVERYTHING_COVERED if covered else EVERYTHING
    return given


def of_both(one: Decision, other: Decision) -> Decision:
    """What may leave where two Editions stand side by side: the parts that may leave of each."""
    if isinstance(one, Refused):
        return one
    if isinstance(other, Refused):
        return other
    parts = one.parts & other.parts
    reasons = {**dict(other.withheld), **dict(one.withheld)}
    return Permitted(
        parts,
        tuple((part, reasons[part]) for part in PARTS if part in reasons),
        sublicensable_only=PHOTOS in parts and (one.sublicensable_only or other.sublicensable_only),
        licensed=one.licensed or other.licensed,
        covered=one.covered or other.covered,
    )


def _given(licence: Grant | None, edition: Facts, asked: Asked) -> Decision:
    """What a key gives by itself, whatever the public may have."""
    if licence is None or licence.state != "active":
        return Refused(Reason.NOT_LICENSED)
    if licence.terms is None:
        return EVERYTHING
    return _licensed(licence.terms, edition, asked)


def _licensed(terms: LicenceTerms, edition: Facts, asked: Asked) -> Decision:
    if not (_runs(terms, asked.at) and _covers(terms, edition) and _reaches(terms, asked)):
        return Refused(Reason.NOT_LICENSED)
    if not _serves(terms, asked.use):
        return Refused(Reason.USE_NOT_LICENSED)
    parts = terms.parts & frozenset(PARTS)
    if not parts:
        return Refused(Reason.PART_NOT_LICENSED)
    return _permitted(parts)


@cache
def _permitted(parts: frozenset[str]) -> Permitted:
    """One value for each of the few sets of parts that a licence can name."""
    withheld = tuple((part, Reason.PART_NOT_LICENSED) for part in PARTS if part not in parts)
    return Permitted(
        parts, withheld, sublicensable_only=PHOTOS in parts, licensed=True, covered=True
    )


def _runs(terms: LicenceTerms, at: datetime | None) -> bool:
    """Without a moment, or with one of no time zone, nothing can be said to run."""
    if at is None or at.tzinfo is None or at < terms.first_moment:
        return False
    end = terms.end_moment
    return end is None or at < end


def _covers(terms: LicenceTerms, edition: Facts) -> bool:
    """Leaflet, language, and the edition that the licence's policy names."""
    if terms.leaflets is not None and edition.key not in terms.leaflets:
        return False
    if terms.locales is not None and edition.locale not in terms.locales:
        return False
    pinned = terms.pinned.get((edition.key, edition.locale))
    return edition.number == pinned if pinned is not None else edition.newest


def _reaches(terms: LicenceTerms, asked: Asked) -> bool:
    return not asked.territory or terms.territory is None or asked.territory in terms.territory


def _serves(terms: LicenceTerms, use: Use) -> bool:
    """A program that does not say what for is served for whatever it was granted."""
    return bool(terms.uses) if use == Use.API else use in terms.uses
