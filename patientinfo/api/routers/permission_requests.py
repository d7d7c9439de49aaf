"""Asking for written permission by program; a person confirms it by e-mail and follows it there."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router

from patientinfo.api.answers import EVERYBODY
from patientinfo.api.errors import Problem
from patientinfo.api.request_schemas import PermissionAsked, PermissionReceived, UseLimits
from patientinfo.conf import public_url
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.asking import (
    MOST_LINKS,
    STORED_FROM_ONE_PLACE,
    ask_for_proof,
    links_in,
    place_of,
)
from patientinfo.licensing.limits import TooMany
from patientinfo.licensing.requests import Asker, create_draft
from patientinfo.licensing.wishes import COUNTRIES, BadWish, Wish, wish_from

router = Router(tags=["permission"])


@router.post("/", response={201: PermissionReceived}, operation_id="ask_for_permission")
def ask_for_permission(request: HttpRequest, asked: PermissionAsked) -> HttpResponse:
    """
    Hands in a request for written permission.

    A link goes to the e-mail address; nobody reviews the request before it was opened. From then on
    a person follows it at `status_url`, where they sign in with a code. Nothing is granted by this
    call, nor by silence.
    """
    wish = _wish_of(asked)
    asker = Asker(asked.organisation, asked.country, asked.contact, asked.email, asked.language)
    place = place_of(request)
    try:
        STORED_FROM_ONE_PLACE.take(place)
        with transaction.atomic():
            made = create_draft(asker, wish, asked.message)
            ask_for_proof(made, submits=True, place=place)
    except TooMany as refusal:
        raise Problem(
            "asked-too-often",
            "That was too often in a short time. Please wait a little.",
            headers={"Retry-After": str(refusal.wait)},
            retry_after=refusal.wait,
        ) from refusal
    status_url = public_url(f"/{asked.language}/partners/requests/{made.uid}/")
    body = {
        "id": str(made.uid),
        "state": made.state,
        "next": "confirm_email",
        "status_url": status_url,
    }
    headers = {**EVERYBODY, "Cache-Control": "no-store", "Location": status_url}
    return HttpResponse(
        orjson.dumps(body), status=201, content_type="application/json", headers=headers
    )


def _wish_of(asked: PermissionAsked) -> Wish:
    """The wish, once everything was held against what only we know; else all that is wrong."""
    problems = _problems_of(asked)
    data = asked.wish.model_dump(mode="json")
    data["uses"] = {use: {"run": given.run} if given.run else {} for use, given in _uses(asked)}
    try:
        wish = wish_from(data)
    except BadWish as error:
        raise _wrong({**problems, f"wish.{error.member}": str(error)}) from error
    problems |= {f"wish.{member}": "is missing" for member in wish.missing}
    if problems:
        raise _wrong(problems)
    return wish


def _uses(asked: PermissionAsked) -> Iterable[tuple[str, UseLimits]]:
    return asked.wish.uses.items()


def _problems_of(asked: PermissionAsked) -> dict[str, str]:
    """Member → what is wrong with it."""
    found = {}
    try:
        validate_email(asked.email)
    except ValidationError:
        found["email"] = "is not an address of mail"
    if asked.country not in COUNTRIES:
        found["country"] = "is not a country's code (ISO 3166-1)"
    languages = [code for code, _name in settings.LANGUAGES]
    if asked.language not in languages:
        found["language"] = f"has to be one of {', '.join(languages)}"
    if links_in(asked.message) > MOST_LINKS:
        found["message"] = f"has more than {MOST_LINKS} links"
    if links_in(asked.organisation) or links_in(asked.contact):
        found["organisation"] = "stands without a web address, as does the contact"
    keys = set(asked.wish.leaflets or ())
    known = CatalogueEntry.objects.available().filter(key__in=keys).order_by()
    unknown = keys - set(known.values_list("key", flat=True).distinct())
    if unknown:
        found["wish.leaflets"] = f"there is no leaflet {min(map(str, unknown))}"
    return found


def _wrong(problems: dict[str, str]) -> Problem:
    errors = [{"member": member, "reason": reason} for member, reason in problems.items()]
    detail = f"Something is wrong with: {', '.join(problems)}."
    return Problem("invalid-request", detail, errors=errors)
