"""A form becomes a request, and a request a form again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from patientinfo.licensing.models import Licence
from patientinfo.licensing.request_models import PermissionRequest
from patientinfo.licensing.requests import create_draft, save_draft
from patientinfo.licensing.terms import LicenceTerms, Use
from patientinfo.licensing.wishes import Wish, wish_from
from patientinfo.partners.accounts import is_partner
from patientinfo.partners.forms import AskForm

_SESSION = "partner_drafts"
_KEPT = 10


def file_form(
    request: HttpRequest,
    form: AskForm,
    draft: PermissionRequest | None,
    renews: Licence | None = None,
) -> PermissionRequest:
    """Stores what the form says, in the draft that it came from or in a new one of this person."""
    asker, wish, message = form.asker(), form.wish(), form.cleaned_data.get("message", "")
    if draft is not None:
        return save_draft(draft, asker, wish, message)
    user = request.user if is_partner(request.user) else None
    made = create_draft(asker, wish, message, user=user, renews=renews)
    if user is None:
        remember(request, made)
    return made


def remember(request: HttpRequest, made: PermissionRequest) -> None:
    """This browser may go on with a draft that belongs to no account yet."""
    kept = [*request.session.get(_SESSION, []), str(made.uid)]
    request.session[_SESSION] = kept[-_KEPT:]


def is_remembered(request: HttpRequest, draft: PermissionRequest) -> bool:
    return draft.user_id is None and str(draft.uid) in request.session.get(_SESSION, [])


def initial_of(request: PermissionRequest) -> dict[str, Any]:
    """What the form shows of a draft."""
    return {
        "organisation": request.organisation,
        "country": request.country,
        "contact": request.contact,
        "email": request.email,
        "message": request.message,
        **initial_of_wish(wish_from(request.wish), request.country),
    }


def initial_of_wish(wish: Wish, country: str) -> dict[str, Any]:
    area = "some"
    if wish.territory is None:
        area = "world"
    elif wish.territory == {country}:
        area = "home"
    return {
        "scope": "all" if wish.leaflets is None else "some",
        "leaflets": sorted(wish.leaflets or ()),
        "topics": sorted(wish.topics),
        "locales": sorted(wish.locales or ()),
        "parts": sorted(wish.parts),
        "uses": list(wish.uses),
        "run": wish.uses.get(Use.PRINT, {}).get("run"),
        "adaptation": "yes" if wish.adaptation else "no",
        "area": area,
        "countries": sorted(wish.territory or ()),
        "starts": wish.starts,
        "ends": wish.ends,
        "commercial": "yes" if wish.commercial else "no",
        "price": wish.price,
        "credit": wish.credit,
    }


def initial_of_renewal(terms: LicenceTerms, locales: list[str]) -> dict[str, Any]:
    """The same again, as a question: what runs out is what is asked for."""
    wish = Wish(
        leaflets=terms.leaflets,
        locales=terms.locales if terms.locales is not None else frozenset(locales),
        parts=terms.parts,
        uses=terms.uses,
        adaptation=terms.adaptation,
        territory=terms.territory,
        commercial=terms.commercial,
        price=terms.price,
        credit=next(iter(terms.credit.values()), ""),
    )
    found = initial_of_wish(wish, terms.licensee.country)
    party = terms.licensee
    who = {"organisation": party.name, "country": party.country, "contact": party.contact}
    # The days are those of a new question: from today on, for a year.
    return {name: value for name, value in found.items() if name not in {"starts", "ends"}} | who
