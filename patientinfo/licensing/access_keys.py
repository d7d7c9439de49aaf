"""
Making, rotating and revoking keys, and whose a key is.

The text of a key exists in the answer of the act that made it and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from patientinfo.licensing.actions import NotPossible
from patientinfo.licensing.guard import Kind
from patientinfo.licensing.keys import NewKey, make_key
from patientinfo.licensing.models import AccessKey, Licence, LicenceEvent, LicenceState, plain

#: Keys of one licence that can be usable at a time.
MOST = 20
#: How long a rotated key goes on, so that its owner can exchange it without a gap.
OVERLAP = timedelta(days=7)
_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?")


@transaction.atomic
def issue_key(
    licence: Licence, label: str, *, by: Any, origins: Iterable[str] = ()
) -> tuple[AccessKey, str]:
    """
    A key of a licence and its text, which is never to be had again. With `origins` it is a browser
    key: read-only, and answered only to pages of those origins.
    """
    locked = _with_room(licence)
    places = [_origin(origin) for origin in origins]
    kind = Kind.BROWSER if places else Kind.LICENCE
    return _store(make_key(kind), kind, label, locked, places, by)


def _with_room(licence: Licence) -> Licence:
    """
    The licence, locked until a key of it is made, so that two at once cannot be one too many.
    `NotPossible` when it gives nothing, or has as many keys as it can.
    """
    locked = Licence.objects.select_for_update().get(pk=licence.pk)
    now = timezone.now()
    if locked.state_at(now) != LicenceState.ACTIVE:
        raise NotPossible(_("Keys are made for an active licence only."))
    if sum(key.usable_at(now) for key in locked.keys.all()) >= MOST:
        raise NotPossible(
            _("There are %(count)d keys already: revoke one first.") % {"count": MOST}
        )
    return locked


def issue_channel_key(label: str, *, by: Any) -> tuple[AccessKey, str]:
    """A key of one of the clinic's own channels: everything that is issued."""
    return _store(make_key(Kind.CHANNEL), Kind.CHANNEL, label, None, [], by)


def store_known_key(new: NewKey, label: str, licence: Licence) -> AccessKey:
    """A key whose text is fixed: the sample's, for development only."""
    key, _text = _store(new, Kind.LICENCE, label, licence, [], "sample")
    return key


def _store(
    new: NewKey, kind: Kind, label: str, licence: Licence | None, origins: list[str], by: Any
) -> tuple[AccessKey, str]:
    label = label.strip()
    if not label:
        raise NotPossible(_("Give the key a name, so that you know it again."))
    key = AccessKey.objects.create(
        kind=kind,
        licence=licence,
        label=label[:100],
        name=new.name,
        hash=new.hash,
        origins=origins,
    )
    _log(key, "key issued", by)
    return key, new.text


@transaction.atomic
def rotate_key(key: AccessKey, *, by: Any, overlap: timedelta = OVERLAP) -> tuple[AccessKey, str]:
    """A key in place of `key`, which goes on for `overlap` and then ends. That is done once."""
    licence = _with_room(key.licence) if key.licence else None
    now = timezone.now()
    old = AccessKey.objects.select_for_update().get(pk=key.pk)
    if not old.usable_at(now):
        raise NotPossible(_("This key has ended; make a new one."))
    if old.expires_at is not None:
        raise NotPossible(_("This key was replaced already."))
    old.expires_at = now + overlap
    old.save(update_fields=["expires_at"])
    kind = Kind(old.kind)
    return _store(make_key(kind), kind, old.label, licence, old.origins, by)


@transaction.atomic
def revoke_key(key: AccessKey, *, by: Any) -> AccessKey:
    """Ends a key at once; a second time changes nothing."""
    found = AccessKey.objects.select_for_update().get(pk=key.pk)
    if found.revoked_at is None:
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        _log(found, "key revoked", by)
    return found


def last_usable(licence: Licence, at: datetime) -> list[AccessKey]:
    """The keys of a licence that work at a moment, newest first."""
    return [key for key in licence.keys.all() if key.usable_at(at)]


def _origin(origin: str) -> str:
    """One origin as browsers send it; `NotPossible` for what is none."""
    found = origin.strip().rstrip("/").lower()
    if not _ORIGIN.fullmatch(found):
        raise NotPossible(
            _("“%(origin)s” is not an origin: it looks like https://www.clinic.example.")
            % {"origin": origin[:200]}
        )
    return found


def _log(key: AccessKey, act: str, by: Any) -> None:
    """Keys of a licence stand in its log, by their label and never by their text."""
    if key.licence_id is not None:
        LicenceEvent.objects.create(
            licence_id=key.licence_id, at=timezone.now(), act=act, by=plain(by), reason=key.label
        )
