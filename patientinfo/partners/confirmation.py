"""
Proof of an address: a signed link that is sent there, good for three days and for one use.

The link shows a page with a button; only the button confirms. Programs that open every link in a
mail to look whether it is dangerous would otherwise confirm what nobody read. The link names the
request by its number and holds no address; it dies with a change of the address.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from patientinfo.licensing.actions import NotPossible
from patientinfo.licensing.mailboxes import mailbox
from patientinfo.licensing.request_models import PermissionRequest, RequestState
from patientinfo.licensing.requests import confirm_email, submit
from patientinfo.partners.accounts import account_for

DAYS = 3
_SALT = "patientinfo.partners.confirmation"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link that we signed says: for which request, and whether it also hands it in."""

    request: PermissionRequest
    submits: bool


class AddressInUse(Exception):
    """The address opens the admin, so it cannot be a partner's too."""


def token_of(request: PermissionRequest, *, submits: bool) -> str:
    """The part of the link that is signed."""
    facts = [request.uid.hex, _mark(request.email), int(submits)]
    return signing.dumps(facts, salt=_SALT)


def read_token(token: str) -> Link | None:
    """None for a link that is forged, too old, or about an address that was changed since."""
    try:
        uid, mark, submits = signing.loads(
            token,
            salt=_SALT,
            max_age=DAYS * 24 * 60 * 60,
            fallback_keys=settings.SECRET_KEY_FALLBACKS,
        )
    except (signing.BadSignature, ValueError):
        return None
    found = PermissionRequest.objects.filter(uid=UUID(uid)).first()
    if found is None or not constant_time_compare(mark, _mark(found.email)):
        return None
    return Link(found, bool(submits))


@transaction.atomic
def confirm(link: Link) -> PermissionRequest:
    """
    The address is proved, has an account from now on, and what was sent is handed in. What still
    lacks something stays a draft.
    """
    request = link.request
    if request.state != RequestState.DRAFT or request.confirmed_at is not None:
        raise NotPossible("used")
    user = account_for(request.email)
    if user is None:
        raise AddressInUse
    confirmed = confirm_email(request, user=user)
    if link.submits:
        try:
            with transaction.atomic():
                return submit(confirmed, by=user)
        except NotPossible:
            return confirmed
    return confirmed


def _mark(email: str) -> str:
    return salted_hmac(_SALT, mailbox(email), algorithm="sha256").hexdigest()[:32]
