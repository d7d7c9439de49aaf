"""The page API: which routers there are, in the order in which addresses are tried."""

from __future__ import annotations

from typing import NoReturn

from django.http import HttpRequest
from ninja.openapi.docs import Swagger

from patientinfo.api.authoring import routes as authoring
from patientinfo.api.openapi import PageAPI
from patientinfo.api.rendering import NAMESPACE
from patientinfo.api.routers import (
    bundles,
    editions,
    pages,
    permission_requests,
    reference,
    renditions,
    usage,
)
from patientinfo.api.strictness import strictly

DESCRIPTION = """\
Patient information, leaflet by leaflet, in every language it was translated into. Every `document`
is an Edition: numbered, dated, never changed, with a digest that you can check.

Errors are `application/problem+json` (RFC 9457). Answers carry an `ETag`; send it back in
`If-None-Match` and what has not changed costs nothing.
"""

api = PageAPI(
    title="Patient information: page API",
    version="1",
    description=DESCRIPTION,
    urls_namespace=NAMESPACE,
    # Its picture of the validity of this document would be fetched from elsewhere.
    docs=Swagger({"validatorUrl": None}),
)


def _hand_up(request: HttpRequest, error: Exception) -> NoReturn:
    """Ninja answers nothing itself: `addresses` has one answer for each error."""
    raise error


for handled in tuple(api._exception_handlers):  # noqa: SLF001 - Ninja lists them nowhere else
    api.add_exception_handler(handled, _hand_up)  # type: ignore[arg-type]

api.add_decorator(strictly, mode="view")
api.add_router("/pages", pages.router)
api.add_router("/pages", editions.router)
api.add_router("/translations", authoring.router)
api.add_router("/pages", renditions.router)
api.add_router("/usage", usage.router)
api.add_router("", reference.router)
api.add_router("/bundle", bundles.router)
api.add_router("/permission-requests", permission_requests.router)
