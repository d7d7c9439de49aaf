"""
Granting a licence and what becomes of it. Each act is one transaction and one line of its log.

Permission to act is for the caller to prove (an officer's desk, the shell); who acts is always
said.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from patientinfo.licensing.models import (
    Licence,
    LicenceEvent,
    LicenceState,
    LicenceVersion,
    Licensee,
    plain,
)
from patientinfo.licensing.narrowing import NAMES, widens
from patientinfo.licensing.numbers import new_number
from patientinfo.licensing.terms import LICENSABLE, PARTS, LicenceTerms
from patientinfo.signals import licence_changed

#: State → the states that it can go to. What is not here cannot be done.
MOVES: dict[str, tuple[str, ...]] = {
    LicenceState.ACTIVE: (LicenceState.SUSPENDED, LicenceState.REVOKED, LicenceState.RENEWED),
    LicenceState.SUSPENDED: (LicenceState.ACTIVE, LicenceState.REVOKED),
    LicenceState.REVOKED: (),
    LicenceState.RENEWED: (LicenceState.REVOKED,),
}
_ATTEMPTS = 5


class NotPossible(ValueError):
    """An act that the licence's state or terms do not allow; the message says why."""


@transaction.atomic
def grant_licence(
    licensee: Licensee, terms: LicenceTerms, *, by: Any, replaces: Licence | None = None
) -> Licence:
    """A licence with its number, its terms frozen now. `NotPossible` for terms that say nothing."""
    prove_terms(terms)
    now = timezone.now()
    if replaces is not None:
        _move(replaces, LicenceState.RENEWED, by=by, reason="")
    licence = _numbered(licensee, terms, now, replaces)
    _freeze(licence, terms, now)
    _log(licence, "granted", by, "", now)
    return licence


def prove_terms(terms: LicenceTerms) -> None:
    """`NotPossible` for terms that grant nothing, or that no guard could read."""
    empty = {
        _("a leaflet"): terms.leaflets is not None and not terms.leaflets,
        _("a language"): terms.locales is not None and not terms.locales,
        _("a part"): not terms.parts,
        _("a use"): not terms.uses,
    }
    missing = [what for what, is_missing in empty.items() if is_missing]
    if missing:
        raise NotPossible(_("The terms lack: %(what)s.") % {"what": ", ".join(missing)})
    unknown = {*terms.parts} - {*PARTS} | {*terms.uses} - {*LICENSABLE}
    if unknown:
        raise NotPossible(_("Unknown: %(what)s.") % {"what": ", ".join(sorted(unknown))})
    if terms.ends is not None and terms.ends < terms.starts:
        raise NotPossible(_("The term ends before it begins."))


def _numbered(
    licensee: Licensee, terms: LicenceTerms, now: datetime, replaces: Licence | None
) -> Licence:
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                return Licence.objects.create(
                    number=new_number(now.year),
                    licensee=licensee,
                    terms_digest=terms.digest,
                    starts_at=terms.first_moment,
                    ends_at=terms.end_moment,
                    granted_at=now,
                    replaces=replaces,
                )
        except IntegrityError:  # the number is taken: one in 27 thousand million
            if attempt == _ATTEMPTS - 1 or replaces is not None:
                raise
    raise AssertionError("unreachable")


def _freeze(licence: Licence, terms: LicenceTerms, now: datetime) -> None:
    LicenceVersion.objects.create(
        licence=licence,
        version=licence.version,
        data=terms.as_json(),
        digest=terms.digest,
        frozen_at=now,
    )


@transaction.atomic
def amend_licence(licence: Licence, terms: LicenceTerms, *, by: Any, reason: str) -> Licence:
    """
    Narrower terms under the same number, as the next version; the old ones stay readable.

    `NotPossible` for terms that give more than those in force: nobody accepted them. They are for a
    request, which a second officer may have to agree to and the partner accepts.
    """
    prove_terms(terms)
    locked = _locked(licence)
    now = timezone.now()
    if not amendable(locked, now):
        raise NotPossible(_("This licence has ended; grant a new one."))
    if terms.digest == locked.terms_digest:
        return locked
    reason = _given(reason)
    _prove_narrower(locked.terms, terms)
    locked.version += 1
    locked.terms_digest = terms.digest
    locked.starts_at, locked.ends_at = terms.first_moment, terms.end_moment
    locked.reminded_at = None
    locked.save()
    _freeze(locked, terms, now)
    _log(locked, "amended", by, reason, now)
    return locked


def amendable(licence: Licence, at: datetime) -> bool:
    """Whether its terms can still be changed: not when it has ended, and be it by its term."""
    if licence.state not in {LicenceState.ACTIVE, LicenceState.SUSPENDED}:
        return False
    return licence.ends_at is None or at < licence.ends_at


def _prove_narrower(old: LicenceTerms, new: LicenceTerms) -> None:
    more = widens(old, new)
    if more:
        raise NotPossible(
            _(
                "This gives more than was agreed, or something else: %(what)s. Here terms can only "
                "be narrowed. For new terms the partner asks, with a renewal or a new request; "
                "offer them there, and they count when the partner accepts."
            )
            % {"what": ", ".join(str(NAMES[name]) for name in more)}
        )


def suspend_licence(licence: Licence, *, by: Any, reason: str) -> Licence:
    """Nothing may be read under it until it is resumed."""
    return _move(licence, LicenceState.SUSPENDED, by=by, reason=_given(reason))


def revoke_licence(licence: Licence, *, by: Any, reason: str) -> Licence:
    """Ends a licence for good, at once."""
    return _move(licence, LicenceState.REVOKED, by=by, reason=_given(reason))


def resume_licence(licence: Licence, *, by: Any, reason: str) -> Licence:
    """A suspended licence gives again what it gave."""
    return _move(licence, LicenceState.ACTIVE, by=by, reason=_given(reason))


@transaction.atomic
def remind_licensee(licence: Licence, *, by: Any) -> Licence:
    """Notes that its end was announced to its holder; whoever hears of the event writes to them."""
    locked = _locked(licence)
    now = timezone.now()
    if locked.state_at(now) != LicenceState.ACTIVE or locked.ends_at is None:
        raise NotPossible(_("Only a licence that runs and has an end can be announced to end."))
    locked.reminded_at = now
    locked.save(update_fields=["reminded_at"])
    _log(locked, "reminded", by, "", now)
    return locked


def _given(reason: str) -> str:
    """A reason that says something."""
    if not reason.strip():
        raise NotPossible(_("Say why: the partner is told."))
    return reason.strip()


@transaction.atomic
def _move(licence: Licence, state: str, *, by: Any, reason: str) -> Licence:
    locked = _locked(licence)
    if state not in MOVES[locked.state]:
        raise NotPossible(
            _("A licence that is “%(now)s” cannot become “%(then)s”.")
            % {
                "now": LicenceState(locked.state).label,
                "then": LicenceState(state).label,
            }
        )
    locked.state, locked.reason = state, reason
    locked.save(update_fields=["state", "reason"])
    _log(locked, str(state), by, reason, timezone.now())
    return locked


def _locked(licence: Licence) -> Licence:
    return Licence.objects.select_for_update().get(pk=licence.pk)


def _log(licence: Licence, act: str, by: Any, reason: str, at: datetime) -> None:
    event = LicenceEvent.objects.create(
        licence=licence, at=at, act=act, by=plain(by), reason=reason
    )
    transaction.on_commit(
        lambda: licence_changed.send(sender=Licence, licence=licence, event=event)
    )
