"""
`application/problem+json` (RFC 9457): the one shape of an error for programs, whoever answers it.

    problem_bytes("no-such-leaflet", 404, "No such leaflet", "Nothing has this key.")

`type` is a URN made of a code that stays the same (section 3.1.1); `title` says the same in words
that do not change from one occurrence to the next (3.1.3); `detail` says what was wrong with this
request (3.1.4) and is left out when there is nothing to add. Other members are extensions (3.2).
"""

from __future__ import annotations

from typing import Any

import orjson

MEDIA_TYPE = "application/problem+json"
URN = "urn:problem:patientinfo:"


def problem_bytes(code: str, status: int, title: str, detail: str = "", **members: Any) -> bytes:
    """The body of an answer; `status` is its HTTP status."""
    said = {"type": URN + code, "title": title, "status": status}
    return orjson.dumps({**said, **({"detail": detail} if detail else {}), **members})
