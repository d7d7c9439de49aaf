"""The sample's partner clinic: a licence for the text in two languages, and its key."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from home.loading import read
from patientinfo.licensing.access_keys import issue_key, store_known_key
from patientinfo.licensing.actions import grant_licence
from patientinfo.licensing.guard import Kind
from patientinfo.licensing.keys import NewKey, hash_key, key_text
from patientinfo.licensing.models import AccessKey, Licence, Licensee
from patientinfo.licensing.parties import licensor
from patientinfo.licensing.terms import TEXT, LicenceTerms, Party

BY = "manage.py load_sample"
#: Anybody can read it here, so production knows no key of this name (`REFUSED_KEYS`).
DEVELOPMENT_KEY_NAME = "samplePartne"
DEVELOPMENT_KEY = key_text(Kind.LICENCE, DEVELOPMENT_KEY_NAME, "publicOnPurposeForDevelopment000")
PARTNER = Party(
    "Harbour Rehab (fictional)", "NL", "M. Aker (fictional)", "m.aker@harbour-rehab.example"
)
USES = ("website", "portal", "screen")


def load_licence() -> str:
    """
    The partner's licence and its key, made if they are not there; returns what to say about them.

    In development the key is a fixed one, so that an example of the manual works. Elsewhere it is a
    new one, which is said once.
    """
    licence = Licence.objects.filter(licensee__email=PARTNER.email).order_by("pk").first()
    if licence is None:
        licence = _grant()
        if not settings.DEBUG:
            _key, text = issue_key(licence, "Sample", by=BY)
            return f"partner {PARTNER.name}: licence {licence.number}, key {text}"
    if not settings.DEBUG:
        return f"partner {PARTNER.name}: licence {licence.number}"
    if not AccessKey.objects.filter(name=DEVELOPMENT_KEY_NAME).exists():
        known = NewKey(DEVELOPMENT_KEY, DEVELOPMENT_KEY_NAME, hash_key(DEVELOPMENT_KEY))
        store_known_key(known, "Sample", licence)
    return f"partner {PARTNER.name}: licence {licence.number}, key {DEVELOPMENT_KEY}"


def _grant() -> Licence:
    licensee = Licensee.objects.create(
        name=PARTNER.name,
        country=PARTNER.country,
        contact=PARTNER.contact,
        email=PARTNER.email,
        language="nl",
    )
    today = timezone.localdate()
    terms = LicenceTerms(
        licensee=PARTNER,
        licensor=licensor(),
        starts=today,
        ends=today + timedelta(days=3 * 365),
        parts=frozenset({TEXT}),
        uses={use: {} for use in USES},
        leaflets=frozenset({read("dry-needling")["key"]}),
        locales=frozenset({"en", "nl"}),
        territory=None,
        language="nl",
        time_zone=settings.TIME_ZONE,
    )
    return grant_licence(licensee, terms, by=BY)
