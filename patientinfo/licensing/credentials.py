"""
Whose key is it? One indexed look-up, and nothing is believed that the database did not say now.

A key that was revoked a moment ago is refused by the next request, and so is one whose licence was.
The terms of a licence are kept in the process by their digest: they are frozen, so what is kept
cannot be out of date. So is what a row says, by the row itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from patientinfo.conf import get_setting
from patientinfo.editions.compiled_query import A_TEXT, CompiledQuery, storable
from patientinfo.licensing.guard import Grant, Kind
from patientinfo.licensing.key_checks import Check, check_key
from patientinfo.licensing.keys import ParsedKey, hash_key, parse_key
from patientinfo.licensing.models import AccessKey, LicenceState, LicenceVersion
from patientinfo.licensing.terms import LicenceTerms

#: Terms kept in a process; those of a licence for everything are some hundred bytes.
KEPT_TERMS = 2_000
#: Rows of keys kept in a process: those that are read with again and again.
KEPT_ROWS = 5_000


class Holder(NamedTuple):
    """Who holds a key that was found. `ended`: why its licence gives nothing now, or empty."""

    kind: Kind
    key_id: int
    grant: Grant
    licence_id: int | None = None
    terms_digest: str = ""
    origins: tuple[str, ...] = ()
    ended: str = ""
    reason: str = ""
    last_used_on: date | None = None


@dataclass(frozen=True, slots=True)
class NoHolder:
    """A key that opens nothing: `malformed`, `unknown` or `revoked`."""

    why: str


class Found(NamedTuple):
    """A key's row and its licence's, with Python's values."""

    pk: int
    kind: str
    hash: str
    origins: list[str]
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_on: date | None
    licence_id: int | None
    licence__number: str
    licence__state: str
    licence__starts_at: datetime
    licence__ends_at: datetime | None
    licence__terms_digest: str
    licence__reason: str


@cache
def _by_name() -> CompiledQuery:
    keys = AccessKey.objects.filter(name=A_TEXT).order_by().values_list(*Found._fields)
    return CompiledQuery(keys, name=(AccessKey._meta.get_field("name"), A_TEXT))


@lru_cache(maxsize=KEPT_ROWS)
def _typed(row: tuple[Any, ...]) -> Found:
    """What a row says, which was read a moment ago; the same row always says the same."""
    return Found._make(_by_name().typed(row))


def holder_of(text: str, at: datetime) -> Holder | NoHolder:
    """Whose key `text` is at a moment. One query, and one more for terms not seen before."""
    parsed = parse_key(text)
    if parsed is None:
        return NoHolder("malformed")
    found = _found(parsed)
    if found is None:
        return NoHolder("unknown")
    check = check_key(text, found.hash)
    if check is Check.WRONG:
        return NoHolder("unknown")
    if found.revoked_at is not None or (found.expires_at and at >= found.expires_at):
        return NoHolder("revoked")
    if check is Check.OUTDATED:
        _hash_anew(found, text)
    if parsed.kind is Kind.CHANNEL:
        grant = Grant("", LicenceState.ACTIVE.value, None)
        return Holder(Kind.CHANNEL, found.pk, grant, last_used_on=found.last_used_on)
    return _licensed(parsed.kind, found, at)


def _licensed(kind: Kind, found: Found, at: datetime) -> Holder:
    state, ended = found.licence__state, ""
    if found.licence_id is None:
        raise AccessKey.DoesNotExist(f"Key {found.pk} has no licence.")
    if state != LicenceState.ACTIVE:
        ended = state
    elif at < found.licence__starts_at:
        ended = "not_begun"
    elif found.licence__ends_at is not None and at >= found.licence__ends_at:
        ended = LicenceState.EXPIRED.value
    terms = frozen_terms(found.licence_id, found.licence__terms_digest)
    return Holder(
        kind=kind,
        key_id=found.pk,
        grant=Grant(found.licence__number, state, terms),
        licence_id=found.licence_id,
        terms_digest=found.licence__terms_digest,
        origins=tuple(found.origins),
        ended=ended,
        reason=found.licence__reason,
        last_used_on=found.last_used_on,
    )


def _found(parsed: ParsedKey) -> Found | None:
    if parsed.name in get_setting("REFUSED_KEYS"):
        return None
    rows = _by_name().run(name=storable(parsed.name))
    found = _typed(tuple(rows[0])) if rows else None
    return found if found is not None and found.kind == parsed.kind else None


@lru_cache(maxsize=KEPT_TERMS)
def frozen_terms(licence_id: int, digest: str) -> LicenceTerms:
    """The terms of a licence that have this digest."""
    version = LicenceVersion.objects.filter(licence_id=licence_id, digest=digest).first()
    if version is None:
        raise LicenceVersion.DoesNotExist(f"Licence {licence_id} has no terms {digest}.")
    terms: LicenceTerms = version.terms
    return terms


def _hash_anew(found: Found, text: str) -> None:
    """A key hashed under an earlier secret moves to today's, so that the earlier one can go."""
    AccessKey.objects.filter(pk=found.pk).update(hash=hash_key(text))
