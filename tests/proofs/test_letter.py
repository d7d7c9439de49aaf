"""The letter: tagged, in the partner's language, with every term, signed, leading to its proof."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from babel import Locale
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.test import Client, override_settings
from django.utils import translation
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from patientinfo.channels.base import NotRenderable
from patientinfo.licensing.actions import amend_licence
from patientinfo.licensing.models import Licence
from patientinfo.proofs.certificates import (
    DEVELOPMENT_NAME,
    development_certificate,
    read_certificate,
)
from patientinfo.proofs.letter import letter_of
from patientinfo.proofs.letter_signature import letter_certificate
from patientinfo.proofs.subjects import subjects_of
from patientinfo.proofs.terms_rows import public_rows
from tests.channels.pdf_reading import PaperReader, squeezed
from tests.licences import make_licence
from tests.proofs.samples import (
    CONDITIONS,
    CREDIT,
    LICENSEE,
    LICENSOR,
    PRICE,
    make_sample,
    own_certificate,
)


def letter(licence: Licence) -> bytes:
    return letter_of(licence.versions.select_related("licence").get()).signed()


def judged(pdf: bytes) -> PdfSignatureStatus:
    """The signature as pyHanko judges it, with our certificate as the only trusted one."""
    embedded = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert len(embedded) == 1
    der = letter_certificate().certificate.public_bytes(serialization.Encoding.DER)
    roots = ValidationContext(trust_roots=[asn1_x509.Certificate.load(der)])
    return validate_pdf_signature(embedded[0], roots)


@pytest.mark.parametrize("language", ["en", "nl", "de", "es", "ar"])
def test_every_term_is_in_it_in_the_partners_language(db: None, language: str) -> None:
    licence = make_sample(language=language)
    paper = PaperReader(letter(licence))
    said = paper.text()
    terms = licence.terms
    with translation.override(language):
        rows = public_rows(terms, subjects_of(terms), language)
    promised = [line.text for row in rows for line in row.lines]
    promised += [LICENSEE.contact, LICENSEE.email, LICENSOR.contact, CONDITIONS, PRICE]
    promised += [*CREDIT.values(), licence.number, licence.terms_digest]
    assert Locale(language).territories["NL"] in " ".join(promised)
    if language == "ar":
        # pdftotext gives lines from right to left word by word; each word has to be there.
        promised = [word for text in promised for word in text.split()]
    assert [text for text in promised if squeezed(text) not in said] == []


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_it_is_tagged_for_those_who_cannot_see_it(db: None, language: str) -> None:
    licence = make_sample(language=language)
    paper = PaperReader(letter(licence))
    assert paper.is_ua
    assert str(paper.root.Lang) == language
    assert licence.number in paper.title
    assert paper.root.MarkInfo.Marked
    assert paper.root.ViewerPreferences.DisplayDocTitle
    assert paper.heading_levels() == [1, 2, 2, 2, 2]
    assert len(paper.alt_texts()) == 1
    address = f"http://testserver/permissions/{licence.number}/"
    assert address in paper.alt_texts()[0]
    direction = paper.root.ViewerPreferences.get("/Direction")
    assert str(direction or "/L2R") == ("/R2L" if language == "ar" else "/L2R")


def test_its_address_can_be_followed(sample: Licence) -> None:
    pdf = pikepdf.open(io.BytesIO(letter(sample)))
    links = [
        str(note.A.URI)
        for page in pdf.pages
        for note in page.get("/Annots", [])
        if note.Subtype == "/Link"
    ]
    assert set(links) == {f"http://testserver/permissions/{sample.number}/"}


def test_it_is_signed_and_whole(sample: Licence) -> None:
    found = judged(letter(sample))
    assert (found.intact, found.valid, found.trusted) == (True, True, True)
    assert found.modification_level == ModificationLevel.NONE
    assert found.docmdp_ok


def test_a_changed_letter_is_found_out(sample: Licence) -> None:
    pdf = bytearray(letter(sample))
    assert pdf[9:10] == b"%"  # the comment that marks the file as binary
    pdf[11] ^= 1
    assert not judged(bytes(pdf)).intact


def test_a_development_certificate_says_so_in_the_letter(sample: Licence) -> None:
    assert letter_certificate().owner == DEVELOPMENT_NAME
    said = PaperReader(letter(sample)).text()
    assert squeezed("Signed with a certificate for development") in said


def test_a_site_has_one_development_certificate() -> None:
    first, again, other = (development_certificate(secret) for secret in ("a" * 50, "a" * 50, "b"))
    assert first.certificate == again.certificate
    assert first.certificate.public_key() != other.certificate.public_key()


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_the_clinics_own_certificate_signs_where_there_is_one(
    sample: Licence, kind: str, tmp_path: Path
) -> None:
    certificate, key = own_certificate(b"a passphrase", kind)
    file = tmp_path / "letters.pem"
    file.write_text(certificate)
    own = {
        "LETTER_CERTIFICATE": str(file),
        "LETTER_KEY": key.replace("\n", "\\n"),
        "LETTER_KEY_PASSPHRASE": "a passphrase",
    }
    with override_settings(PATIENTINFO={**settings.PATIENTINFO, **own}):
        pdf = letter(sample)
        found = judged(pdf)
    assert (found.intact, found.valid) == (True, True)
    assert "Uplands Physio Clinic" in found.signing_cert.subject.human_friendly
    assert squeezed("certificate for development") not in PaperReader(pdf).text()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"certificate": "-----BEGIN nonsense"}, "no certificate"),
        ({"certificate": "/no/such/file.pem"}, "cannot be read"),
        ({"key": "-----BEGIN nonsense"}, "no private key"),
        ({"key": own_certificate()[1]}, "another certificate"),
        ({"passphrase": "another"}, "no private key"),
    ],
)
def test_a_certificate_that_cannot_sign_is_refused(change: dict[str, str], reason: str) -> None:
    certificate, key = own_certificate()
    given = {"certificate": certificate, "key": key, "passphrase": "", **change}
    with pytest.raises(ValueError, match=reason):
        read_certificate(**given)


def test_a_name_that_no_font_has_is_refused_and_not_drawn_as_boxes(db: None) -> None:
    licence = make_licence(conditions="\U00012000")
    with pytest.raises(NotRenderable, match="U\\+12000"):
        letter(licence)


def test_an_amended_licence_says_which_version_it_is(client: Client, sample: Licence) -> None:
    more = f"{sample.terms.conditions} Show the date."
    amended = amend_licence(sample, replace(sample.terms, conditions=more), by="t", reason="r")
    version = amended.versions.select_related("licence").get(version=2)
    assert squeezed("Version of the terms 2") in PaperReader(letter_of(version).signed()).text()


def test_reading_settings_needs_no_application() -> None:
    """The settings check keys and certificates before any application is there."""
    code = "import patientinfo.proofs.keys, patientinfo.proofs.certificates"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PATH": ""})
