"""The proof as a page for people: its headline, the terms in words, and where else it is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_datetime
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from patientinfo.channels.parts.record import Row, isolated
from patientinfo.channels.parts.wording import babel_locale, moment
from patientinfo.licensing.models import Licence
from patientinfo.licensing.terms import LicenceTerms
from patientinfo.proofs.addresses import proof_url
from patientinfo.proofs.signing import signing_keys
from patientinfo.proofs.standing import Standing, standing_at
from patientinfo.proofs.subjects import Subject
from patientinfo.proofs.terms_rows import public_rows


@dataclass(frozen=True, slots=True)
class ProofPage:
    """
    `why` says in a sentence what the headline means. `url` is what is printed; the other addresses
    are paths of this site.
    """

    number: str
    url: str
    valid: bool
    headline: str
    why: str
    checked: str
    checked_iso: str
    rows: tuple[Row, ...]
    json_href: str
    jws_href: str
    jwks_href: str


def proof_page(
    licence: Licence,
    terms: LicenceTerms,
    subjects: Sequence[Subject],
    at: datetime,
    locale: str,
) -> ProofPage:
    """The page in a language, which the caller has activated."""
    standing = standing_at(licence, at)
    headline, why = _words(standing, terms, locale)
    local = timezone.localtime(at)
    is_signed = bool(signing_keys())
    return ProofPage(
        number=licence.number,
        url=proof_url(licence.number),
        valid=standing == Standing.VALID,
        headline=headline,
        why=why,
        checked=format_datetime(local, "long", locale=babel_locale(locale)),
        checked_iso=local.isoformat(timespec="seconds"),
        rows=tuple(public_rows(terms, subjects, locale)),
        json_href=reverse("patientinfo_proof_json", args=[licence.number]),
        jws_href=reverse("patientinfo_proof_jws", args=[licence.number]) if is_signed else "",
        jwks_href=reverse("patientinfo_jwks") if is_signed else "",
    )


def _words(standing: Standing, terms: LicenceTerms, locale: str) -> tuple[str, str]:
    start, end = moment(terms.starts, locale), moment(terms.ends, locale)
    named = {
        "licensee": isolated(terms.licensee.name),
        "licensor": isolated(terms.licensor.name),
        "start": start.text if start else "",
        "end": end.text if end else "",
    }
    words = {
        Standing.VALID: (
            _("This permission is valid"),
            _("%(licensee)s may reproduce what is named below. %(licensor)s has allowed it."),
        ),
        Standing.NOT_BEGUN: (
            _("This permission is not valid yet"),
            _("It begins on %(start)s. Until then nothing may be reproduced under it."),
        ),
        Standing.EXPIRED: (
            _("This permission has ended"),
            _("Its term ended on %(end)s. Nothing may be reproduced under it any more."),
        ),
        Standing.SUSPENDED: (
            _("This permission is suspended"),
            _("%(licensor)s has stopped it for now. Nothing may be reproduced under it."),
        ),
        Standing.REVOKED: (
            _("This permission was revoked"),
            _("%(licensor)s has ended it. Nothing may be reproduced under it any more."),
        ),
        Standing.RENEWED: (
            _("This permission was replaced"),
            _("A newer permission with another number has taken its place."),
        ),
    }
    headline, why = words[standing]
    return headline, why % named
