"""
The statement of a permission: what anybody may know of it, and whether it holds now.

Organisations are named, people are not; price and conditions are between the parties. The shape is
published by being signed, so a changed one gets a new `SCHEMA`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from patientinfo.licensing.models import Licence
from patientinfo.licensing.terms import LICENSABLE, PARTS, LicenceTerms, Party, Use
from patientinfo.proofs.addresses import jwks_url, jws_url, proof_url
from patientinfo.proofs.standing import Standing, standing_at
from patientinfo.proofs.subjects import Subject

Json = dict[str, Any]

SCHEMA = "patientinfo/permission/1"


def statement_of(
    licence: Licence, terms: LicenceTerms, subjects: Sequence[Subject], at: datetime
) -> Json:
    """The statement as plain data, true at `at`."""
    standing = standing_at(licence, at)
    return {
        "schema": SCHEMA,
        "number": licence.number,
        "url": proof_url(licence.number),
        "valid": standing == Standing.VALID,
        "status": str(standing),
        "checked_at": at.isoformat(),
        "licensor": _organisation(terms.licensor),
        "licensee": _organisation(terms.licensee),
        "version": licence.version,
        "granted_on": _day(licence.granted_at, terms).isoformat(),
        "starts": terms.starts.isoformat(),
        "ends": terms.ends.isoformat() if terms.ends else None,
        "time_zone": terms.time_zone,
        **_scope(terms, subjects),
        "signed_url": jws_url(licence.number),
        "keys_url": jwks_url(),
    }


def _day(at: datetime, terms: LicenceTerms) -> date:
    """By the calendar that the other days of a licence have, too."""
    return at.astimezone(ZoneInfo(terms.time_zone)).date()


def _organisation(party: Party) -> Json:
    return {"name": party.name, "country": party.country}


def _scope(terms: LicenceTerms, subjects: Sequence[Subject]) -> Json:
    """None means all, as in the terms."""
    return {
        "parts": [part for part in PARTS if part in terms.parts],
        "leaflets": None
        if terms.leaflets is None
        else [{"key": subject.key, "titles": dict(subject.titles)} for subject in subjects],
        "locales": None if terms.locales is None else sorted(terms.locales),
        "uses": [_use(terms, use) for use in LICENSABLE if use in terms.uses],
        "territory": None if terms.territory is None else sorted(terms.territory),
        "editions": {
            "policy": "current",
            "pinned": [
                {"leaflet": key, "locale": locale, "edition": number}
                for (key, locale), number in sorted(terms.pinned.items())
            ],
        },
        "adaptation": terms.adaptation,
        "commercial": terms.commercial,
        "credit": dict(sorted(terms.credit.items())),
    }


def _use(terms: LicenceTerms, use: Use) -> Json:
    run = terms.uses[use].get("run")
    return {"use": str(use), **({"run": run} if run else {})}
