"""
What a reader may have: the one place where the API asks the guard.

List, detail, editions, find, search and renditions all decide here, for the `Reader` that `readers`
made of a request.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.http import HttpRequest

from patientinfo.api.answers import VARY
from patientinfo.api.details import EVERYBODY, Audience
from patientinfo.api.errors import Problem
from patientinfo.api.readers import Reader
from patientinfo.api.rendering import Given
from patientinfo.api.rows import Row
from patientinfo.conf import partners_url
from patientinfo.editions.models import Status
from patientinfo.licensing import usage
from patientinfo.licensing.guard import (
    CATALOGUE,
    PHOTOS,
    TEXT,
    Decision,
    Facts,
    Kind,
    Permitted,
    Reason,
    Refused,
    Use,
    decide,
    facts_of,
)
from patientinfo.licensing.pictures import KEY_PREFIX
from patientinfo.licensing.searching import gives, publicly_searchable
from patientinfo.licensing.terms import LicenceTerms


def decide_current(reader: Reader, row: Row) -> Decision:
    """What of the current Edition may leave. A key that may not have it at all gets a problem."""
    facts = facts_of(
        row.level, row.status, key=row.leaflet_key, locale=row.locale, number=row.number
    )
    return _proved(reader, facts)


def decide_numbered(reader: Reader, row: Row, number: int, status: str) -> Decision:
    """
    What of an Edition at its own number may leave; `row` is the leaflet's as it is today. It was
    issued for ever, so being superseded or withdrawn takes nothing away; being held, recalled or
    redacted does.
    """
    refusing = status in {Status.HELD, Status.RECALLED, Status.REDACTED}
    facts = facts_of(
        row.level,
        status if refusing else Status.CURRENT,
        key=row.leaflet_key,
        locale=row.locale,
        number=number,
        newest=number == row.number,
    )
    return _proved(reader, facts)


def decide_facts(reader: Reader, facts: Facts) -> Decision:
    """The same for an Edition of which the facts are known."""
    return _proved(reader, facts)


def _proved(reader: Reader, facts: Facts) -> Decision:
    decision = decide(reader.grant, facts, reader.asked)
    if reader.holder is not None and isinstance(decision, Refused) and decision.reason in _KEYED:
        raise not_licensed(reader, decision.reason)
    return decision


#: Reasons that say something about a key; the others are about the leaflet.
_KEYED = {Reason.NOT_LICENSED, Reason.PART_NOT_LICENSED, Reason.USE_NOT_LICENSED}


def not_licensed(reader: Reader, reason: Reason) -> Problem:
    """403: what a licence does not name: a leaflet, a language, an edition, a part, a use."""
    details = {
        Reason.NOT_LICENSED: "does not cover this leaflet, language or edition there",
        Reason.PART_NOT_LICENSED: "covers no part of it",
        Reason.USE_NOT_LICENSED: f"does not cover the use “{reader.use}”",
    }
    return Problem(
        "not-licensed",
        f"Licence {reader.licence} {details[reason]}.",
        headers={"Vary": "Authorization"},
        licence=reader.licence,
        reason=str(reason),
        permission_url=partners_url(),
    )


def given_under(reader: Reader, row: Row) -> Given:
    """The licence that an Edition is given under; empty when it is given as to anybody."""
    terms = reader.terms
    if terms is None:
        return Given()
    facts = Facts(CATALOGUE, row.status, row.leaflet_key, row.locale, row.number)
    if isinstance(decide(reader.grant, facts, reader.asked), Refused):
        return Given()
    return Given(reader.licence, terms.credit.get(row.locale, ""))


def audience_of(reader: Reader, row: Row, decision: Decision) -> Audience:
    """For whom a detail is made: everybody, a licence, or one of the clinic's own channels."""
    if reader.holder is None or isinstance(decision, Refused):
        return EVERYBODY
    addressed = f"{KEY_PREFIX}{reader.holder.key_id}"
    if reader.terms is None:
        return Audience(pictures=addressed)
    if not decision.covered:
        return EVERYBODY
    return Audience(Given(reader.licence, reader.terms.credit.get(row.locale, "")), addressed)


def headers_for(request: HttpRequest, reader: Reader, vary: str = VARY) -> dict[str, str]:
    """
    What caches are told of an answer to a key: it is its owner's alone, and asked for again each
    time, because a licence can end between two readings. A browser key's answer is for its page.
    """
    if reader.holder is None:
        return {"Vary": vary}
    headers = {"Cache-Control": "private, no-cache", "Vary": vary}
    if reader.kind is Kind.BROWSER:
        headers["Access-Control-Allow-Origin"] = request.META["HTTP_ORIGIN"]
        headers["Vary"] = f"{vary}, Origin"
    return headers


def count(reader: Reader, row: Row, decision: Decision, channel: str = usage.JSON) -> None:
    """
    Counts that an Edition was read under a licence, in full or as unchanged: both show which one
    its holder has. An answer without a word of the Document is no reading.
    """
    holder = reader.holder
    if holder and holder.licence_id and reader.at and isinstance(decision, Permitted):
        day = reader.at.date()
        usage.METER.count(
            usage.Read(holder.licence_id, day, row.key, row.locale, row.number, channel)
        )


def is_pinned(reader: Reader, row: Row) -> bool:
    """Whether the reader's terms name this Edition, so that they follow no later one."""
    pinned = reader.terms.pinned if reader.terms else {}
    return pinned.get((str(row.leaflet), row.locale)) == row.number


def prove_serves(reader: Reader, uses: Collection[Use]) -> None:
    """
    A channel is for some uses: a key has to have one of them, and if its reader says for what it
    asks, that one.
    """
    if reader.terms is None:
        return
    granted = {reader.use} if reader.use != Use.API else {Use(use) for use in reader.terms.uses}
    if not granted & set(uses):
        raise not_licensed(reader, Reason.USE_NOT_LICENSED)


# Search


def searchable(reader: Reader, part: str) -> Q:
    """
    The entries whose words of a part this reader may search. Of the others only the catalogue's
    words may be found: an answer to a search tells what a text contains.
    """
    allowed = publicly_searchable(reader.use, part)
    return allowed | _licensed(reader, part) if reader.grant else allowed


def _licensed(reader: Reader, part: str) -> Q:
    """
    The same for what a key adds. Words of photos are searched by those alone who may have all of
    them: which photos may be passed on stands in the Document, not in the catalogue.
    """
    terms = reader.terms
    if terms is None:
        return Q(status__in=_READABLE)
    if part == PHOTOS or not gives(_anything_licensed(reader, terms), TEXT):
        return Q(pk__in=())
    covered = Q(status__in=_READABLE)
    if terms.leaflets is not None:
        covered &= Q(key__in=sorted(terms.leaflets))
    if terms.locales is not None:
        covered &= Q(locale__in=sorted(terms.locales))
    for (key, locale), number in terms.pinned.items():
        covered &= ~(Q(key=key, locale=locale) & ~Q(number=number))
    return covered


_READABLE = [Status.CURRENT, Status.BEHIND, Status.AHEAD]


def _anything_licensed(reader: Reader, terms: LicenceTerms) -> Decision:
    """What the guard gives of something that the terms name: the use, the place and the time."""
    key = next(iter(terms.leaflets or {"any"}))
    locale = next(iter(terms.locales or {"any"}))
    number = terms.pinned.get((key, locale), 0)
    return decide(reader.grant, Facts(CATALOGUE, "current", key, locale, number), reader.asked)
