"""
Whose token a request carries: an API token of Wagtail's, made in the admin or by
`manage.py api_tokens create`. It may what its owner may, and is worth nothing without one who may
enter the admin.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.models import APIToken

from patientinfo.api.errors import Problem
from patientinfo.throttling import passages


class EditorToken(BearerTokenAuth):
    """Refuses in the API's own manner; asked twice in one request, it looks once."""

    def __call__(self, request: HttpRequest) -> Any:
        known = getattr(request, "auth", None)
        if isinstance(known, APIToken):
            return known
        token = super().__call__(request)
        if token is None:
            raise Problem(
                "token-required",
                "Send the API token of an editor: Authorization: Bearer …; keys of licences and "
                "sessions are not taken here.",
                headers={"WWW-Authenticate": _challenge(request)},
            )
        passages.prove(request)
        if not token.user.has_perm("wagtailadmin.access_admin"):
            raise Problem("forbidden", "The owner of this token may not enter the admin.")
        request.auth = token  # type: ignore[attr-defined]
        return token


def _challenge(request: HttpRequest) -> str:
    """RFC 6750, section 3: the error is named only to one who sent a token."""
    return 'Bearer error="invalid_token"' if "authorization" in request.headers else "Bearer"
