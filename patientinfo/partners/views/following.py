"""A partner's own requests: how they stand, what was said, and what it can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from patientinfo.licensing import requests as acts
from patientinfo.licensing.actions import NotPossible
from patientinfo.licensing.moves import Move, Role, possible
from patientinfo.licensing.request_models import Offer, PermissionRequest, RequestEvent
from patientinfo.licensing.wishes import wish_from
from patientinfo.partners import words
from patientinfo.partners.ownership import licences_of, request_of, requests_of
from patientinfo.partners.pages import partners_only, show
from patientinfo.partners.steps import LogLine, log_of, state_shown, steps_of

LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Standing:
    """A licence of the list and how it stands today."""

    number: str
    state: str
    state_name: str
    until: str


@require_safe
@partners_only
def index(request: HttpRequest) -> HttpResponse:
    """Everything that this account asked for and holds."""
    now = timezone.now()
    licences = [
        Standing(
            licence.number,
            licence.state_at(now),
            str(licence.state_at(now).label),
            words.last_day(licence),
        )
        for licence in licences_of(request.user)
    ]
    requests = [(asked, state_shown(asked)) for asked in requests_of(request.user)]
    context = {"here": "requests", "requests": requests, "licences": licences}
    return show(request, "requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partners_only
def detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One request. Its forms send `act`: answer, accept, withdraw."""
    asked = request_of(request.user, uid)
    problem = ""
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("act", ""))
        try:
            if act is not None:
                act(request, asked)
                asked.refresh_from_db()
                return _after(asked)
        except acts.AlreadyDone:
            return redirect("partners:request", uid=uid)
        except NotPossible as refusal:
            problem = str(refusal)
            asked.refresh_from_db()
    return _page(request, asked, problem)


def _after(asked: PermissionRequest) -> HttpResponse:
    if asked.licence is not None:
        return redirect("partners:licence", number=asked.licence.number)
    return redirect("partners:request", uid=asked.uid)


def _page(request: HttpRequest, asked: PermissionRequest, problem: str) -> HttpResponse:
    offer, state = acts.open_offer(asked), state_shown(asked)
    events = list(RequestEvent.objects.filter(request=asked, internal=False))
    log: list[LogLine] = log_of(events)
    question = next((line for line in reversed(log) if line.move == Move.ASK_BACK), None)
    context = {
        "asked": asked,
        "state": state,
        "problem": problem,
        "written": request.POST.get("text", "") if problem else "",
        "wish": words.lines_of(wish_from(asked.wish)),
        "offer": offer,
        "offered": words.lines_of(offer.terms) if offer else [],
        "log": log,
        "question": question if state == "needs_information" else None,
        "steps": steps_of(state),
        "moves": {move.value for move in possible(asked.state, Role.ASKER)},
        "due": words.day(asked.due_on),
        "longest": LONGEST,
    }
    return show(request, "request.html", context, status=422 if problem else 200)


# -- acts ------------------------------------------------------------------------------------------


def _answer(request: HttpRequest, asked: PermissionRequest) -> None:
    acts.answer(asked, request.POST.get("text", "")[:LONGEST], by=request.user)
    messages.success(request, _("Your answer has been sent."))


def _withdraw(request: HttpRequest, asked: PermissionRequest) -> None:
    acts.withdraw(asked, request.POST.get("text", "")[:LONGEST], by=request.user)
    messages.success(request, _("Your request is withdrawn."))


def _accept(request: HttpRequest, asked: PermissionRequest) -> None:
    """
    Exactly what was shown: the form names the offer's number and the digest of its terms, and a
    newer offer, or another one, is not accepted by it.
    """
    if request.POST.get("agree") != "yes":
        raise NotPossible(_("Tick the box to say that you accept these terms."))
    number = request.POST.get("offer", "")
    shown: Offer | None = None
    if number.isdecimal() and len(number) < 10:
        shown = asked.offers.filter(number=int(number)).first()
    if shown is None or shown.digest != request.POST.get("digest"):
        raise NotPossible(_("There is a newer offer. Read it before you accept."))
    acts.accept(shown, by=request.user)
    messages.success(request, _("You accepted the terms. The licence is granted."))


_ACTS: dict[str, Callable[[HttpRequest, PermissionRequest], None]] = {
    "answer": _answer,
    "withdraw": _withdraw,
    "accept": _accept,
}
