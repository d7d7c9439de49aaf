"""A door in front of a view: whoever asks too much is told to wait, and the view is not called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern

from patientinfo.formats.problem import MEDIA_TYPE, problem_bytes
from patientinfo.throttling import passages
from patientinfo.throttling.passages import Refusal

View = Callable[..., HttpResponse]
Refuse = Callable[[HttpRequest, Refusal], HttpResponse]

CODE, TITLE = "too-many-requests", "Too many requests"


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """429: a page for people, a problem (RFC 9457) for programs."""
    headers = {"Retry-After": str(refusal.wait), "Cache-Control": "no-store"}
    if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        return HttpResponse(render_to_string("429.html", {}, request), status=429, headers=headers)
    said = problem_bytes(CODE, 429, TITLE, refusal.detail, policy=refusal.policy)
    return HttpResponse(said, status=429, content_type=MEDIA_TYPE, headers=headers)


def throttled(view: View, refuse: Refuse = refuse, cost: int = 1) -> View:
    """
    `view`, unless whoever asks has asked too much. A browser's preflight is no reading. An answer
    that was dear to make is charged as `cost` requests.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        passage = None if request.method == "OPTIONS" else passages.enter(request)
        if passage is None:
            return view(request, *args, **kwargs)
        refusal = passage.refusal()
        response = refuse(request, refusal) if refusal else view(request, *args, **kwargs)
        if refusal and request.method == "HEAD":
            response.content = b""
        return passage.finish(request, response, cost if response.status_code == 200 else 1)

    return answer


def throttled_patterns(patterns: Iterable[Any]) -> list[URLPattern]:
    """The same for each of a list of addresses."""
    return [
        URLPattern(found.pattern, throttled(found.callback), found.default_args, found.name)
        for found in patterns
    ]
