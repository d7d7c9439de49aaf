"""
Whether a key is the one whose hash is stored, without making its HMAC anew for each request.

What was found right is kept in the process: the stored hash and a digest of the key, never its
text. A key that is wrong is kept nowhere, so that trying keys out pushes no right one away. This
says nothing about what a key opens: that is read from the database each time.
"""

from __future__ import annotations

import hashlib
from enum import Enum

from django.conf import settings
from django.utils.crypto import constant_time_compare

from patientinfo.licensing.keys import hash_key, matches

#: Keys of which the process remembers that they were right; about 300 bytes each.
REMEMBERED = 20_000

_known: dict[tuple[str | bytes, ...], bytes] = {}


class Check(Enum):
    WRONG = "wrong"
    RIGHT = "right"
    #: Right, and hashed under an earlier secret key.
    OUTDATED = "outdated"


def check_key(text: str, stored: str) -> Check:
    """How a key stands to a stored hash, under today's secret keys."""
    # With the secrets, so that one that was taken away opens nothing from then on.
    made_from = (stored, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    known = _known.get(made_from)
    if known is not None and constant_time_compare(known, digest):
        return Check.RIGHT
    if not matches(text, stored):
        return Check.WRONG
    if hash_key(text) != stored:
        return Check.OUTDATED
    if len(_known) >= REMEMBERED:
        _known.clear()
    _known[made_from] = digest
    return Check.RIGHT
