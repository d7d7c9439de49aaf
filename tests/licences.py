"""Licences for tests: what is granted is named, everything else is a plain default."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from patientinfo.licensing.actions import grant_licence
from patientinfo.licensing.models import Licence, Licensee
from patientinfo.licensing.terms import LicenceTerms, Party


def make_terms(**changes: Any) -> LicenceTerms:
    """Text and photos of everything, for websites, from yesterday on and for a year."""
    today = timezone.localdate()
    given: dict[str, Any] = {
        "licensee": Party("Harbour Rehab (fictional)", "NL", "M. Aker", "m.aker@harbour.example"),
        "licensor": Party("Uplands Physio Clinic"),
        "starts": today - timedelta(days=1),
        "ends": today + timedelta(days=364),
        "parts": frozenset({"text", "photos"}),
        "uses": {"website": {}},
        "leaflets": None,
        "locales": None,
    }
    return LicenceTerms(**{**given, **changes})


def make_licensee(**changes: Any) -> Licensee:
    given = {
        "name": "Harbour Rehab (fictional)",
        "country": "NL",
        "email": "m.aker@harbour.example",
    }
    return Licensee.objects.create(**{**given, **changes})


def make_licence(licensee: Licensee | None = None, **terms: Any) -> Licence:
    return grant_licence(licensee or make_licensee(), make_terms(**terms), by="a test")
