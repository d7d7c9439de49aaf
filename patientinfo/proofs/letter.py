"""
The letter: what was granted, in writing, in the partner's language.

It states the terms as they were frozen, so two letters of one version say the same; whether they
hold today is answered where its code leads.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from patientinfo.channels.parts.record import Line, Row, isolated
from patientinfo.channels.parts.wording import digits_of, language, moment
from patientinfo.channels.pdf import fonts
from patientinfo.channels.pdf.content import breakable, texts_of
from patientinfo.channels.pdf.typesetting import typeset
from patientinfo.licensing.models import LicenceVersion
from patientinfo.licensing.terms import LicenceTerms, Party
from patientinfo.proofs.addresses import proof_url
from patientinfo.proofs.letter_signature import letter_certificate, sign_letter
from patientinfo.proofs.subjects import Subject, subjects_of
from patientinfo.proofs.terms_rows import organisation, public_rows

Json = dict[str, Any]

TEMPLATE = Path(__file__).with_name("letter.typ")
#: Raised when anything but the template changes in how a letter looks, so that kept ones are not
#: taken for it.
VERSION = 1


@dataclass(frozen=True, slots=True)
class Letter:
    """
    A letter that is neither set nor signed yet. `content` is what its template gets, `frozen_at`
    the date inside the file; `reason` and `field_label` are what its signature says.
    """

    content: Json
    frozen_at: datetime
    reason: str
    field_label: str

    @property
    def digest(self) -> str:
        """
        64 hex digits of all that it is made from, known before it is set. Two letters that differ
        in more than the moment of their signature have two.
        """
        signer = letter_certificate().certificate.fingerprint(SHA256()).hex()
        template = TEMPLATE.read_text(encoding="utf-8")
        words = (self.content, self.frozen_at.isoformat(), self.reason, self.field_label)
        made_from = [VERSION, signer, template, fonts.packages(), *words]
        said = json.dumps(made_from, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()

    def typeset(self) -> bytes:
        """
        PDF/UA-1, the same bytes each time. `NotRenderable` if it cannot be set, because a name has
        a character that no font here has.
        """
        fonts.refuse_missing_glyphs(texts_of(self.content))
        return typeset(self.content, {}, self.frozen_at.isoformat(timespec="seconds"), TEMPLATE)

    def signed(self) -> bytes:
        """The letter, signed now; no two are the same bytes."""
        return sign_letter(self.typeset(), self.reason, self.field_label)


def letter_of(version: LicenceVersion) -> Letter:
    """The letter of a frozen version of a licence."""
    terms = version.terms
    number = version.licence.number
    with translation.override(terms.language):
        return Letter(
            content=_content(version, terms, subjects_of(terms)),
            frozen_at=version.frozen_at,
            reason=_("Permission %(number)s") % {"number": number},
            field_label=_("Signature of %(clinic)s") % {"clinic": terms.licensor.name},
        )


def _content(version: LicenceVersion, terms: LicenceTerms, subjects: Sequence[Subject]) -> Json:
    locale = terms.language
    number, url = version.licence.number, proof_url(version.licence.number)
    spoken = language(locale, locale)
    day = moment(version.frozen_at, locale)
    names = {"licensor": isolated(terms.licensor.name), "licensee": isolated(terms.licensee.name)}
    return {
        "lang": spoken.code,
        "rtl": spoken.direction == "rtl",
        "digits": list(digits_of(locale)),
        "title": _("Permission to reproduce information for patients"),
        "author": terms.licensor.name,
        "site": terms.licensor.name or getattr(settings, "WAGTAIL_SITE_NAME", ""),
        "number": number,
        "url": url,
        "qr": _qr(url),
        "words": _words(names),
        "day": day.text if day else "",
        "version": str(version.version) if version.version > 1 else "",
        "from": _address(terms.licensor, locale),
        "to": _address(terms.licensee, locale),
        "rows": [_row(row) for row in public_rows(terms, subjects, locale)[2:]],
        "duties": [breakable(duty) for duty in _duties(terms, names)],
        "conditions": _paragraphs(terms.conditions),
        "price": breakable(isolated(terms.price)) if terms.price else "",
        "digest": version.digest,
        "development": letter_certificate().is_for_development,
    }


def _address(party: Party, locale: str) -> list[str]:
    """The party with those who act for it: the letter is between the two."""
    lines = (organisation(party, locale), party.contact, party.email)
    return [breakable(isolated(line)) for line in lines if line]


def _row(row: Row) -> Json:
    return {"label": row.label, "lines": [_line(line) for line in row.lines]}


def _line(line: Line) -> Json:
    text = isolated(line.text) if line.lang else line.text
    return {"text": breakable(text), "lang": line.lang, "code": line.code}


def _paragraphs(text: str) -> list[str]:
    """Words that an officer wrote, in whatever language that was."""
    return [breakable(isolated(line.strip())) for line in text.splitlines() if line.strip()]


def _qr(url: str) -> Json:
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=0, xmldecl=False, dark="#123f35"
    )
    return {
        "qr": out.getvalue().decode(),
        "alt": _("QR code of the address %(address)s") % {"address": url},
    }


def _duties(terms: LicenceTerms, names: dict[str, str]) -> Iterator[str]:
    """What the licensee takes upon itself, each in one sentence that stands alone."""
    if terms.credit:
        yield _("The credit line named above stands beside every copy, where readers see it.")
    else:
        yield _("%(licensor)s is named beside every copy, where readers see it.") % names
    yield (
        _(
            "When %(licensor)s recalls a leaflet, every copy of it is withdrawn at once: from "
            "websites, portals and screens, and on paper, which is destroyed."
        )
        % names
    )
    if not terms.pinned:
        yield _("When a new edition is issued, copies of the older one are replaced by it.")
    yield _("When the term ends or the permission is revoked, copies are no longer shown or given.")


def _words(names: dict[str, str]) -> dict[str, str]:
    return {
        "number": _("Number"),
        "from": pgettext("of a letter", "From"),
        "to": pgettext("of a letter", "To"),
        "version": _("Version of the terms"),
        "opening": _(
            "%(licensor)s hereby allows %(licensee)s to reproduce what is named below, within the "
            "limits that are stated here. What is not named is not allowed."
        )
        % names,
        "allowed": _("What is allowed"),
        "duties": _("What goes with it"),
        "conditions": _("Further conditions"),
        "price": _("Price to the reader"),
        "verify": _("Check this permission"),
        "verify_text": _(
            "Anybody can see at this address whether the permission is valid today and what it "
            "allows. Scan the code, or type in the address or the number."
        ),
        "fingerprint": _("Fingerprint of the terms"),
        "signed": _("This file is signed digitally; a change to it shows in every PDF program."),
        "development": _(
            "Signed with a certificate for development: this is a trial and no letter of the "
            "clinic."
        ),
        # Translators: in the footer of every sheet of paper; keep the placeholders
        "page": _("Page %(number)s of %(total)s"),
    }
