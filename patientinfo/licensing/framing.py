"""
A licence as a frame knows it: by its number, which stands in the address of the frame.

Nobody gives a key there: a browser only says which page is around the frame. So a partner names its
websites when it makes a key for the browser, and they hold for the frames of its licence while that
key and the licence do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from patientinfo.licensing.credentials import frozen_terms
from patientinfo.licensing.guard import (
    CATALOGUE,
    TEXT,
    Asked,
    Decision,
    Facts,
    Grant,
    Kind,
    Permitted,
    Use,
    decide,
)
from patientinfo.licensing.models import AccessKey, Licence, LicenceState
from patientinfo.licensing.numbers import normalized


@dataclass(frozen=True, slots=True)
class Framing:
    """
    What a frame of a licence may hold of an Edition, and on which pages it may stand.

    `covered`: the licence itself gives the words for a website; what everybody may have anyway
    opens no frame. `renewed_as`: the number of the licence that took this one's place.
    """

    licence: Licence
    decision: Decision
    covered: bool
    credit: str = ""
    origins: tuple[str, ...] = ()
    renewed_as: str = ""


def framing_of(number: str, facts: Facts, at: datetime) -> Framing | None:
    """
    What the licence of a number gives a frame at a moment; None for a number of no licence. Two
    queries, however many licences there are, and none for what cannot be a number.
    """
    known = normalized(number)
    licence = (
        Licence.objects.select_related("renewed_as").filter(number=known).first() if known else None
    )
    if licence is None:
        return None
    terms = frozen_terms(licence.pk, licence.terms_digest)
    grant, asked = Grant(licence.number, licence.state, terms), Asked(Use.WEBSITE, at)
    # Also of a leaflet that was taken back: its frame has to say so.
    own = decide(grant, replace(facts, level=CATALOGUE, status="current"), asked)
    covered = isinstance(own, Permitted) and TEXT in own.parts
    return Framing(
        licence=licence,
        decision=decide(grant, facts, asked),
        covered=covered,
        credit=terms.credit.get(facts.locale, ""),
        origins=_origins(licence, at) if covered else (),
        renewed_as=_successor(licence),
    )


def _origins(licence: Licence, at: datetime) -> tuple[str, ...]:
    """The websites that the partner named with its keys."""
    keys = AccessKey.objects.filter(kind=Kind.BROWSER.value, licence=licence, revoked_at=None)
    return tuple(sorted({o for key in keys if key.usable_at(at) for o in key.origins}))


def _successor(licence: Licence) -> str:
    if licence.state != LicenceState.RENEWED:
        return ""
    later: Licence | None = getattr(licence, "renewed_as", None)
    return later.number if later else ""
