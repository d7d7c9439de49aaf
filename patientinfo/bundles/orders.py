"""A bundle as somebody asks for it: names of leaflets, languages, channels and a licence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from patientinfo.bundles.making import Bundle
from patientinfo.bundles.recipients import Recipient, editors, partner
from patientinfo.channels.base import Channel
from patientinfo.channels.registry import channel, channels
from patientinfo.exchange.selection import Selection
from patientinfo.licensing.models import Licence
from patientinfo.licensing.terms import LicenceTerms


def channels_for(terms: LicenceTerms | None) -> tuple[Channel, ...]:
    """The forms that a licence names a use of; all of them for the clinic itself."""
    found = channels().values()
    if terms is None:
        return tuple(found)
    return tuple(each for each in found if each.uses & set(terms.uses))


def partner_bundle(
    licence: Licence, selection: Selection, names: Iterable[str], at: datetime
) -> Bundle:
    """
    What a licence covers of a selection, in the named channels or in all that it is for.
    `UnknownChannel`; `NotInForce` when nothing may be had under it now.
    """
    return _bundle(partner(licence, at), selection, names)


def editors_bundle(selection: Selection, names: Iterable[str], at: datetime) -> Bundle:
    """Everything that may be shown of a selection. `UnknownChannel`."""
    return _bundle(editors(at), selection, names)


def _bundle(recipient: Recipient, selection: Selection, names: Iterable[str]) -> Bundle:
    chosen = tuple(channel(name) for name in dict.fromkeys(names))
    return Bundle(recipient, selection, chosen or channels_for(recipient.terms))
