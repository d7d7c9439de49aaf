"""Wagtail's own page API, at ``/api/v3/``, for authors' programs.

It reads live pages, so it knows nothing of licences: open, it would give everybody the words
that a licence is needed for. Mounted for authors it therefore takes tokens only, and of those only
the ones of people who may enter the admin: any account can be given a token, and every live page,
whatever its level and however its edition stands, can be read with one.
"""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.urls import api as wagtails
from wagtail.models import APIToken

from patientinfo.throttling.doors import throttled_patterns


class AuthorToken(BearerTokenAuth):
    """A token whose owner may enter the admin; any other is no token."""

    def authenticate(self, request: HttpRequest, token: str) -> APIToken | None:
        """Whose token it is, or None, which Ninja answers with 401."""
        found = super().authenticate(request, token)
        if found is None or not found.user.has_perm("wagtailadmin.access_admin"):
            return None
        return found


def authors_api(*, public: bool) -> NinjaAPI:
    """Wagtail's API; unless ``public``, every operation answers 401 without an author's token."""
    if not public:
        operations = (
            operation
            for _prefix, router in wagtails._routers  # noqa: SLF001 - Ninja offers no public way
            for view in router.path_operations.values()
            for operation in view.operations
        )
        for operation in operations:
            operation.auth_callbacks = [AuthorToken()]
            # An operation of a router with an auth of its own would be given that one again.
            operation.auth_param = operation.auth_callbacks
    api: NinjaAPI = wagtails
    return api


def authors_urls(*, public: bool) -> tuple[list[Any], str, str]:
    """Its addresses, for ``path``; guessing a token costs there what guessing a key costs."""
    patterns, app, namespace = authors_api(public=public).urls
    return throttled_patterns(patterns), app, namespace
