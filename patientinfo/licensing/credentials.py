"""
Whose key is it? One indexed look-up, and nothing is believed that the database did not say now.

A key that was revoked a moment ago is refused by the next request, and so is one whose licence was.
What a key's record says is kept in the process by the record itself (`key_checks`), and the terms
of a licence by their digest: they are frozen, so what is kept cannot be out of date. Who has more
to look up asks for the record in the same statement (`key_records`) and has it judged.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import JSONArray

from patientinfo.conf import get_setting
from patientinfo.editions.compiled_query import A_TEXT, CompiledQuery, storable
from patientinfo.licensing.guard import Grant, Kind
from patientinfo.licensing.key_checks import Check, KnownKeys, check_key
from patientinfo.licensing.keys import hash_key, name_in, parse_key
from patientinfo.licensing.models import AccessKey, LicenceState, LicenceVersion
from patientinfo.licensing.terms import LicenceTerms, terms_from

#: Terms kept in a process for who has no key; those of a licence for everything are some hundred
#: bytes.
KEPT_TERMS = 2_000
#: Stands in `key_records` for the name that it is run with.
A_NAME = "\ufffe\ufffe"
#: Stands for the row id of a licence.
_A_LICENCE = -1


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
    """A key's record: what its row and its licence's say, with Python's values."""

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
    licence__starts_at: datetime | None
    licence__ends_at: datetime | None
    licence__terms_digest: str
    licence__reason: str


class _Judged(NamedTuple):
    """What a right key's record says at any moment; `starts_at`, `ends_at` are its licence's."""

    holder: Holder
    revoked_at: datetime | None = None
    expires_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


_KNOWN: KnownKeys[_Judged] = KnownKeys()


def key_records() -> QuerySet[AccessKey, Any]:
    """
    The record of the key of `A_NAME`: one JSON array of `Found`'s values, or no row. As one value
    it costs a read less to fetch, and tells at once whether anything in it is new.
    """
    keys = AccessKey.objects.filter(name=A_NAME).order_by()
    return keys.values_list(JSONArray(*Found._fields))


@cache
def _by_name() -> CompiledQuery:
    return CompiledQuery(key_records(), name=(AccessKey._meta.get_field("name"), A_NAME))


def holder_of(text: str, at: datetime) -> Holder | NoHolder:
    """Whose key `text` is at a moment. One query, and one more for a key not seen before."""
    name = name_in(text)
    rows = _by_name().run(name=storable(name)) if name else []
    return judge(text, rows[0][0] if rows else None, at)


def judge(text: str, record: str | None, at: datetime) -> Holder | NoHolder:
    """
    Whose key `text` is at a moment. `record`: what `key_records` found just now under the key's
    name, as the database gave it.
    """
    name = name_in(text)
    if name in get_setting("REFUSED_KEYS"):
        return NoHolder("unknown" if parse_key(text) else "malformed")
    known = _KNOWN.get(name, text, record) if record else None
    judged = known or _judged(name, text, record)
    return judged if isinstance(judged, NoHolder) else _at(judged, at)


def _at(judged: _Judged, at: datetime) -> Holder | NoHolder:
    """How a right key stands at a moment; this is found anew for every read."""
    if judged.revoked_at is not None or (judged.expires_at and at >= judged.expires_at):
        return NoHolder("revoked")
    holder = judged.holder
    if holder.ended:
        return holder
    if judged.starts_at is not None and at < judged.starts_at:
        return holder._replace(ended="not_begun")
    if judged.ends_at is not None and at >= judged.ends_at:
        return holder._replace(ended=LicenceState.EXPIRED.value)
    return holder


def _judged(name: str, text: str, record: str | None) -> _Judged | NoHolder:
    """The same for a key that is not known, or of which the record says something new."""
    parsed = parse_key(text)
    if parsed is None:
        return NoHolder("malformed")
    if record is None:
        return NoHolder("unknown")
    found = _found(record)
    check = check_key(text, found.hash)
    if found.kind != parsed.kind or check is Check.WRONG:
        return NoHolder("unknown")
    judged = _Judged(_holder(parsed.kind, found), found.revoked_at, found.expires_at)
    if parsed.kind is not Kind.CHANNEL:
        judged = judged._replace(starts_at=found.licence__starts_at, ends_at=found.licence__ends_at)
    if check is Check.OUTDATED:
        if found.revoked_at is None:
            _hash_anew(found, text)
        return judged
    return _KNOWN.keep(name, text, record, judged)


def _found(record: str) -> Found:
    """A record with Python's values."""
    said: dict[str, Any] = dict(zip(Found._fields, json.loads(record), strict=True))
    for name in _MOMENTS:
        said[name] = _moment(said[name])
    if isinstance(said["origins"], str):  # SQLite has JSON as text, within JSON too
        said["origins"] = json.loads(said["origins"])
    if said["last_used_on"]:
        said["last_used_on"] = date.fromisoformat(said["last_used_on"])
    return Found(**said)


_MOMENTS = ("expires_at", "revoked_at", "licence__starts_at", "licence__ends_at")


def _moment(text: str | None) -> datetime | None:
    """A moment as a database writes it into JSON; SQLite leaves out that it is UTC."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _holder(kind: Kind, found: Found) -> Holder:
    """Who holds a key while its licence runs, or why its state gives nothing at all."""
    if kind is Kind.CHANNEL:
        grant = Grant("", LicenceState.ACTIVE.value, None)
        return Holder(kind, found.pk, grant, last_used_on=found.last_used_on)
    if found.licence_id is None:
        raise AccessKey.DoesNotExist(f"Key {found.pk} has no licence.")
    state = found.licence__state
    return Holder(
        kind=kind,
        key_id=found.pk,
        grant=Grant(
            found.licence__number,
            state,
            frozen_terms(found.licence_id, found.licence__terms_digest),
        ),
        licence_id=found.licence_id,
        terms_digest=found.licence__terms_digest,
        origins=tuple(found.origins),
        ended="" if state == LicenceState.ACTIVE else state,
        reason=found.licence__reason,
        last_used_on=found.last_used_on,
    )


@cache
def _terms_query() -> CompiledQuery:
    versions = LicenceVersion.objects.filter(licence=_A_LICENCE, digest=A_TEXT).order_by()
    return CompiledQuery(
        versions.values_list("data"),
        licence=(LicenceVersion._meta.get_field("licence"), _A_LICENCE),
        digest=(LicenceVersion._meta.get_field("digest"), A_TEXT),
    )


@lru_cache(maxsize=KEPT_TERMS)
def frozen_terms(licence_id: int, digest: str) -> LicenceTerms:
    """The terms of a licence that have this digest."""
    rows = _terms_query().run(licence=licence_id, digest=storable(digest))
    if not rows:
        raise LicenceVersion.DoesNotExist(f"Licence {licence_id} has no terms {digest}.")
    (data,) = _terms_query().typed(rows[0])
    return terms_from(data)


def _hash_anew(found: Found, text: str) -> None:
    """A key hashed under an earlier secret moves to today's, so that the earlier one can go."""
    AccessKey.objects.filter(pk=found.pk).update(hash=hash_key(text))
