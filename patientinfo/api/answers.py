"""
What HTTP asks of every answer: validators, 304, compression, who may keep it and for how long.

An ETag is strong and made from everything that the answer was made from, the decision of the guard
included; so two readers that may have different parts never share one. The compressed form of an
answer is another representation and has an ETag of its own (RFC 9110, section 8.8.3.3).
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse

#: On every answer, errors included: what the public may have, a page of any origin may fetch.
EVERYBODY = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Location, Link, RateLimit, "
    "RateLimit-Policy, Retry-After",
}

#: A minute in caches, and never older: a withdrawal has to be noticed.
FRESH = "public, max-age=60, must-revalidate"

VARY = "Accept-Encoding, Authorization"

#: Bytes under which compressing costs more than it saves; about one packet.
WORTH_COMPRESSING = 1400

_GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q\s*=\s*(?P<q>[0-9.]+))?\s*(?=,|$)")


def etag_of(made_from: Any) -> str:
    """
    32 hex digits: BLAKE2b of 128 bits over bytes, or over the `repr` of plain values that have the
    same one in every process (no sets).
    """
    if not isinstance(made_from, bytes):
        made_from = repr(made_from).encode("utf-8", "backslashreplace")
    return hashlib.blake2b(made_from, digest_size=16).hexdigest()


class Body:
    """
    The bytes of an answer; compressed once, when first asked for in that form.

    `etag` is without quotes; left out, it is the content's. `packed`: compressed by its format.
    """

    def __init__(
        self,
        content: bytes,
        etag: str = "",
        media_type: str = "application/json",
        *,
        packed: bool = False,
    ) -> None:
        self.content = content
        self.etag = etag or etag_of(content)
        self.media_type = media_type
        self.packed = packed

    @cached_property
    def compressed(self) -> bytes:
        # A fixed time stamp: the same content is the same bytes, as a strong ETag promises.
        return gzip.compress(self.content, compresslevel=6, mtime=0)


def takes_gzip(accept_encoding: str) -> bool:
    """Whether the header Accept-Encoding allows gzip."""
    if "gzip" not in accept_encoding and "*" not in accept_encoding:
        return False
    found = _GZIP.search(accept_encoding)
    return found is not None and (found["q"] is None or found["q"].strip("0.") != "")


def respond(
    request: HttpRequest,
    etag: str,
    make: Callable[[], Body],
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """
    304 when the client says that it has this, else what `make` makes.

    `etag` is without quotes; `headers` add to or replace the usual ones.
    """
    sent = {**EVERYBODY, "Cache-Control": FRESH, "Vary": VARY, **(headers or {})}
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known:
        tag = _match(known, etag)
        if tag:
            unchanged = HttpResponse(status=304, headers={**sent, "ETag": tag})
            del unchanged["Content-Type"]
            return unchanged
    body = make()
    content, tag = body.content, f'"{etag}"'
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    worth_it = len(content) >= WORTH_COMPRESSING and not body.packed
    if accepted and worth_it and takes_gzip(accepted):
        content, tag = body.compressed, f'"{etag}-gz"'
        sent["Content-Encoding"] = "gzip"
    sent["ETag"] = tag
    return HttpResponse(content, content_type=body.media_type, headers=sent)


def respond_with(
    request: HttpRequest, body: Body, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The same for an answer that is made already."""
    return respond(request, body.etag, lambda: body, headers)


def _match(if_none_match: str, etag: str) -> str | None:
    """The ETag, in the form that the client named; weak comparison, as for any GET."""
    for tag in (f'"{etag}"', f'"{etag}-gz"'):
        if tag in if_none_match:
            return tag
    return f'"{etag}"' if if_none_match.strip() == "*" else None


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same for a whole answer that somebody else made (the OpenAPI document, its reader)."""
    return respond_with(request, Body(response.content, media_type=response["Content-Type"]))
