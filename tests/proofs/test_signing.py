"""The signed proof: checked by whoever has the key set, and by nothing of ours."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from joserfc.jwk import ECKey, OKPKey

from patientinfo.licensing.actions import revoke_licence
from patientinfo.licensing.models import Licence
from patientinfo.proofs.keys import read_keys


def unpadded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verified(client: Client, number: str) -> dict[str, Any]:
    """What a third party does, with no library for JOSE: look the key up, check, read."""
    token = client.get(f"/permissions/{number}/proof.jws").content.decode()
    head, body, signature = token.split(".")
    header = json.loads(unpadded(head))
    keys = client.get("/.well-known/jwks.json").json()["keys"]
    key = next(key for key in keys if key["kid"] == header["kid"])
    assert (key["kty"], key["crv"], key["alg"], header["alg"]) == (
        "OKP", "Ed25519", "Ed25519", "Ed25519",
    )  # fmt: skip
    public = Ed25519PublicKey.from_public_bytes(unpadded(key["x"]))
    public.verify(unpadded(signature), f"{head}.{body}".encode())
    with pytest.raises(InvalidSignature):
        public.verify(unpadded(signature), f"{head}.{body[:-2]}AA".encode())
    found: dict[str, Any] = json.loads(unpadded(body))
    return found


def with_keys(value: str) -> override_settings:
    return override_settings(PATIENTINFO={**settings.PATIENTINFO, "SIGNING_KEYS": value})


def new_jwk(**more: str) -> dict[str, Any]:
    return {**OKPKey.generate_key("Ed25519").as_dict(private=True), **more}


def as_pem(key: OKPKey) -> str:
    private = key.private_key
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_a_third_party_checks_the_proof(client: Client, sample: Licence) -> None:
    claims = verified(client, sample.number)
    assert claims["iss"] == "http://testserver"
    assert claims["sub"] == sample.number
    assert claims["exp"] - claims["iat"] == timedelta(days=1).total_seconds()
    assert abs(claims["iat"] - timezone.now().timestamp()) < 60
    said = client.get(f"/permissions/{sample.number}.json").json()
    assert {**claims["permission"], "checked_at": 0} == {**said, "checked_at": 0}


def test_it_says_that_a_licence_was_revoked(client: Client, sample: Licence) -> None:
    revoke_licence(sample, by="t", reason="over")
    assert verified(client, sample.number)["permission"]["status"] == "revoked"


def test_a_private_key_is_never_published(client: Client, db: None) -> None:
    response = client.get("/.well-known/jwks.json")
    assert response["Content-Type"] == "application/jwk-set+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    for key in response.json()["keys"]:
        assert set(key) == {"kty", "crv", "x", "kid", "use", "alg"}


def test_keys_are_exchanged_with_an_overlap(client: Client, sample: Licence) -> None:
    old, new = new_jwk(kid="2025"), new_jwk(kid="2026")
    with with_keys(json.dumps(old)):
        token = client.get(f"/permissions/{sample.number}/proof.jws").content.decode()
    public_old = {name: value for name, value in old.items() if name != "d"}
    with with_keys(json.dumps({"keys": [new, public_old]})):
        assert verified(client, sample.number)["sub"] == sample.number
        keys = client.get("/.well-known/jwks.json").json()["keys"]
    assert [key["kid"] for key in keys] == ["2026", "2025"]
    head, body, signature = token.split(".")
    Ed25519PublicKey.from_public_bytes(unpadded(keys[1]["x"])).verify(
        unpadded(signature), f"{head}.{body}".encode()
    )


def test_a_site_without_a_key_signs_nothing(client: Client, sample: Licence) -> None:
    with with_keys(""):
        assert client.get(f"/permissions/{sample.number}/proof.jws").status_code == 404
        assert client.get("/.well-known/jwks.json").json() == {"keys": []}
        page = client.get(f"/permissions/{sample.number}/").content.decode()
    assert "proof.jws" not in page


def test_keys_are_read_as_sites_keep_them() -> None:
    key = OKPKey.generate_key("Ed25519")
    pem, other = as_pem(key), as_pem(OKPKey.generate_key("Ed25519"))
    in_one_line = pem.replace("\n", "\\n")
    for text in (pem, in_one_line, json.dumps(key.as_dict(private=True))):
        (found,) = read_keys(text)
        assert (found.thumbprint(), found.kid) == (key.thumbprint(), key.thumbprint())
    assert len(read_keys(pem + other)) == 2
    assert read_keys("  ") == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("words", "neither PEM nor a JWK"),
        ("{", "not JSON"),
        ('{"keys": 3}', "no list"),
        ('{"keys": []}', "not a private one"),
        ('{"kty": "oct", "k": "AA"}', "no key of type OKP"),
        (json.dumps(ECKey.generate_key("P-256").as_dict(private=True)), "no key of type OKP"),
        (json.dumps(OKPKey.generate_key("X25519").as_dict(private=True)), "another curve"),
        (json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=False)), "not a private one"),
        (json.dumps({"keys": [new_jwk(kid="a"), new_jwk(kid="a")]}), "same kid"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "no key of type OKP"),
    ],
    ids=[
        "words",
        "half an object",
        "a number of keys",
        "no keys",
        "a secret",
        "another type",
        "another curve",
        "a public key",
        "two of one name",
        "a broken PEM",
    ],
)
def test_a_key_that_cannot_sign_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_keys(text)
