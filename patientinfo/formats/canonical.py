"""
Canonical JSON and digests (RFC 8785, JSON Canonicalization Scheme).

These functions fix stored bytes: an Edition's digest is only worth something while the same value
always gives the same bytes. Change nothing here without a new Document schema.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

PREFIX = "sha256:"

#: Members of a Document that say when and how it was issued, not what it says. Two Documents that
#: differ in these alone are the same words, so the second one issues nothing.
ISSUE_MEMBERS = ("edition", "issued_at", "significance", "note")


def canonical_bytes(value: Any) -> bytes:
    """UTF-8 bytes of `value` in RFC 8785 form; `CanonicalizationError` for what JSON cannot say."""
    return rfc8785.dumps(value)


def digest_bytes(data: bytes) -> str:
    """`sha256:` and 64 lower-case hex digits."""
    return PREFIX + hashlib.sha256(data).hexdigest()


def digest(value: Any) -> str:
    """The digest of a value's canonical JSON."""
    return digest_bytes(canonical_bytes(value))


def content_digest(document: Mapping[str, Any]) -> str:
    """The digest of what a Document says, without the members that say how it was issued."""
    return digest({k: v for k, v in document.items() if k not in ISSUE_MEMBERS})


def part_digests(document: Mapping[str, Any]) -> dict[str, str]:
    """
    Digests of the two parts that a licence can cover apart: `photos` is the `images` member,
    `text` everything else that is content.
    """
    text = {k: v for k, v in document.items() if k not in ISSUE_MEMBERS and k != "images"}
    return {"text": digest(text), "photos": digest(document.get("images", []))}
