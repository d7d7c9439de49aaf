"""The letter and the policy of the licence that a partner's bundle is made under."""

from __future__ import annotations

import orjson

from patientinfo.licensing.models import Licence
from patientinfo.proofs.kept_letters import signed_letter
from patientinfo.proofs.odrl import MEDIA_TYPE as ODRL_TYPE
from patientinfo.proofs.odrl import agreement_of
from patientinfo.proofs.subjects import subjects_of

LETTER, POLICY = "licence/letter.pdf", "licence/licence.jsonld"
LETTER_TYPE = "application/pdf"
#: Path → media type, in the order of the bundle.
PAPERS = {LETTER: LETTER_TYPE, POLICY: ODRL_TYPE}


def paper_of(licence: Licence, path: str) -> bytes:
    """One of `PAPERS`, of the terms in force; `NotRenderable` when a letter cannot be set."""
    if path == LETTER:
        return signed_letter(licence)
    version = licence.versions.select_related("licence").get(version=licence.version)
    agreement = agreement_of(version, subjects_of(version.terms))
    return orjson.dumps(agreement, option=orjson.OPT_INDENT_2)
