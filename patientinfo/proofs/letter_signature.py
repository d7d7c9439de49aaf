"""
Signing letters: PAdES (ETSI EN 319 142-1), baseline B-B, as a certifying signature.

After it nothing in the file may be changed. The field is invisible, so that the tagged pages stay
what Typst made of them; it has a name that assistive technology reads out.
"""

from __future__ import annotations

import io
from functools import cache

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import Certificate as X509Certificate
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from patientinfo.conf import get_setting
from patientinfo.proofs.certificates import Certificate, development_certificate, read_certificate

FIELD = "Letter"


def letter_certificate() -> Certificate:
    """The site's certificate."""
    names = ("LETTER_CERTIFICATE", "LETTER_KEY", "LETTER_KEY_PASSPHRASE")
    return _certificate(*(str(get_setting(name)) for name in names), settings.SECRET_KEY)


@cache
def _certificate(certificate: str, key: str, passphrase: str, secret: str) -> Certificate:
    if not certificate:
        return development_certificate(secret)
    return read_certificate(certificate, key, passphrase)


def sign_letter(pdf: bytes, reason: str, field_label: str) -> bytes:
    """The file, signed now. `reason` is shown by programs; `field_label` is read out."""
    certificate = letter_certificate()
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        name=certificate.owner,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    field = fields.SigFieldSpec(FIELD, readable_field_name=field_label)
    signer = signers.PdfSigner(metadata, _signer(certificate), new_field_spec=field)
    signed = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return bytes(signed.getvalue())


def _signer(certificate: Certificate) -> signers.SimpleSigner:
    chain = [_as_asn1(issuer) for issuer in certificate.issuers]
    private = certificate.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return signers.SimpleSigner(
        signing_cert=_as_asn1(certificate.certificate),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore.from_certs(chain),  # type: ignore[no-untyped-call]
    )


def _as_asn1(certificate: X509Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
