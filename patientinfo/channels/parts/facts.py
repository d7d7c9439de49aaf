"""The record of a leaflet and its contact, as every channel shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from patientinfo.channels.parts.standing import PageMeta
from patientinfo.channels.parts.wording import Moment, moment, number
from patientinfo.formats.inline import safe_href


@dataclass(frozen=True, slots=True)
class Person:
    """A professional, and the day on which they did their part when that is recorded."""

    name: str
    on: Moment | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The record of a leaflet. `edition` is empty for a draft."""

    edition: str
    issued: Moment | None
    reviewed: Moment | None
    review_due: Moment | None
    method: str
    people: Mapping[str, tuple[Person, ...]]
    digest: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to reach the clinic; `phone_href` and `href` are empty when they cannot be followed."""

    name: str
    email: str
    phone: str
    phone_href: str
    href: str
    address: str


def facts_of(document: Mapping[str, Any], meta: PageMeta) -> Facts:
    """Who did what and when, in the words of the leaflet's language."""
    locale = document["locale"]
    edition = document.get("edition")
    return Facts(
        edition=number(edition, locale) if edition else "",
        issued=moment(document.get("issued_at"), locale),
        reviewed=moment(document["reviewed_on"], locale),
        review_due=moment(document["review_due"], locale),
        method=document["method"],
        people={
            role: tuple(Person(p["name"], moment(p["on"], locale)) for p in people)
            for role, people in document["people"].items()
        },
        digest=meta["digest"],
    )


def contact_of(contact: Mapping[str, str] | None) -> Contact | None:
    """A Document's contact, with addresses that can be followed."""
    if not contact:
        return None
    digits = "".join(c for c in contact["phone"] if c.isdigit() or c == "+")
    return Contact(
        name=contact["name"],
        email=contact["email"],
        phone=contact["phone"],
        phone_href=f"tel:{digits}" if digits else "",
        href=safe_href(contact["url"]),
        address=contact["address"],
    )
