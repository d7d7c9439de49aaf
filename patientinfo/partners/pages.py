"""What every page of partners shares: the frame, the language, and that no cache keeps it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, override

from patientinfo.channels.parts.wording import language
from patientinfo.channels.web.frame import Frame, LanguageLink, frame_of
from patientinfo.partners.accounts import is_partner

TEMPLATES = "patientinfo/partners/"
View = Callable[..., HttpResponse]


def here() -> str:
    """The language of this page."""
    return get_language() or settings.LANGUAGE_CODE


def frame_for(request: HttpRequest, *, indexed: bool = False) -> Frame:
    """The frame, whose languages lead to the same page in another one."""
    locale = here()
    rest = request.get_full_path().removeprefix(f"/{locale}/")
    links = (
        LanguageLink(language(code, locale), "", "" if code == locale else f"/{code}/{rest}")
        for code, _name in settings.LANGUAGES
    )
    return frame_of(locale, links, indexed=indexed)


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
    indexed: bool = False,
) -> HttpResponse:
    """A page that is for one person: no cache keeps it, and no address of it leaks to others."""
    given = {
        "frame": frame_for(request, indexed=indexed),
        "signed_in": is_partner(request.user),
        **(context or {}),
    }
    response = HttpResponse(
        render_to_string(f"{TEMPLATES}{template}", given, request), status=status
    )
    return sealed(response)


def sealed(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, and named to no other site."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "same-origin"
    return response


def partners_only(view: View) -> View:
    """Sends whoever is not signed in as a partner to the sign-in, and back afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not is_partner(request.user):
            return show(request, "staff.html", status=403)
        if not is_partner(request.user):
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        return sealed(view(request, *args, **kwargs))

    return guarded


def address_in(locale: str, name: str, *args: Any) -> str:
    """The path of one of our pages in a language."""
    with override(locale):
        return reverse(f"partners:{name}", args=args)
