"""Permission requests for tests: somebody asks, and an officer is there to decide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractUser, Permission, User
from django.utils import timezone

from patientinfo.licensing import decisions, requests
from patientinfo.licensing.request_models import Offer, PermissionRequest
from patientinfo.licensing.requests import Asker
from patientinfo.licensing.wishes import Wish
from tests.licences import make_terms

HARBOUR = Asker("Harbour Rehab (fictional)", "NL", "M. Aker", "m.aker@harbour.example", "nl")


def make_wish(**changes: Any) -> Wish:
    """The text of everything in Dutch and English, on a website, from today on."""
    given: dict[str, Any] = {
        "leaflets": None,
        "locales": frozenset({"nl", "en"}),
        "parts": frozenset({"text"}),
        "uses": {"website": {}},
        "starts": timezone.localdate(),
    }
    return Wish(**{**given, **changes})


def make_request(**more: Any) -> PermissionRequest:
    """Handed in, its address confirmed."""
    wish = more.pop("wish", None) or make_wish()
    draft = requests.create_draft(more.pop("asker", HARBOUR), wish, "We would like to.", **more)
    return requests.submit(requests.confirm_email(draft, user=more.get("user")))


def make_offer(request: PermissionRequest, by: Any = "user:1", **changes: Any) -> Offer:
    terms = make_terms(parts=frozenset({"text"}), licensee=requests.party_of(request))
    return decisions.offer(request, replace(terms, **changes), by=by)


def make_officer(name: str = "olga") -> AbstractUser:
    """Somebody of the clinic who may decide on requests."""
    user = User.objects.create_user(name, f"{name}@clinic.example", "a-password")
    user.user_permissions.add(
        Permission.objects.get(codename="decide_permissionrequest"),
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"),
    )
    return user
