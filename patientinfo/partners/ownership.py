"""
Whose a request or a licence is. Everything that a partner's page shows is found here first, and
what is somebody else's is not there: the answer is the same as for what does not exist.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from patientinfo.licensing.models import Licence
from patientinfo.licensing.request_models import PermissionRequest, RequestState
from patientinfo.partners.accounts import is_partner
from patientinfo.partners.filing import is_remembered


def requests_of(user: Any) -> QuerySet[PermissionRequest]:
    """What this account asked for, or somebody else of the same partner, the newest first."""
    mine = Q(user=user) | Q(licensee__members=user)
    found = PermissionRequest.objects.filter(mine, confirmed_at__isnull=False)
    return found.select_related("licence").distinct().order_by("-created_at", "-pk")


def licences_of(user: Any) -> QuerySet[Licence]:
    """What was granted to a partner for whom this account acts."""
    found = Licence.objects.filter(licensee__members=user)
    return found.select_related("licensee").distinct().order_by("-granted_at", "-pk")


def request_of(user: Any, uid: UUID) -> PermissionRequest:
    found = requests_of(user).filter(uid=uid).first()
    if found is None:
        raise Http404("This request is not there.")
    return found


def licence_of(user: Any, number: str) -> Licence:
    found = licences_of(user).filter(number=number).first()
    if found is None:
        raise Http404("This licence is not there.")
    return found


def draft_of(request: HttpRequest, uid: UUID) -> PermissionRequest:
    """A draft that this browser began, or that belongs to the account that is signed in."""
    found = PermissionRequest.objects.filter(uid=uid, state=RequestState.DRAFT).first()
    if found is not None and may_edit(request, found):
        return found
    raise Http404("This draft is not there.")


def may_edit(request: HttpRequest, draft: PermissionRequest) -> bool:
    if draft.user_id is None:
        return is_remembered(request, draft)
    return is_partner(request.user) and draft.user_id == request.user.pk
