"""
What officers do with a permission request: ask back, offer terms, agree, decline, take it up again.

Officers never grant: they offer, and the licence comes into being when the partner accepts
(`requests.accept`). That somebody is an officer is for the caller to prove.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from patientinfo.conf import get_setting
from patientinfo.licensing.actions import NotPossible, prove_terms
from patientinfo.licensing.mailboxes import is_same_mailbox
from patientinfo.licensing.models import plain
from patientinfo.licensing.moves import Move, Role
from patientinfo.licensing.request_models import (
    Offer,
    OfferConsent,
    PermissionRequest,
    RequestEvent,
)
from patientinfo.licensing.requests import AlreadyDone, due_day, locked, record, said, target
from patientinfo.licensing.scope import is_over, prove_scope
from patientinfo.licensing.terms import LicenceTerms


@transaction.atomic
def ask_back(request: PermissionRequest, question: str, *, by: Any) -> PermissionRequest:
    """Asks the partner something; the request waits for its answer."""
    found = locked(request)
    state = target(found, Move.ASK_BACK, Role.OFFICER)
    return record(found, Move.ASK_BACK, state, by=by, note=said(question))


@transaction.atomic
def offer(request: PermissionRequest, terms: LicenceTerms, *, by: Any, note: str = "") -> Offer:
    """
    Offers terms, in place of an earlier offer if there was one. Where two officers decide, the
    partner hears of it when the second one has agreed.
    """
    found = locked(request)
    state = target(found, Move.OFFER, Role.OFFICER)
    newest = found.offers.first()
    if newest is not None and newest.digest == terms.digest and state == found.state:
        raise AlreadyDone(_("These terms are offered already; nothing was changed."))
    _prove(found, terms)
    made = Offer.objects.create(
        request=found,
        number=newest.number + 1 if newest else 1,
        data=terms.as_json(),
        digest=terms.digest,
        made_at=timezone.now(),
        made_by=plain(by),
    )
    unheard = bool(get_setting("TWO_OFFICERS"))
    record(found, Move.OFFER, state, by=by, note=note.strip(), internal=unheard)
    return made


@transaction.atomic
def agree(made: Offer, *, by: Any) -> OfferConsent:
    """A second officer agrees, and the partner can accept."""
    if not get_setting("TWO_OFFICERS"):
        raise NotPossible(_("Here one officer decides."))
    found = locked(made.request)
    state = target(found, Move.AGREE, Role.OFFICER)
    newest = found.offers.select_related("consent").get(pk=made.pk)
    if newest != found.offers.first():
        raise NotPossible(_("There is a newer offer. Read it before you agree."))
    if hasattr(newest, "consent"):
        raise AlreadyDone(_("This was done already; nothing was changed."))
    if newest.made_by == plain(by):
        raise NotPossible(_("You made this offer: another officer has to agree."))
    consent = OfferConsent.objects.create(offer=newest, at=timezone.now(), by=plain(by))
    # The message to the partner was held back with the offer; now both are told.
    offered = found.events.filter(move=Move.OFFER).last()
    record(found, Move.AGREE, state, by=by, note=offered.note if offered else "")
    return consent


@transaction.atomic
def decline(request: PermissionRequest, reason: str, *, by: Any) -> PermissionRequest:
    """Says no, and why. An offer that stood falls."""
    found = locked(request)
    state = target(found, Move.DECLINE, Role.OFFICER)
    return record(found, Move.DECLINE, state, by=by, note=said(reason))


@transaction.atomic
def reopen(request: PermissionRequest, reason: str, *, by: Any) -> PermissionRequest:
    """Takes up again what was declined. The partner waits for us anew."""
    found = locked(request)
    state = target(found, Move.REOPEN, Role.OFFICER)
    found.due_on = due_day()
    return record(found, Move.REOPEN, state, by=by, note=said(reason))


def add_note(request: PermissionRequest, text: str, *, by: Any) -> RequestEvent:
    """A remark among officers. Moves nothing, and the partner never sees it."""
    return RequestEvent.objects.create(
        request=request,
        at=timezone.now(),
        move="note",
        state=request.state,
        by=plain(by),
        note=said(text),
        internal=True,
    )


def _prove(request: PermissionRequest, terms: LicenceTerms) -> None:
    prove_terms(terms)
    if not is_same_mailbox(terms.licensee.email, request.email):
        raise NotPossible(_("The offer is addressed to somebody else than the one who asked."))
    now = timezone.now()
    if is_over(terms, now):
        raise NotPossible(_("The term is over already."))
    if request.renews is not None and terms.first_moment > now:
        raise NotPossible(
            _(
                "A renewal begins today at the latest: it takes the place of the old licence at "
                "once, and the partner may not be left without."
            )
        )
    prove_scope(terms)
