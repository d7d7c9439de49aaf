"""
Who may have what only the parties know: the letter and the policy.

The partner's own accounts, officers who decide on requests, and programs with a key of that very
licence. Not a browser key: it stands in a page, where everybody can read it.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from patientinfo.licensing.credentials import Holder, holder_of
from patientinfo.licensing.guard import Kind
from patientinfo.licensing.models import Licence
from patientinfo.throttling import passages

OFFICER = "patientinfo.decide_permissionrequest"
_SCHEME = "bearer "


def may_read_private(request: HttpRequest, licence: Licence) -> bool:
    """
    Whether the asker is a party. A key that is sent decides alone, whoever is signed in, so that a
    program learns that its key is not the right one.
    """
    authorization = request.META.get("HTTP_AUTHORIZATION", "")
    if authorization[: len(_SCHEME)].lower() == _SCHEME:
        return _is_key_of(request, authorization[len(_SCHEME) :].strip(), licence)
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return False
    return user.has_perm(OFFICER) or licence.licensee.members.filter(pk=user.pk).exists()


def _is_key_of(request: HttpRequest, text: str, licence: Licence) -> bool:
    """Also when the licence has ended: its letter says what was agreed."""
    holder = holder_of(text, timezone.now())
    if not isinstance(holder, Holder):
        passages.guessed(request)
        return False
    if holder.kind is not Kind.LICENCE:
        return False
    passages.prove(request)
    return holder.licence_id == licence.pk
