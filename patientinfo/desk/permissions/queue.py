"""The requests that officers see: which, in what order, and how many wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patientinfo.conf import get_setting
from patientinfo.licensing.models import plain
from patientinfo.licensing.moves import WAITING_FOR_US
from patientinfo.licensing.request_models import (
    Offer,
    PermissionRequest,
    RequestEvent,
    RequestState,
)

Requests = QuerySet[PermissionRequest]


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at the queue: its name in the address, its label, and what it shows."""

    name: str
    label: Any
    narrow: Callable[[Requests, Any], Requests]


def _overdue(found: Requests, user: Any) -> Requests:
    return found.filter(state__in=WAITING_FOR_US, due_on__lt=timezone.localdate())


def _mine(found: Requests, user: Any) -> Requests:
    """Those in which this officer has done something, and that are not at an end."""
    acts = RequestEvent.objects.filter(request=OuterRef("pk"), by=plain(user))
    return found.filter(Exists(acts))


def _second(found: Requests, user: Any) -> Requests:
    """Offers of others that wait for somebody to agree."""
    later = Offer.objects.filter(request=OuterRef("request"), number__gt=OuterRef("number"))
    lonely = Offer.objects.filter(request=OuterRef("pk"), consent=None).exclude(made_by=plain(user))
    return found.filter(Exists(lonely.exclude(Exists(later))), state=RequestState.OFFERED)


def _in_state(*states: RequestState) -> Callable[[Requests, Any], Requests]:
    return lambda found, user: found.filter(state__in=states)


VIEWS = (
    View("waiting", _("To decide"), _in_state(*WAITING_FOR_US)),
    View("overdue", _("Overdue"), _overdue),
    View("asked", _("Asked back"), _in_state(RequestState.NEEDS_INFORMATION)),
    View("second", _("Waiting for a second officer"), _second),
    View("offered", _("Terms offered"), _in_state(RequestState.OFFERED)),
    View("mine", _("Mine"), _mine),
    View(
        "closed",
        _("Closed"),
        _in_state(RequestState.GRANTED, RequestState.DECLINED, RequestState.WITHDRAWN),
    ),
    View("all", _("All"), lambda found, user: found),
)


def views() -> tuple[View, ...]:
    """Those that this site needs: where one officer decides, nothing waits for a second."""
    if get_setting("TWO_OFFICERS"):
        return VIEWS
    return tuple(view for view in VIEWS if view.name != "second")


def chosen(name: str) -> View:
    """The view of that name; what has to be decided, for a name that is none."""
    return next((view for view in views() if view.name == name), VIEWS[0])


def reviewable() -> Requests:
    """What was handed in from a confirmed address. A draft is its asker's alone."""
    return PermissionRequest.objects.exclude(submitted_at=None)


def load_queue(view: View, search: str, user: Any) -> Requests:
    """The most urgent first."""
    found = view.narrow(reviewable(), user)
    if search:
        found = found.filter(
            Q(organisation__icontains=search)
            | Q(contact__icontains=search)
            | Q(email__icontains=search)
            | Q(message__icontains=search)
            | Q(licence__number__iexact=search)
        )
    return found.select_related("licence", "renews").order_by("due_on", "pk")


def counted(user: Any) -> list[tuple[View, int]]:
    """Each view with the number of requests in it."""
    return [(view, view.narrow(reviewable(), user).count()) for view in views()]


def waiting_count() -> int:
    """What the clinic has to answer: the number beside the menu's entry."""
    return reviewable().filter(state__in=WAITING_FOR_US).count()
