"""The letter and the policy: for the parties alone, by their sign-in or by a key of the licence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from patientinfo.channels.base import NotRenderable
from patientinfo.licensing.models import Licence
from patientinfo.licensing.numbers import normalized
from patientinfo.proofs.access import may_read_private
from patientinfo.proofs.kept_letters import signed_letter
from patientinfo.proofs.odrl import MEDIA_TYPE, agreement_of
from patientinfo.proofs.subjects import subjects_of
from patientinfo.proofs.views import find_licence, no_such_number, problem

View = Callable[[HttpRequest, str], HttpResponse]


def for_parties(view: Callable[[Licence], HttpResponse]) -> View:
    """404 for no permission, 403 for one of others; what is answered is kept by nobody between."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, number: str) -> HttpResponse:
        licence = find_licence(normalized(number))
        if licence is None:
            response = no_such_number(request, number, as_json=True)
        elif not may_read_private(request, licence):
            response = problem(
                403,
                "for-the-parties",
                "Only the parties to this permission may have this: sign in, or send a key of it.",
            )
        else:
            response = view(licence)
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ("Authorization", "Cookie"))
        return response

    return answer


@for_parties
def show_policy(licence: Licence) -> HttpResponse:
    """The ODRL Agreement of the terms in force."""
    version = licence.versions.select_related("licence").get(version=licence.version)
    agreement = agreement_of(version, subjects_of(version.terms))
    response = JsonResponse(
        agreement, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="{licence.number}.jsonld"'
    return response


@for_parties
def show_letter(licence: Licence) -> HttpResponse:
    """The letter of the terms in force; signed for the first who asks, and found for the next."""
    try:
        pdf = signed_letter(licence)
    except NotRenderable as reason:
        return problem(422, "not-renderable", str(reason))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{licence.number}.pdf"'
    response["Content-Language"] = licence.terms.language
    return response
