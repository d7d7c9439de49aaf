"""
What holds for every way in which permission is asked, the form and the API alike: how often, and
how an address of mail is asked to prove itself.
"""

from __future__ import annotations

import re

from django.db import transaction
from django.http import HttpRequest

from patientinfo.licensing.limits import Limit
from patientinfo.licensing.request_models import PermissionRequest
from patientinfo.signals import confirmation_wanted
from patientinfo.throttling.passages import client_address

#: Requests stored from one place in an hour: a clinic behind one address asks less than that.
STORED_FROM_ONE_PLACE = Limit("ask.from", 30, 60 * 60)
#: Mails to one address in a day, and asked for from one place in an hour.
MAILS_TO_ONE_ADDRESS = Limit("confirmation.to", 4, 24 * 60 * 60)
MAILS_FROM_ONE_PLACE = Limit("confirmation.from", 20, 60 * 60)

#: Letters of a message, and links in it: more than that is advertising.
LONGEST_MESSAGE, MOST_LINKS = 5000, 3
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def links_in(text: str) -> int:
    """How many web addresses stand in a text."""
    return len(_LINK.findall(text))


def place_of(request: HttpRequest) -> str:
    """The network address that asks, to count it as reading is; it is never stored as it is."""
    return client_address(request) or "here"  # over a socket of this machine


def ask_for_proof(request: PermissionRequest, *, submits: bool, place: str) -> None:
    """
    Has the link sent that confirms the address, and with `submits` hands the request in.
    `TooMany` when that was asked for too often.
    """
    MAILS_FROM_ONE_PLACE.take(place)
    MAILS_TO_ONE_ADDRESS.take(request.email)
    transaction.on_commit(
        lambda: confirmation_wanted.send(sender=PermissionRequest, request=request, submit=submits)
    )
