"""
Every address under `/api/`, and what holds for all of them.

They are read only (GET, HEAD, OPTIONS), but for those that take translators' files (POST); a page
of any origin may call them; and whatever goes wrong is answered with a problem, an address that
does not exist included: nothing under `/api/` falls through to the pages for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path, resolve
from django.views.decorators.csrf import csrf_exempt
from ninja.utils import normalize_path

from patientinfo.api.answers import EVERYBODY, conditional
from patientinfo.api.api import api
from patientinfo.api.errors import Problem, as_problem, as_response
from patientinfo.api.rendering import NAMESPACE, api_root
from patientinfo.bundles.answers import COST as BUNDLE_COST
from patientinfo.throttling.doors import CODE, View, throttled
from patientinfo.throttling.passages import Refusal

Write = Callable[[Problem], HttpResponse]

#: What an address takes by whether something can be sent to it, read from it, or both.
READ, SEND = ("GET", "HEAD"), ("POST",)
#: Routes whose answers count as more than one request.
COSTS = {"bundle/": BUNDLE_COST}
#: Accept too: a browser asks first about one with a colon or a quotation mark, as in a profile.
PREFLIGHT = {
    **EVERYBODY,
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Authorization, If-None-Match",
    "Access-Control-Max-Age": "86400",
}

_PAGE = re.compile(r"pages/(?P<key>[^/]+)/")
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def patterns() -> list[URLPattern | URLResolver]:
    """What the project mounts under `/api/`."""
    ours, app, _namespace = api.urls
    # Leaflets before the reference: every address that is tried before takes some of a read's time.
    ours = sorted(ours, key=lambda pattern: not str(pattern.pattern).startswith("pages/"))
    return [
        path("v1/", include(([_guarded_pattern(p) for p in ours], app), namespace=NAMESPACE)),
        re_path(r"", nowhere),
    ]


def _guarded_pattern(pattern: Any) -> URLPattern:
    # Ninja has an address there only to find its own path by.
    root = pattern.name == "api-root"
    route = str(pattern.pattern)
    view = nowhere if root else guarded(pattern.callback, _methods(route), cost=COSTS.get(route, 1))
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


@cache
def _declared() -> dict[str, set[str]]:
    """Route → the methods of its operations; Ninja's own (docs, OpenAPI) are not among them."""
    found: dict[str, set[str]] = {}
    for prefix, router in api._routers:  # noqa: SLF001 - Ninja lists them nowhere else
        for route, operations in router.path_operations.items():
            path_here = normalize_path(f"{prefix}/{route}").lstrip("/")
            methods = {method for one in operations.operations for method in one.methods}
            found[path_here.replace("{", "<").replace("}", ">")] = methods
    return found


def _methods(route: str) -> tuple[str, ...]:
    """What the address takes, in a fixed order; what declares nothing is for reading."""
    declared = _declared().get(route, {"GET"})
    read, send = (READ if "GET" in declared else ()), (SEND if "POST" in declared else ())
    return (*read, *send, "OPTIONS")


def guarded(
    view: View, methods: tuple[str, ...], write: Write = as_response, cost: int = 1
) -> View:
    """
    `view`, of which every method and every failure has an answer in our manner; `write` is how the
    clients of this address are told of a problem, `cost` what an answer counts as, in requests.
    """
    allow = ", ".join(methods)
    preflight = {**PREFLIGHT, "Allow": allow, "Access-Control-Allow-Methods": allow}

    def attempt(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _attempt(view, write, request, *args, **kwargs)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            options = HttpResponse(status=204, headers=preflight)
            del options["Content-Type"]
            return options
        if request.method not in methods:
            return write(_not_allowed(request, allow))
        if request.method == "HEAD":
            return _head(attempt, request, *args, **kwargs)
        return attempt(request, *args, **kwargs)

    return _limited(answer, write, cost)


def _limited(view: View, write: Write, cost: int = 1) -> View:
    """`view` for programs, which send no cookies of ours, unless they ask too much."""

    def refuse(_request: HttpRequest, refusal: Refusal) -> HttpResponse:
        headers = {"Retry-After": str(refusal.wait)}
        return write(Problem(CODE, refusal.detail, headers=headers, policy=refusal.policy))

    return csrf_exempt(throttled(view, refuse, cost))


def _not_allowed(request: HttpRequest, allow: str) -> Problem:
    why = "it takes files" if "GET" not in allow else "this API is for reading"
    if "POST" in allow and "GET" in allow:
        why = "it gives files and takes them"
    return Problem(
        "method-not-allowed",
        f"{request.method} is not possible here; {why}.",
        headers={"Allow": allow},
    )


def _attempt(
    view: View, write: Write, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    try:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.has_header("Cache-Control"):
            response = conditional(request, response)  # Ninja's own, which says nothing
    except Exception as error:
        return write(as_problem(error, request))
    return response


def _head(attempt: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The answer to GET without its body, as views know no HEAD."""
    request.method = "GET"
    try:
        response = attempt(request, *args, **kwargs)
    finally:
        request.method = "HEAD"
    if response.streaming:
        response.streaming_content = ()  # type: ignore[attr-defined]
        return response
    if response.status_code != 304:
        response["Content-Length"] = str(len(response.content))
    response.content = b""
    return response


def _nowhere(request: HttpRequest) -> HttpResponse:
    """
    Any address under `/api/` that is none. One that only lacks its last slash is redirected to,
    with no body; Django's own redirect would be HTML.
    """
    if not request.path_info.endswith("/") and _is_address(f"{request.path_info}/"):
        there = request.get_full_path(force_append_slash=True)
        moved = HttpResponse(status=308, headers={**EVERYBODY, "Location": there})
        del moved["Content-Type"]
        return moved
    return as_response(_no_such_address(request))


nowhere = _limited(_nowhere, as_response)


def _is_address(path_info: str) -> bool:
    return resolve(path_info).func is not nowhere


def _no_such_address(request: HttpRequest) -> Problem:
    root = api_root()
    page = _PAGE.match(request.path.removeprefix(root))
    if request.path.startswith(root) and page and not _KEY.fullmatch(page["key"]):
        return Problem(
            "no-such-address",
            f"{page['key'][:100]!r} is not a leaflet's key: a UUID in lower case, with hyphens.",
        )
    return Problem(
        "no-such-address", f"Nothing is at {request.path[:200]!r}. The addresses: {root}docs"
    )
