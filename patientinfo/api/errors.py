"""
The one error shape: `application/problem+json` (RFC 9457), for every error under `/api/`.

`type` is a URN made of a code that stays the same; `title` says the same in English; `detail` says
what was wrong with this request. Further members name the parameter, what would be allowed, the
languages there are. `PROBLEMS` is the whole list: docs/api.md is checked against it.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse

from patientinfo.api.answers import EVERYBODY
from patientinfo.formats.problem import MEDIA_TYPE, problem_bytes

logger = logging.getLogger(__name__)

#: Code → (HTTP status, title).
PROBLEMS: dict[str, tuple[int, str]] = {
    "bad-request": (400, "The request cannot be understood"),
    "unknown-parameter": (400, "Unknown query parameter"),
    "invalid-value": (400, "Invalid value of a query parameter"),
    "unknown-access-key": (401, "Unknown access key"),
    "access-key-required": (401, "An access key is required"),
    "token-required": (401, "An editor's token is required"),
    "forbidden": (403, "Not allowed"),
    "not-licensed": (403, "Not covered by your licence"),
    "licence-not-in-force": (403, "Your licence is not in force"),
    "wrong-origin": (403, "A key for other pages"),
    "no-such-address": (404, "No such address"),
    "no-such-leaflet": (404, "No such leaflet"),
    "no-such-language": (404, "Not in this language"),
    "no-such-edition": (404, "No such edition"),
    "no-such-channel": (404, "No such channel"),
    "no-short-text": (404, "No text for a message"),
    "method-not-allowed": (405, "Method not allowed"),
    "not-exportable": (409, "Cannot be exported in this format"),
    "withdrawn": (410, "Withdrawn"),
    "recalled": (410, "Recalled"),
    "held": (410, "Held back"),
    "redacted": (410, "Redacted"),
    "too-large": (413, "Too large"),
    "unsupported-media-type": (415, "Unsupported media type"),
    "file-refused": (422, "The file was refused"),
    "invalid-request": (422, "The request for permission is not complete"),
    "asked-too-often": (429, "Asked too often"),
    "too-many-requests": (429, "Too many requests"),
    "not-renderable": (500, "Cannot be made in this form"),
    "internal-error": (500, "Our mistake"),
}


class Problem(Exception):
    """An answer other than what was asked for; `members` go into the body beside the usual."""

    def __init__(
        self, code: str, detail: str, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.status, self.title = PROBLEMS[code]
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members


def as_response(problem: Problem) -> HttpResponse:
    """The answer that a Problem is. Never kept by a cache: what is missing may come."""
    said = problem.code, problem.status, problem.title, problem.detail
    return HttpResponse(
        problem_bytes(*said, **problem.members),
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers={**EVERYBODY, "Cache-Control": "no-store", **problem.headers},
    )


def as_problem(error: Exception, request: HttpRequest) -> Problem:
    """What an exception is to a client. One that nobody expected is logged and tells nothing."""
    match error:
        case Problem():
            return error
        case Http404():
            return Problem("no-such-address", f"Nothing is at {request.path}.")
        case SuspiciousOperation():
            return Problem("bad-request", "The request cannot be understood.")
        case PermissionDenied():
            return Problem("forbidden", str(error) or "This is not for you.")
        case _:
            return _our_mistake(error, request)


def _our_mistake(error: Exception, request: HttpRequest) -> Problem:
    """A 500 whose `instance` stands in the log too, so that a report can be matched to it."""
    instance = f"urn:uuid:{uuid.uuid4()}"
    got_request_exception.send(sender=None, request=request)
    logger.error("%s at %s", instance, request.path, exc_info=error)
    detail = "Something went wrong on our side. Tell us the instance if it happens again."
    return Problem("internal-error", detail, instance=instance)
