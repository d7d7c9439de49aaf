"""
Keyed digests: what only this site can make of a text, for access keys and addresses of pictures.

They are `django.utils.crypto.salted_hmac`'s, byte for byte. That makes its key anew for each text,
which costs as much as all the rest; here it is made once for each secret.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings
from django.utils.encoding import force_bytes


def keyed_digest(salt: str, text: str, secret: str | bytes | None = None) -> bytes:
    """HMAC-SHA-256, 32 bytes; `secret` is one of the site's, by default today's."""
    key = _key(salt, settings.SECRET_KEY if secret is None else secret)
    return hmac.digest(key, text.encode(), "sha256")


@lru_cache(maxsize=16)
def _key(salt: str, secret: str | bytes) -> bytes:
    return hashlib.sha256(salt.encode() + force_bytes(secret)).digest()
