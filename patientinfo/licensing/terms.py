"""
What a licence says: the terms that a partner accepted, as one frozen value.

The same value is stored, hashed, printed in the letter, published as ODRL and asked by the guard,
so that they cannot disagree. Change nothing in `as_json` without a new `SCHEMA`: digests of granted
licences are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock
from enum import StrEnum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from patientinfo.formats.canonical import digest

SCHEMA = "patientinfo/licence/1"

TEXT, PHOTOS = PARTS = ("text", "photos")


class Use(StrEnum):
    """
    For what an Edition is asked.

    The first two are never licensed: `READER` is a person on the clinic's own reader pages, `API` a
    program that does not say what for. The others are what a licence can name.
    """

    READER = "reader"
    API = "api"
    WEBSITE = "website"
    PRINT = "print"
    PORTAL = "portal"
    SCREEN = "screen"
    SOCIAL = "social"
    TRAINING = "training"
    EMAIL = "email"
    TRANSLATE = "translate"


#: The uses that a licence can name, in the order in which people are asked for them.
LICENSABLE = tuple(use for use in Use if use not in {Use.READER, Use.API})


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a licence as it is named in the letter: organisation, country, contact."""

    name: str
    country: str = ""
    contact: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class LicenceTerms:
    """
    What was granted. None for `leaflets`, `locales` or `territory` means all; an empty set means
    none. Days are whole days in `time_zone`, both included; `ends` None runs until revoked.

    `leaflets`: keys (UUIDs in lower case). `uses`: use → what limits it ({"run": 500} for print).
    `pinned`: (key, locale) → edition number that alone may be used; what is not named there follows
    the current edition. `territory`: ISO 3166-1 codes. `credit`: locale → line that must be shown.
    """

    licensee: Party
    licensor: Party
    starts: date
    ends: date | None
    parts: frozenset[str]
    uses: Mapping[str, Mapping[str, Any]]
    leaflets: frozenset[str] | None = frozenset()
    locales: frozenset[str] | None = frozenset()
    territory: frozenset[str] | None = None
    pinned: Mapping[tuple[str, str], int] = field(default_factory=dict)
    adaptation: bool = False
    commercial: bool = False
    price: str = ""
    credit: Mapping[str, str] = field(default_factory=dict)
    conditions: str = ""
    language: str = "en"
    time_zone: str = "UTC"

    @property
    def first_moment(self) -> datetime:
        """The moment at which the term begins."""
        return _midnight(self.starts, self.time_zone)

    @property
    def end_moment(self) -> datetime | None:
        """The first moment after the term, or None."""
        if self.ends is None:
            return None
        return _midnight(self.ends + timedelta(days=1), self.time_zone)

    def as_json(self) -> dict[str, Any]:
        """Plain data in one order, fit for storing and hashing."""
        return {
            "schema": SCHEMA,
            "licensee": _party_json(self.licensee),
            "licensor": _party_json(self.licensor),
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat() if self.ends else None,
            "time_zone": self.time_zone,
            "parts": sorted(self.parts),
            "uses": [{"use": use, **self.uses[use]} for use in sorted(self.uses)],
            "leaflets": _list_or_all(self.leaflets),
            "locales": _list_or_all(self.locales),
            "territory": _list_or_all(self.territory),
            "pinned": [
                {"leaflet": key, "locale": locale, "edition": number}
                for (key, locale), number in sorted(self.pinned.items())
            ],
            "adaptation": self.adaptation,
            "commercial": self.commercial,
            "price": self.price,
            "credit": dict(sorted(self.credit.items())),
            "conditions": self.conditions,
            "language": self.language,
        }

    @property
    def digest(self) -> str:
        """`sha256:…` of the terms' canonical JSON."""
        return digest(self.as_json())


@lru_cache(maxsize=4_096)
def _midnight(day: date, time_zone: str) -> datetime:
    """The moment at which a day begins somewhere; every read with a key asks for two of them."""
    return datetime.combine(day, clock(), ZoneInfo(time_zone))


def terms_from(data: Mapping[str, Any]) -> LicenceTerms:
    """The terms of `as_json`'s data; `ValueError` for another schema or impossible values."""
    if data.get("schema") != SCHEMA:
        raise ValueError(f"{data.get('schema')!r} is not {SCHEMA!r}")
    return LicenceTerms(
        licensee=Party(**data["licensee"]),
        licensor=Party(**data["licensor"]),
        starts=date.fromisoformat(data["starts"]),
        ends=date.fromisoformat(data["ends"]) if data["ends"] else None,
        time_zone=data["time_zone"],
        parts=frozenset(data["parts"]),
        uses={
            entry["use"]: {k: v for k, v in entry.items() if k != "use"} for entry in data["uses"]
        },
        leaflets=_set_or_all(data["leaflets"]),
        locales=_set_or_all(data["locales"]),
        territory=_set_or_all(data["territory"]),
        pinned={(p["leaflet"], p["locale"]): p["edition"] for p in data["pinned"]},
        adaptation=data["adaptation"],
        commercial=data["commercial"],
        price=data["price"],
        credit=data["credit"],
        conditions=data["conditions"],
        language=data["language"],
    )


def _party_json(party: Party) -> dict[str, str]:
    return {
        "name": party.name,
        "country": party.country,
        "contact": party.contact,
        "email": party.email,
    }


def _list_or_all(values: frozenset[str] | None) -> list[str] | None:
    return None if values is None else sorted(values)


def _set_or_all(values: list[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)
