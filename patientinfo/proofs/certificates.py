"""
The certificate that letters are signed with: the clinic's own, or one for development.

Pure: text in, a certificate out. A certificate of a trust service makes the signature one that PDF
programs and courts recognise; the one for development only shows that a file was not changed, and
its name says so wherever a program shows it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

DEVELOPMENT_NAME = "DEVELOPMENT certificate, not the clinic's"
_FROM, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)
#: The order of the curve P-256 (FIPS 186-4, D.1.2.3): private keys are below it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, its private key, and the certificates between it and its root."""

    certificate: x509.Certificate
    key: PrivateKey
    issuers: tuple[x509.Certificate, ...] = ()
    is_for_development: bool = False

    @property
    def owner(self) -> str:
        """For whom it was issued."""
        names = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else self.certificate.subject.rfc4514_string()


def read_certificate(certificate: str, key: str, passphrase: str = "") -> Certificate:
    """
    A certificate and its key, each as PEM or as the path of such a file. `ValueError` says what is
    wrong and never repeats a key.
    """
    public = _pem(certificate)
    try:
        chain = x509.load_pem_x509_certificates(public)
    except ValueError:
        raise ValueError("it is no certificate in PEM") from None
    private = _private_key(_pem(key), passphrase)
    if private.public_key() != chain[0].public_key():
        raise ValueError("LETTER_KEY is the key of another certificate")
    return Certificate(chain[0], private, tuple(chain[1:]))


def _private_key(pem: bytes, passphrase: str) -> PrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, passphrase.encode() or None)
    except (ValueError, TypeError):
        raise ValueError("LETTER_KEY is no private key, or its passphrase is another") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError("LETTER_KEY is neither an RSA nor an elliptic-curve key")  # noqa: TRY004 - of a text
    return key


def _pem(value: str) -> bytes:
    if "-----BEGIN" in value:
        # A variable of the environment may hold \n for the ends of its lines.
        return value.replace("\\n", "\n").encode()
    try:
        return Path(value).read_bytes()
    except OSError as error:
        raise ValueError(f"{value!r} cannot be read: {error.strerror}") from None


def development_certificate(secret: str) -> Certificate:
    """
    The same certificate for the same secret, so that letters of one site are signed by one.

    The key is derived from the site's secret key, which no reader of the code knows.
    """
    seed = hashlib.sha256(f"patientinfo: letters\x00{secret}".encode()).digest()
    key = ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEVELOPMENT_NAME)])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(seed).digest()[:15]) + 1)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    )
    return Certificate(made, key, is_for_development=True)
