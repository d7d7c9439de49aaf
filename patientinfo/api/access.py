"""
Who asks, for what, and what they may have: the one place where the API asks the guard.

List, detail, editions, find, search and renditions all decide here. `reader_of` turns a request
into a `Reader`; a key that gives nothing is refused there, with the reason and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from patientinfo.api.answers import VARY
from patientinfo.api.details import EVERYBODY, Audience
from patientinfo.api.errors import Problem
from patientinfo.api.rendering import Given
from patientinfo.api.rows import Row
from patientinfo.conf import partners_url, public_url, renewal_url
from patientinfo.editions.models import Status
from patientinfo.licensing import usage
from patientinfo.licensing.credentials import Holder, NoHolder, holder_of
from patientinfo.licensing.guard import (
    CATALOGUE,
    LICENSABLE,
    PHOTOS,
    TEXT,
    Asked,
    Decision,
    Facts,
    Grant,
    Kind,
    Permitted,
    Reason,
    Refused,
    Use,
    decide,
    facts_of,
)
from patientinfo.licensing.models import LicenceState
from patientinfo.licensing.pictures import KEY_PREFIX
from patientinfo.licensing.searching import gives, publicly_searchable
from patientinfo.licensing.terms import LicenceTerms
from patientinfo.throttling import passages

#: Query parameters of every address that gives words: the schema of each, by name.
PARAMETERS: dict[str, dict[str, Any]] = {
    "use": {
        "type": "string",
        "enum": [str(use) for use in LICENSABLE],
        "description": "What you are going to do with it. Left out: whatever your licence allows.",
    },
    "territory": {
        "type": "string",
        "pattern": "^[A-Z]{2}$",
        "description": "Where you are going to do it: a country by its ISO 3166-1 code.",
    },
}
_BEARER = re.compile(r"bearer +(?P<key>\S+) *", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Reader:
    """
    Who asks and for what. Two that compare equal may have the same; the moment and the database's
    rows are left out of that.
    """

    use: Use = Use.API
    territory: str = ""
    licence: str = ""
    terms_digest: str = ""
    kind: Kind | None = None
    holder: Holder | None = field(default=None, compare=False)
    at: datetime | None = field(default=None, compare=False)

    @property
    def grant(self) -> Grant | None:
        return self.holder.grant if self.holder else None

    @property
    def asked(self) -> Asked:
        return Asked(self.use, self.at, self.territory)

    @property
    def terms(self) -> LicenceTerms | None:
        return self.grant.terms if self.grant else None


PUBLIC = Reader()


def reader_of(request: HttpRequest) -> Reader:
    """
    Whose request this is. A key that gives nothing is refused, not ignored: its owner believes to
    have one, and would take the public's answer for the licensed one.
    """
    authorization = request.META.get("HTTP_AUTHORIZATION", "")
    keyed = authorization[:7].lower() == "bearer "
    if not keyed and not request.META.get("QUERY_STRING"):
        return PUBLIC
    use, territory = _asked_for(request) if request.META.get("QUERY_STRING") else (Use.API, "")
    if not keyed:
        return Reader(use, territory)
    now = timezone.now()
    found = _BEARER.fullmatch(authorization)
    holder = holder_of(found["key"], now) if found else NoHolder("malformed")
    if isinstance(holder, NoHolder):
        raise _unknown(holder)
    if holder.ended:
        raise _ended(holder)
    if holder.kind is Kind.BROWSER:
        _prove_origin(request, holder)
    else:
        passages.prove(request)
    if holder.last_used_on != now.date():
        usage.METER.note_use(holder.key_id, now.date())
    return Reader(
        use=use,
        territory=territory,
        licence=holder.grant.number,
        terms_digest=holder.terms_digest,
        kind=holder.kind,
        holder=holder,
        at=now,
    )


def _asked_for(request: HttpRequest) -> tuple[Use, str]:
    return _use(request), _territory(request)


def _use(request: HttpRequest) -> Use:
    given = request.GET.get("use")
    if given is None:
        return Use.API
    if given not in LICENSABLE:
        allowed = PARAMETERS["use"]["enum"]
        raise Problem("invalid-value", f"use: not {given[:40]!r}", parameter="use", allowed=allowed)
    return Use(given)


def _territory(request: HttpRequest) -> str:
    given = request.GET.get("territory")
    if given is None:
        return ""
    if not _COUNTRY.fullmatch(given):
        raise Problem(
            "invalid-value",
            f"territory: {given[:40]!r} is not a country's code like NL.",
            parameter="territory",
        )
    return given


def _unknown(refused: NoHolder) -> Problem:
    details = {
        "malformed": "This is not an access key: it was mistyped or cut short.",
        "unknown": "This access key was not issued here.",
        "revoked": "This access key was revoked or replaced; use the one that replaces it.",
    }
    return Problem(
        "unknown-access-key",
        f"{details[refused.why]} Leave the header Authorization out to read what is public.",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token"', "Vary": "Authorization"},
        reason=refused.why,
    )


def _ended(holder: Holder) -> Problem:
    number, ended = holder.grant.number, holder.ended
    # A browser key stands in a page for everybody to take: why its licence ended is not for them.
    why = "." if holder.kind is Kind.BROWSER else f": {holder.reason}"
    details = {
        "expired": f"Licence {number} has ended; ask for its renewal.",
        "not_begun": f"Licence {number} has not begun yet.",
        "suspended": f"Licence {number} is suspended{why}",
        "revoked": f"Licence {number} was revoked{why}",
        "renewed": f"Licence {number} was renewed; use a key of the licence that replaces it.",
    }
    return Problem(
        "licence-not-in-force",
        details[ended],
        headers={"Vary": "Authorization"},
        licence=number,
        reason=ended,
        **_way_on(number, ended),
        proof_url=public_url(f"/permissions/{number}/"),
    )


def _way_on(number: str, ended: str) -> dict[str, str]:
    """Where to go from there: only what has run out is renewed, what was revoked is asked anew."""
    if ended == LicenceState.EXPIRED:
        return {"renew_url": renewal_url(number)}
    return {"permission_url": partners_url()} if ended == LicenceState.REVOKED else {}


def _prove_origin(request: HttpRequest, holder: Holder) -> None:
    """Browsers say from which page a request comes, and a page cannot make them say another."""
    origin = request.META.get("HTTP_ORIGIN", "")
    if origin.lower() not in holder.origins:
        raise Problem(
            "wrong-origin",
            "This key is for pages of other origins."
            if origin
            else "This key is for pages in a browser; for a program make a key of its own.",
            headers={"Vary": "Authorization, Origin"},
        )


# Decisions


def decide_current(reader: Reader, row: Row) -> Decision:
    """What of the current Edition may leave. A key that may not have it at all gets a problem."""
    facts = facts_of(
        row.level, row.status, key=str(row.leaflet), locale=row.locale, number=row.number
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
        key=str(row.leaflet),
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


def given_under(reader: Reader, row: Row, *, newest: bool = True) -> Given:
    """The licence that an Edition is given under; empty when it is given as to anybody."""
    terms = reader.terms
    if terms is None:
        return Given()
    facts = Facts(CATALOGUE, row.status, str(row.leaflet), row.locale, row.number, newest)
    if isinstance(decide(reader.grant, facts, reader.asked), Refused):
        return Given()
    return Given(reader.licence, terms.credit.get(row.locale, ""))


def audience_of(reader: Reader, row: Row, decision: Decision, *, newest: bool = True) -> Audience:
    """For whom a detail is made: everybody, a licence, or one of the clinic's own channels."""
    if reader.holder is None or isinstance(decision, Refused):
        return EVERYBODY
    addressed = f"{KEY_PREFIX}{reader.holder.key_id}"
    if reader.terms is None:
        return Audience(pictures=addressed)
    if decision.licensed:
        given = Given(reader.licence, reader.terms.credit.get(row.locale, ""))
    else:  # the public level gives it too; the licence may cover it or not
        given = given_under(reader, row, newest=newest)
    return Audience(given, addressed) if given.licence else EVERYBODY


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
