"""
Keyed digests: what only this site can make of a text, for access keys and addresses of pictures.

They are `django.utils.crypto.salted_hmac`'s, byte for byte. That begins anew for each text, which
costs a read with a key more than all that it is made of; here both halves of an HMAC (RFC 2104,
section 2) are begun once for each secret and go on from there.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.encoding import force_bytes

#: Bytes of a block of SHA-256, to which an HMAC's key is filled up.
_BLOCK = 64


def keyed_digest(salt: str, text: str, secret: str | bytes | None = None) -> bytes:
    """HMAC-SHA-256, 32 bytes; `secret` is one of the site's, by default today's."""
    begun_inner, begun_outer = _begun(salt, settings.SECRET_KEY if secret is None else secret)
    inner, outer = begun_inner.copy(), begun_outer.copy()
    inner.update(text.encode())
    outer.update(inner.digest())
    digest: bytes = outer.digest()
    return digest


@lru_cache(maxsize=16)
def _begun(salt: str, secret: str | bytes) -> tuple[Any, Any]:
    key = hashlib.sha256(salt.encode() + force_bytes(secret)).digest().ljust(_BLOCK, b"\0")
    return tuple(hashlib.sha256(bytes(byte ^ pad for byte in key)) for pad in (0x36, 0x5C))  # type: ignore[return-value]
