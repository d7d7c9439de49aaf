"""
Answers about one permission, found by its number.

The proof is public: whoever has a number may know what it stands for. A number that cannot be and
one that nobody was given get the same answer, and for the first no query is made, so that trying
numbers out tells nothing and costs nothing. What only the parties know is in `private_views`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from patientinfo.channels.parts.wording import language
from patientinfo.channels.web.frame import LanguageLink, frame_of
from patientinfo.formats.problem import MEDIA_TYPE, problem_bytes
from patientinfo.licensing.models import Licence
from patientinfo.licensing.numbers import normalized
from patientinfo.proofs import signing
from patientinfo.proofs.odrl import MEDIA_TYPE as JSON_LD
from patientinfo.proofs.odrl_profile import profile_document
from patientinfo.proofs.page import proof_page
from patientinfo.proofs.proof import statement_of
from patientinfo.proofs.subjects import subjects_of

TEMPLATES = "patientinfo/proofs/"
#: A permission can be revoked at any moment, so no copy is given without asking again.
CACHE_CONTROL = "no-cache"
#: The key set changes when a key is exchanged, and the old one stays in it for long.
KEYS_CACHE_CONTROL = "public, max-age=3600"


@require_safe
def check_number(request: HttpRequest) -> HttpResponse:
    """The form into which a number is typed; with one, the way to its proof."""
    typed = request.GET.get("number", "").strip()
    if not typed:
        return _page(request, "check.html", {"typed": ""})
    number = normalized(typed)
    return _to_proof(request, number) if number else no_such_number(request, typed)


@require_safe
def show_proof(request: HttpRequest, number: str) -> HttpResponse:
    """The proof for people; for programs that ask for JSON, that."""
    wants = request.get_preferred_type(["text/html", "application/json"])
    if wants == "application/json":
        return show_proof_json(request, number)
    known = normalized(number)
    licence = find_licence(known)
    if licence is None:
        return no_such_number(request, number)
    if number != known:
        return _to_proof(request, licence.number)
    locale, terms = _locale_of(request), licence.terms
    with translation.override(locale):
        proof = proof_page(licence, terms, subjects_of(terms), timezone.now(), locale)
    return _page(request, "proof.html", {"proof": proof})


@require_safe
def show_proof_json(request: HttpRequest, number: str) -> HttpResponse:
    """The proof for programs."""
    licence = find_licence(normalized(number))
    if licence is None:
        return no_such_number(request, number, as_json=True)
    return _plain(JsonResponse(_statement(licence), json_dumps_params={"ensure_ascii": False}))


@require_safe
def show_proof_jws(request: HttpRequest, number: str) -> HttpResponse:
    """The proof that is checked without us."""
    licence = find_licence(normalized(number))
    if licence is None:
        return no_such_number(request, number, as_json=True)
    at = timezone.now()
    token = signing.signed(_statement(licence), at)
    if token is None:
        return problem(404, "not-signed", "This site has no key to sign proofs with.")
    return _plain(HttpResponse(token, content_type=signing.MEDIA_TYPE))


@require_safe
def show_keys(request: HttpRequest) -> HttpResponse:
    """The key set; empty where nothing is signed."""
    response = JsonResponse(signing.key_set(), content_type="application/jwk-set+json")
    response["Cache-Control"] = KEYS_CACHE_CONTROL
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def show_profile(request: HttpRequest) -> HttpResponse:
    """The terms that our ODRL policies use beside ODRL's."""
    response = JsonResponse(profile_document(), content_type=JSON_LD)
    response["Cache-Control"] = KEYS_CACHE_CONTROL
    response["Access-Control-Allow-Origin"] = "*"
    return response


def find_licence(number: str | None) -> Licence | None:
    """The licence of a number in its one spelling; None for none, without a query."""
    if number is None:
        return None
    return Licence.objects.select_related("licensee").filter(number=number).first()


def no_such_number(request: HttpRequest, typed: str, *, as_json: bool = False) -> HttpResponse:
    """One answer for what was mistyped and what was never given out."""
    if as_json:
        return problem(404, "no-such-permission", "No permission has this number.")
    return _page(request, "not_found.html", {"typed": typed[:40]}, status=404)


def problem(status: int, code: str, detail: str) -> HttpResponse:
    """An error for programs (RFC 9457), in the words of the page API's."""
    said = problem_bytes(code, status, detail)
    response = HttpResponse(said, status=status, content_type=MEDIA_TYPE)
    response["Content-Language"] = "en"
    return _plain(response)


def _statement(licence: Licence) -> dict[str, Any]:
    terms = licence.terms
    return statement_of(licence, terms, subjects_of(terms), timezone.now())


def _locale_of(request: HttpRequest) -> str:
    """`?lang=`, or what the reader's browser asks for."""
    wished = request.GET.get("lang", "")
    return wished if wished in dict(settings.LANGUAGES) else get_language() or "en"


def _page(
    request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    locale = _locale_of(request)
    links = [
        LanguageLink(language(code, locale), "", "" if code == locale else f"?lang={code}")
        for code, _name in settings.LANGUAGES
    ]
    frame = frame_of(locale, links, indexed=False)
    with translation.override(locale):
        html = render_to_string(TEMPLATES + template, {**context, "frame": frame}, request)
    response = HttpResponse(html, status=status)
    response["Content-Language"] = locale
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return _plain(response)


def _plain(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ("Accept",))
    return response


def _to_proof(request: HttpRequest, number: str) -> HttpResponse:
    """To the one address of a number, in the language that was chosen."""
    query = f"?lang={_locale_of(request)}" if "lang" in request.GET else ""
    return HttpResponseRedirect(reverse("patientinfo_proof", args=[number]) + query)
