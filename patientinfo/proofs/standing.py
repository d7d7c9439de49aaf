"""How a permission stands at a moment, in one word."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from patientinfo.licensing.models import Licence, LicenceState


class Standing(StrEnum):
    """The first is the only one under which something may be reproduced."""

    VALID = "valid"
    NOT_BEGUN = "not_begun"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    RENEWED = "renewed"


_OF_STATE = {
    LicenceState.EXPIRED: Standing.EXPIRED,
    LicenceState.SUSPENDED: Standing.SUSPENDED,
    LicenceState.REVOKED: Standing.REVOKED,
    LicenceState.RENEWED: Standing.RENEWED,
}


def standing_at(licence: Licence, at: datetime) -> Standing:
    """The same answer that the guard gives to a key at that moment."""
    state = licence.state_at(at)
    if state in _OF_STATE:
        return _OF_STATE[state]
    return Standing.VALID if at >= licence.starts_at else Standing.NOT_BEGUN
