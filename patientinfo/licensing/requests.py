"""
A permission request on its way: what the partner that asks can do with it. What officers can do is
in `decisions`.

Each act is one transaction, one line of the request's log, and `request_moved` when it is
committed. Two at once are put in a row by a lock on the request, so that only one of them grants.
That somebody may act for this request is for the caller to prove.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from patientinfo.conf import get_setting
from patientinfo.formats.inline import one_line
from patientinfo.licensing.actions import NotPossible, grant_licence
from patientinfo.licensing.mailboxes import is_same_mailbox
from patientinfo.licensing.models import Licence, LicenceEvent, LicenceState, Licensee, plain
from patientinfo.licensing.moves import Move, Role, after, was_done
from patientinfo.licensing.request_models import (
    Offer,
    PermissionRequest,
    RequestEvent,
    RequestState,
)
from patientinfo.licensing.scope import is_over, prove_scope
from patientinfo.licensing.terms import LicenceTerms, Party
from patientinfo.licensing.wishes import Wish, wish_from
from patientinfo.signals import request_moved

_NOTHING = Wish()


class AlreadyDone(NotPossible):
    """The same move a second time: nothing was changed, and whoever clicked twice is told so."""


class Incomplete(NotPossible):
    """Something that nobody could decide without is not filled in; `members` names it."""

    def __init__(self, members: tuple[str, ...]) -> None:
        super().__init__(
            _("Something is not filled in yet: %(what)s.") % {"what": ", ".join(members)}
        )
        self.members = members


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. `country` is ISO 3166-1, `language` that in which they are written to."""

    organisation: str = ""
    country: str = ""
    contact: str = ""
    email: str = ""
    language: str = "en"


def create_draft(
    asker: Asker,
    wish: Wish = _NOTHING,
    message: str = "",
    *,
    user: Any = None,
    renews: Licence | None = None,
) -> PermissionRequest:
    """A request that only its asker sees. `renews`: the licence whose place it would take."""
    if renews is not None and renews.state != LicenceState.ACTIVE:
        raise NotPossible(_("This licence cannot be renewed; ask for a new one."))
    return PermissionRequest.objects.create(
        **_columns(asker),
        wish=wish.as_json(),
        message=message,
        user=user,
        renews=renews,
        licensee=renews.licensee if renews else None,
    )


def _columns(asker: Asker) -> dict[str, str]:
    """
    Who asks, as it is stored. The name comes to stand in letters and proofs, among words of ours: a
    line of its own there, or words in another order, would be taken for ours too.
    """
    return {name: one_line(value) for name, value in asdict(asker).items()}


@transaction.atomic
def save_draft(
    request: PermissionRequest, asker: Asker, wish: Wish, message: str = ""
) -> PermissionRequest:
    """Another address of mail has to be confirmed again."""
    found = locked(request)
    if found.state != RequestState.DRAFT:
        raise NotPossible(_("It was submitted and cannot be changed any more."))
    if not is_same_mailbox(found.email, asker.email):
        found.confirmed_at = None
    for name, value in _columns(asker).items():
        setattr(found, name, value)
    found.wish, found.message = wish.as_json(), message
    found.save()
    return found


@transaction.atomic
def confirm_email(request: PermissionRequest, *, user: Any = None) -> PermissionRequest:
    """The address answered. `user` is the account that from now on may follow the request."""
    found = locked(request)
    if found.confirmed_at is None:
        found.confirmed_at = timezone.now()
    if user is not None:
        found.user = user
    found.save(update_fields=["confirmed_at", "user", "changed_at"])
    return found


@transaction.atomic
def submit(request: PermissionRequest, *, by: Any = Role.ASKER) -> PermissionRequest:
    """Hands it in; `Incomplete` names what is missing. Nobody reviews an unconfirmed address."""
    found = locked(request)
    state = target(found, Move.SUBMIT, Role.ASKER)
    lacking = missing(found)
    if lacking:
        raise Incomplete(lacking)
    if found.confirmed_at is None:
        raise NotPossible(_("Confirm your e-mail address first."))
    if found.renews is not None and not _holds(found, found.renews):
        raise NotPossible(_("A licence is renewed by the partner that holds it."))
    now = timezone.now()
    found.submitted_at = now
    found.due_on = due_day()
    return record(found, Move.SUBMIT, state, by=by)


def missing(request: PermissionRequest) -> tuple[str, ...]:
    """Members of the request and of its wish that have to be filled in before it is submitted."""
    columns = ("organisation", "country", "contact", "email")
    empty = tuple(name for name in columns if not getattr(request, name).strip())
    return empty + wish_from(request.wish).missing


@transaction.atomic
def answer(request: PermissionRequest, text: str, *, by: Any = Role.ASKER) -> PermissionRequest:
    """Answers what was asked back, or says of an offer what would be needed instead of it."""
    found = locked(request)
    state = target(found, Move.ANSWER, Role.ASKER)
    found.due_on = due_day()
    return record(found, Move.ANSWER, state, by=by, note=said(text))


@transaction.atomic
def withdraw(
    request: PermissionRequest, reason: str = "", *, by: Any = Role.ASKER
) -> PermissionRequest:
    """The partner does not need it any more."""
    found = locked(request)
    state = target(found, Move.WITHDRAW, Role.ASKER)
    return record(found, Move.WITHDRAW, state, by=by, note=reason.strip())


@transaction.atomic
def accept(offer: Offer, *, by: Any = Role.ASKER) -> Licence:
    """
    The partner accepts, and the licence is granted with exactly the terms of `offer`, which must be
    the one that stands. A second click is `AlreadyDone`.
    """
    request = locked(offer.request)
    state = target(request, Move.ACCEPT, Role.ASKER)
    standing = open_offer(request)
    if standing is None:
        raise NotPossible(_("A second officer has not agreed to this offer yet."))
    if standing.pk != offer.pk:
        raise NotPossible(_("There is a newer offer. Read it before you accept."))
    terms = standing.terms
    _prove_standing(terms)
    licensee = _licensee(request, terms.licensee)
    licence = grant_licence(licensee, terms, by=by, replaces=request.renews)
    if request.renews is not None:
        _hand_over_keys(request.renews, licence, by)
    request.licensee, request.licence = licensee, licence
    record(request, Move.ACCEPT, state, by=by, note=licence.number)
    return licence


def _prove_standing(terms: LicenceTerms) -> None:
    """An offer may have lain for long: what it grants is still there, and still ours to grant."""
    if is_over(terms, timezone.now()):
        raise NotPossible(_("The term that was offered is over."))
    try:
        prove_scope(terms)
    except NotPossible as refused:
        # Its words are for officers.
        raise NotPossible(
            _(
                "What was offered cannot be granted any more, because a leaflet or a photo is not "
                "ours to give now. Say that you need other terms, and we make you a new offer."
            )
        ) from refused


def open_offer(request: PermissionRequest) -> Offer | None:
    """The offer that can be accepted: the newest, once a second officer agreed where two decide."""
    if request.state != RequestState.OFFERED:
        return None
    newest: Offer | None = request.offers.select_related("consent").first()
    if newest is None or (get_setting("TWO_OFFICERS") and not hasattr(newest, "consent")):
        return None
    return newest


def party_of(request: PermissionRequest) -> Party:
    """The asker as the letter names it."""
    return Party(request.organisation, request.country, request.contact, request.email)


# -- what both sides' acts are made of ------------------------------------------------------------


def locked(request: PermissionRequest) -> PermissionRequest:
    """The request as it is now; whoever else wants to move it waits until we are done."""
    return PermissionRequest.objects.select_for_update().get(pk=request.pk)


def target(request: PermissionRequest, move: Move, role: Role) -> RequestState:
    """Where this move leads; `NotPossible` says why it cannot be made."""
    state = after(request.state, move, role)
    if state is not None:
        return state
    if was_done(request.state, move):
        raise AlreadyDone(_("This was done already; nothing was changed."))
    raise NotPossible(
        _("This cannot be done with a request that is “%(state)s”.")
        % {"state": request.get_state_display()}
    )


def said(text: str) -> str:
    """What somebody wrote to the other side; it may not be empty."""
    if not text.strip():
        raise NotPossible(_("Write something: the other side reads it."))
    return text.strip()


def record(
    request: PermissionRequest,
    move: Move,
    state: RequestState,
    *,
    by: Any,
    note: str = "",
    internal: bool = False,
) -> PermissionRequest:
    """Stores the request in its new state with its line in the log, and says so when committed."""
    request.state = state
    request.save()
    event = RequestEvent.objects.create(
        request=request,
        at=timezone.now(),
        move=move,
        state=state,
        by=plain(by),
        note=note,
        internal=internal,
    )
    transaction.on_commit(
        lambda: request_moved.send(sender=PermissionRequest, request=request, event=event)
    )
    return request


def due_day() -> date:
    """The day by which the clinic means to answer what it gets today."""
    return timezone.localdate() + timedelta(days=get_setting("REQUEST_TARGET_DAYS"))


def _licensee(request: PermissionRequest, party: Party) -> Licensee:
    """
    The partner that the licence is for. One that is known is found by its confirmed address and its
    name together: a name alone is anybody's, and one address may act for two clinics.
    """
    found = request.licensee or _known(party)
    if found is None:
        found = Licensee.objects.create(
            name=party.name,
            country=party.country,
            contact=party.contact,
            email=party.email,
            language=request.language,
        )
    else:
        # Whoever accepted last is who is written to, in the language in which they asked.
        found.contact, found.country = party.contact, party.country
        found.language = request.language
        found.save(update_fields=["contact", "country", "language"])
    if request.user is not None:
        found.members.add(request.user)
    return found


def _known(party: Party) -> Licensee | None:
    """Databases find what looks alike, too: whose address it is stands in `mailboxes` alone."""
    alike = Licensee.objects.filter(email__iexact=party.email, name__iexact=party.name)
    return next((one for one in alike if is_same_mailbox(one.email, party.email)), None)


def _holds(request: PermissionRequest, licence: Licence) -> bool:
    """Keys go on under a renewal, so it is for the holder alone: its address, or its account."""
    holder = licence.licensee
    if is_same_mailbox(request.email, holder.email):
        return True
    return request.user is not None and holder.members.filter(pk=request.user.pk).exists()


def _hand_over_keys(old: Licence, new: Licence, by: Any) -> None:
    """The partner's programs go on with the keys that they have, under the new terms."""
    now = timezone.now()
    for key in old.keys.all():
        if key.usable_at(now):
            key.licence = new
            key.save(update_fields=["licence"])
            LicenceEvent.objects.create(
                licence=new, at=now, act="key taken over", by=plain(by), reason=key.label
            )
