"""A licence whose every term is set, about leaflets that were really issued; a certificate."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from django.utils import timezone
from django.utils.text import slugify

from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.licensing.actions import grant_licence
from patientinfo.licensing.models import Licence
from patientinfo.licensing.terms import Party
from tests.licences import make_licensee, make_terms

LICENSEE = Party(
    "Harbour Rehab (fictional)", "NL", "Mirjam Aker (fictional)", "m.aker@harbour.example"
)
LICENSOR = Party(
    "Uplands Physio Clinic", "GB", "Ruth Calder (fictional)", "r.calder@uplands.example"
)
CONDITIONS = "A printed copy goes to the clinic for its archive."
PRICE = "Nothing, or the postage"
CREDIT = {
    "en": "© Uplands Physio Clinic, reproduced with permission",
    "nl": "© Uplands Physio Clinic, overgenomen met toestemming",
}


DRY_NEEDLING = "4b1f6c52-8a0e-4d6b-9f37-2c5d0e9a7b14"
ANKLE = "9d2c7e60-1f4b-4c83-a5d1-6e0b3f8c2a77"
TITLES = {
    DRY_NEEDLING: {"en": "Dry needling", "nl": "Dry needling bij spierpijn"},
    ANKLE: {"en": "A sprained ankle", "nl": "Een verstuikte enkel"},
}


def put_on_the_shelf(key: str, locale: str, title: str) -> None:
    """A leaflet in a language as the catalogue knows it: all that a proof takes from one."""
    now = timezone.now()
    edition = Edition.objects.create(
        key=key,
        locale=locale,
        number=1,
        digest=f"sha256:{key}{locale}",
        content_digest="",
        part_digests={},
        document="{}",
        issued_at=now,
    )
    CatalogueEntry.objects.create(
        key=key,
        locale=locale,
        edition=edition,
        number=1,
        issued_at=now,
        updated_at=now,
        type="leaflet",
        slug=slugify(title),
        title=title,
        summary="",
    )


def make_sample(**changes: Any) -> Licence:
    """Two leaflets in two languages, one of them pinned, for web and print in two countries."""
    for key, titles in TITLES.items():
        for locale, title in titles.items():
            put_on_the_shelf(key, locale, title)
    terms: dict[str, Any] = {
        "licensee": LICENSEE,
        "licensor": LICENSOR,
        "leaflets": frozenset(TITLES),
        "locales": frozenset({"en", "nl"}),
        "parts": frozenset({"text", "photos"}),
        "uses": {"website": {}, "print": {"run": 500}, "translate": {}},
        "starts": date(2026, 1, 1),
        "ends": date(2035, 12, 31),
        "territory": frozenset({"NL", "BE"}),
        "pinned": {(ANKLE, "nl"): 1},
        "credit": CREDIT,
        "conditions": CONDITIONS,
        "price": PRICE,
        "time_zone": "Europe/Amsterdam",
    }
    return grant_licence(make_licensee(), make_terms(**{**terms, **changes}), by="a test")


def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def own_certificate(passphrase: bytes = b"", kind: str = "ec") -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP384R1()) if kind == "ec" else _rsa()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Uplands Physio Clinic")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encryption = (
        serialization.BestAvailableEncryption(passphrase)
        if passphrase
        else serialization.NoEncryption()
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode(), private.decode()
