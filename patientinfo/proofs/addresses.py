"""Where everything about a permission is found; absolute, because it is printed and signed."""

from __future__ import annotations

from django.urls import reverse

from patientinfo.conf import public_url


def proof_url(number: str) -> str:
    """The public proof: what a letter's code leads to, and the `uid` of the policy."""
    return public_url(reverse("patientinfo_proof", args=[number]))


def jws_url(number: str) -> str:
    """The proof, signed."""
    return public_url(reverse("patientinfo_proof_jws", args=[number]))


def jwks_url() -> str:
    """The keys that it is signed with."""
    return public_url(reverse("patientinfo_jwks"))


def profile_url() -> str:
    """The profile whose terms the policy uses beside ODRL's."""
    return public_url(reverse("patientinfo_odrl_profile"))


def leaflet_url(key: str, locale: str = "", edition: int | None = None) -> str:
    """The identity of a leaflet, in a language, in one edition: its address in the page API."""
    parts = [key, *([locale] if locale else []), *(["editions", str(edition)] if edition else [])]
    return f"{catalogue_url()}{'/'.join(parts)}/"


def catalogue_url() -> str:
    """The identity of all leaflets together."""
    return public_url("/api/v1/pages/")
