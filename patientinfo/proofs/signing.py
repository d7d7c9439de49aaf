"""
The proof as a JWS (RFC 7515), signed with Ed25519 (RFC 8037, RFC 9864).

Who has the key set can check it without asking us, later and elsewhere. The payload has the claims
of a JWT (RFC 7519), so that any library for those reads it: it says when the statement was true and
for how long a careful reader may rely on it.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from joserfc import jws
from joserfc.jwk import OKPKey

from patientinfo.conf import get_setting, public_url
from patientinfo.proofs.keys import ALGORITHM, read_keys

MEDIA_TYPE = "application/jose"
#: A licence can be revoked at any time, so a proof is no promise for long.
GOOD_FOR = timedelta(days=1)


def signing_keys() -> tuple[OKPKey, ...]:
    """The site's keys, the one that signs first; none where nothing is signed."""
    return _read(str(get_setting("SIGNING_KEYS")))


@cache
def _read(text: str) -> tuple[OKPKey, ...]:
    return read_keys(text)


def key_set() -> dict[str, Any]:
    """The public halves, as a JWK Set (RFC 7517, section 5)."""
    return {
        "keys": [
            {**key.as_dict(private=False), "use": "sig", "alg": ALGORITHM} for key in signing_keys()
        ]
    }


def signed(statement: dict[str, Any], at: datetime) -> str | None:
    """The statement, true at `at`, as a compact JWS; None where the site has no key."""
    keys = signing_keys()
    if not keys:
        return None
    claims = {
        "iss": public_url(),
        "sub": statement["number"],
        "iat": int(at.timestamp()),
        "exp": int((at + GOOD_FOR).timestamp()),
        "permission": statement,
    }
    header = {"alg": ALGORITHM, "kid": keys[0].kid, "typ": "JOSE"}
    payload = json.dumps(claims, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact(header, payload, keys[0], algorithms=[ALGORITHM])
