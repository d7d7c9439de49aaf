"""
The letter and the policy of the licence that a partner's bundle is made under.

A letter is signed with the moment in it, so two letters of the same terms differ in their bytes, if
only in their signatures. The one of a bundle is therefore kept, by its bytes before it was signed:
the same bundle is the same file, and a letter that would say or look otherwise is another one.
"""

from __future__ import annotations

import hashlib

import orjson
from cryptography.hazmat.primitives.hashes import SHA256

from patientinfo.channels.models import SIGNED_LETTER, KeptRendition
from patientinfo.licensing.models import Licence, LicenceVersion
from patientinfo.proofs.letter import letter_of
from patientinfo.proofs.letter_signature import letter_certificate
from patientinfo.proofs.odrl import MEDIA_TYPE as ODRL_TYPE
from patientinfo.proofs.odrl import agreement_of
from patientinfo.proofs.subjects import subjects_of

LETTER, POLICY = "licence/letter.pdf", "licence/licence.jsonld"
LETTER_TYPE = "application/pdf"
#: Path → media type, in the order of the bundle.
PAPERS = {LETTER: LETTER_TYPE, POLICY: ODRL_TYPE}


def paper_of(licence: Licence, path: str) -> bytes:
    """One of `PAPERS`, of the terms in force; `NotRenderable` when a letter cannot be set."""
    version = licence.versions.select_related("licence").get(version=licence.version)
    if path == LETTER:
        return _kept_letter(version)
    agreement = agreement_of(version, subjects_of(version.terms))
    return orjson.dumps(agreement, option=orjson.OPT_INDENT_2)


def _kept_letter(version: LicenceVersion) -> bytes:
    letter = letter_of(version)
    signer = letter_certificate().certificate.fingerprint(SHA256())
    name = hashlib.sha256(b"\x00".join((SIGNED_LETTER.encode(), signer, letter.pdf))).hexdigest()
    kept = KeptRendition.objects.filter(pk=name).first()
    if kept is None:
        row = KeptRendition(
            etag=name,
            channel=SIGNED_LETTER,
            edition_digest=version.digest,
            content=letter.signed(),
        )
        KeptRendition.objects.bulk_create([row], ignore_conflicts=True)
        # Two that make it at once make two letters; the first is the one.
        kept = KeptRendition.objects.get(pk=name)
    return bytes(kept.content)
