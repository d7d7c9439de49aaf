"""
What a partner asks for, as one frozen value: the mirror of `terms.LicenceTerms` before anybody has
decided anything.

A draft may lack anything; `Wish.missing` says what has to be filled in before it is submitted.
Pure: no database, no clock. `wish_from` is the only way in for what a form or a program sent.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from babel import Locale as Languages

from patientinfo.licensing.terms import LICENSABLE, PARTS, TEXT, Use

#: Use → the limits that can be named with it, each a whole number of at least one.
LIMITS: dict[str, tuple[str, ...]] = {Use.PRINT: ("run",)}
#: Leaflets, topics, languages or territories that one request can name.
MOST = 1000
#: Letters in a line of text.
LONGEST = 300
_LARGEST = 100_000_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
COUNTRIES = frozenset(
    code for code in map(str, Languages("en").territories) if re.fullmatch("[A-Z]{2}", code)
) - {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}

Made = TypeVar("Made")


class BadWish(ValueError):
    """A member of a wish is not what it has to be. `member` names it."""

    def __init__(self, member: str, reason: str) -> None:
        super().__init__(f"{member}: {reason}")
        self.member = member


@dataclass(frozen=True, slots=True)
class Wish:
    """
    None for `leaflets`, `locales` or `territory` means all; an empty set of the first two means
    that nothing was chosen yet. `topics` are collections: each stands for the leaflets that carry
    it when the offer is made. `uses`: use → its limits ({"run": 500} for print). `ends` None asks
    for no end. `credit` is the line that the partner would like to print.
    """

    leaflets: frozenset[str] | None = frozenset()
    topics: frozenset[str] = frozenset()
    locales: frozenset[str] | None = frozenset()
    parts: frozenset[str] = frozenset({TEXT})
    uses: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    adaptation: bool = False
    territory: frozenset[str] | None = None
    starts: date | None = None
    ends: date | None = None
    commercial: bool = False
    price: str = ""
    credit: str = ""

    def __post_init__(self) -> None:
        if self.starts and self.ends and self.ends < self.starts:
            raise BadWish("ends", "is before the term begins")

    @property
    def missing(self) -> tuple[str, ...]:
        """The members without which nobody could decide."""
        lacks = {
            "leaflets": self.leaflets is not None and not self.leaflets and not self.topics,
            "locales": self.locales is not None and not self.locales,
            "parts": not self.parts,
            "uses": not self.uses,
            "starts": self.starts is None,
        }
        return tuple(member for member, is_missing in lacks.items() if is_missing)

    def as_json(self) -> dict[str, Any]:
        """Plain data in one order, fit for storing and for the API."""
        return {
            "leaflets": None if self.leaflets is None else sorted(self.leaflets),
            "topics": sorted(self.topics),
            "locales": None if self.locales is None else sorted(self.locales),
            "parts": sorted(self.parts),
            "uses": {use: dict(self.uses[use]) for use in sorted(self.uses)},
            "adaptation": self.adaptation,
            "territory": None if self.territory is None else sorted(self.territory),
            "starts": self.starts.isoformat() if self.starts else None,
            "ends": self.ends.isoformat() if self.ends else None,
            "commercial": self.commercial,
            "price": self.price,
            "credit": self.credit,
        }


def wish_from(data: Any) -> Wish:
    """
    The wish that `data` (of `as_json`, of a form, of a program) says. What is left out keeps its
    default; `BadWish` for a member that is unknown or not what it has to be.
    """
    if not isinstance(data, Mapping):
        raise BadWish("wish", "is not an object")
    for member in data:
        if member not in _READERS:
            raise BadWish(str(member)[:40], "is not known")
    return Wish(**{member: _READERS[member](member, data[member]) for member in data})


def _flag(member: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadWish(member, "is neither true nor false")
    return value


def _line(member: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or not (value.isprintable() or not value):
        raise BadWish(member, f"is not one line of at most {LONGEST} letters")
    return value.strip()


def _day(member: str, value: Any) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadWish(member, "is not a day such as 2027-01-31") from None


def _members(
    member: str, value: Any, one: Callable[[str], str | None], what: str
) -> frozenset[str]:
    if not isinstance(value, list | tuple | set | frozenset) or len(value) > MOST:
        raise BadWish(member, f"is not a list of at most {MOST}")
    found = set()
    for text in value:
        known = one(text) if isinstance(text, str) else None
        if known is None:
            raise BadWish(member, f"{str(text)[:60]!r} is not {what}")
        found.add(known)
    return frozenset(found)


def _uuid(text: str) -> str | None:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return None


def _keys(member: str, value: Any) -> frozenset[str]:
    return _members(member, value, _uuid, "a key")


def _languages(member: str, value: Any) -> frozenset[str]:
    return _members(
        member, value, lambda text: text if _LANGUAGE.fullmatch(text) else None, "a language"
    )


def _countries(member: str, value: Any) -> frozenset[str]:
    found = _members(
        member,
        value,
        lambda text: text if text in COUNTRIES else None,
        "a country's code (ISO 3166-1)",
    )
    if not found:
        raise BadWish(member, "names no country; leave it out for the whole world")
    return found


def _parts(member: str, value: Any) -> frozenset[str]:
    return _members(member, value, lambda text: text if text in PARTS else None, "a part")


def _uses(member: str, value: Any) -> dict[str, dict[str, int]]:
    if not isinstance(value, Mapping):
        raise BadWish(member, "is not an object of uses")
    for use, limits in value.items():
        if use not in LICENSABLE:
            raise BadWish(member, f"{str(use)[:40]!r} is not a use")
        if not isinstance(limits, Mapping):
            raise BadWish(member, f"the limits of {use} are not an object")
        for name, number in limits.items():
            if name not in LIMITS.get(use, ()):
                raise BadWish(member, f"{use} has no limit {str(name)[:40]!r}")
            if type(number) is not int or not 0 < number <= _LARGEST:
                raise BadWish(member, f"{name} of {use} is not a whole number of at least 1")
    return {str(use): dict(limits) for use, limits in value.items()}


def _or_all(read: Callable[[str, Any], Made]) -> Callable[[str, Any], Made | None]:
    return lambda member, value: None if value is None else read(member, value)


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "leaflets": _or_all(_keys),
    "topics": _keys,
    "locales": _or_all(_languages),
    "parts": _parts,
    "uses": _uses,
    "adaptation": _flag,
    "territory": _or_all(_countries),
    "starts": _day,
    "ends": _day,
    "commercial": _flag,
    "price": _line,
    "credit": _line,
}
