"""
Reading the keys that proofs are signed with, from the form in which a site keeps them.

Pure: text in, keys out; the settings call it too, so that a key that cannot sign stops the start
and not the first proof.
"""

from __future__ import annotations

import json
import re
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

ALGORITHM = "Ed25519"
_PEM = re.compile(r"-----BEGIN [A-Z ]+-----.*?-----END [A-Z ]+-----", re.DOTALL)


def read_keys(text: str) -> tuple[OKPKey, ...]:
    """
    The keys of a PEM, several PEMs in a row, a JWK or a JWK Set; none for an empty text.

    The first signs, so it has to be private; those after it are older ones that are only
    published, so that what they signed can still be checked, and may be public. A key without a
    `kid` is known by its thumbprint (RFC 7638). `ValueError` says what is wrong without repeating
    any of it.
    """
    text = text.strip()
    if not text:
        return ()
    keys = tuple(_named(key) for key in (_from_json(text) if text[0] in "{[" else _from_pem(text)))
    if not keys or not keys[0].is_private:
        raise ValueError("its first key is not a private one")
    if len({key.kid for key in keys}) < len(keys):
        raise ValueError("two of its keys have the same kid")
    return keys


def _from_json(text: str) -> list[OKPKey]:
    try:
        data = json.loads(text)
    except ValueError:
        raise ValueError("is not JSON") from None
    found = data.get("keys", [data]) if isinstance(data, dict) else data
    if not isinstance(found, list):
        raise ValueError("has no list of keys")  # noqa: TRY004 - of a text
    return [_imported(member) for member in found]


def _from_pem(text: str) -> list[OKPKey]:
    # A variable of the environment may hold \n for the ends of its lines.
    blocks = _PEM.findall(text.replace("\\n", "\n"))
    if not blocks:
        raise ValueError("is neither PEM nor a JWK")
    return [_imported(block) for block in blocks]


def _imported(value: Any) -> OKPKey:
    try:
        key = OKPKey.import_key(value)
        curve = key.curve_name
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise ValueError("holds something that is no key of type OKP") from None
    if curve != ALGORITHM:
        raise ValueError(f"holds a key on another curve than {ALGORITHM}")
    return key


def _named(key: OKPKey) -> OKPKey:
    key.ensure_kid()
    return key
