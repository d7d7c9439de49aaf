"""
Who asks, and for what: a request → a `Reader`.

A key that gives nothing is refused here, with the reason and what to do; what a reader may have is
decided in `access`.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils import timezone

from patientinfo.api import rows
from patientinfo.api.errors import Problem
from patientinfo.api.rows import Row
from patientinfo.conf import partners_url, public_url, renewal_url
from patientinfo.licensing import usage
from patientinfo.licensing.credentials import Holder, NoHolder, holder_of, judge
from patientinfo.licensing.guard import LICENSABLE, Asked, Grant, Kind, Use
from patientinfo.licensing.keys import name_in
from patientinfo.licensing.models import LicenceState
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


class Presented(NamedTuple):
    """A key that came with a request, and its record as the database gave it a moment ago."""

    text: str
    record: str | None


def row_for(
    request: HttpRequest, key: uuid.UUID, locale: str
) -> tuple[Row | None, Presented | None]:
    """
    The row of a leaflet in one language, and for `reader_of` the record of the request's key: a
    read with a key asks the database as often as one without.
    """
    text = _key_in(request)
    name = name_in(text) if text else ""
    if not text or not name:
        return rows.row_of(key, locale), None
    row, record = rows.row_with_key(key, locale, name)
    return row, Presented(text, record)


def _key_in(request: HttpRequest) -> str | None:
    found = _BEARER.fullmatch(request.META.get("HTTP_AUTHORIZATION", ""))
    return found["key"] if found else None


def reader_of(request: HttpRequest, presented: Presented | None = None) -> Reader:
    """
    Whose request this is. A key that gives nothing is refused, not ignored: its owner believes to
    have one, and would take the public's answer for the licensed one. `presented`: the request's
    key, where it was looked up already.
    """
    authorization = request.META.get("HTTP_AUTHORIZATION", "")
    keyed = authorization[:7].lower() == "bearer "
    if not keyed and not request.META.get("QUERY_STRING"):
        return PUBLIC
    use, territory = _asked_for(request) if request.META.get("QUERY_STRING") else (Use.API, "")
    if not keyed:
        return Reader(use, territory)
    now = timezone.now()
    holder = judge(*presented, now) if presented else _looked_up(request, now)
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


def _looked_up(request: HttpRequest, now: datetime) -> Holder | NoHolder:
    text = _key_in(request)
    return holder_of(text, now) if text else NoHolder("malformed")


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
