"""The queue of requests, one request, and everything that an officer can do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.log_actions import log

from patientinfo.conf import get_setting
from patientinfo.desk.permissions import queue
from patientinfo.desk.permissions.access import officers_only
from patientinfo.desk.permissions.dossier import Dossier, row_of
from patientinfo.desk.permissions.terms_form import TermsForm
from patientinfo.desk.posted import posted
from patientinfo.desk.search import searched
from patientinfo.licensing import decisions
from patientinfo.licensing.actions import NotPossible
from patientinfo.licensing.models import plain
from patientinfo.licensing.moves import Move, Role, possible
from patientinfo.licensing.proposals import propose
from patientinfo.licensing.request_models import PermissionRequest
from patientinfo.licensing.requests import AlreadyDone

TEMPLATES = "patientinfo/desk/permissions/"
PER_PAGE = 30

#: Moves that are a text and a button → what is said when they are done.
_ACTS: dict[str, tuple[Any, Any]] = {
    Move.ASK_BACK: (decisions.ask_back, gettext_lazy("Your question is on its way.")),
    Move.DECLINE: (decisions.decline, gettext_lazy("The request is declined.")),
    Move.REOPEN: (decisions.reopen, gettext_lazy("The request is open again.")),
    "note": (decisions.add_note, gettext_lazy("Your note is kept, for officers only.")),
}


@officers_only
@require_GET
def requests_list(request: HttpRequest) -> HttpResponse:
    """`?show=`, `?q=`, `?p=`."""
    view = queue.chosen(request.GET.get("show", ""))
    search = searched(request)
    page = Paginator(queue.load_queue(view, search, request.user), PER_PAGE).get_page(
        request.GET.get("p")
    )
    context = {
        "page_obj": page,
        "rows": [row_of(asked, timezone.localdate()) for asked in page],
        "views": queue.counted(request.user),
        "chosen": view,
        "search": search,
        "header_title": _("Permission requests"),
        "place": "requests",
    }
    return render(request, TEMPLATES + "requests.html", context)


def _found(pk: int) -> PermissionRequest:
    """A request that was handed in; 404 for a draft, which is its asker's alone."""
    found: PermissionRequest = get_object_or_404(
        queue.reviewable().select_related("licence", "renews", "licensee"), pk=pk
    )
    return found


@officers_only
@require_GET
def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The wish beside what the leaflets allow, what was said, and what can be done."""
    asked = _found(pk)
    return render(request, TEMPLATES + "request.html", _context(request, asked))


def _context(request: HttpRequest, asked: PermissionRequest) -> dict[str, Any]:
    can = {str(move) for move in possible(asked.state, Role.OFFICER)}
    dossier = Dossier(asked)
    newest = dossier.newest_offer
    return {
        "asked": asked,
        "dossier": dossier,
        "row": row_of(asked, timezone.localdate()),
        "can": can,
        "may_agree": Move.AGREE in can
        and get_setting("TWO_OFFICERS")
        and newest is not None
        and not newest.is_agreed
        and newest.offer.made_by != plain(request.user),
        "two_officers": get_setting("TWO_OFFICERS"),
        "header_title": asked.organisation,
        "place": "requests",
    }


@officers_only
@posted
def request_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks back, declines, takes up again, notes, or agrees; `move` says which."""
    asked = _found(pk)
    name = request.POST.get("move", "")
    try:
        if name == Move.AGREE:
            _agree(request, asked)
        elif name in _ACTS:
            act, done = _ACTS[name]
            act(asked, request.POST.get("text", ""), by=request.user)
            _told(request, asked, name, str(done))
        else:
            messages.error(request, _("Choose what to do."))
    except NotPossible as refused:
        refuse(request, refused)
    return _to(asked)


def _agree(request: HttpRequest, asked: PermissionRequest) -> None:
    number = request.POST.get("offer", "")
    shown = int(number) if number.isdecimal() and len(number) < 10 else 0
    offer = get_object_or_404(asked.offers, number=shown)
    decisions.agree(offer, by=request.user)
    _told(request, asked, Move.AGREE, _("You agreed: the partner can accept the offer now."))


@officers_only
@require_http_methods(["GET", "POST"])
def request_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Every term beside what was asked for; prefilled from the last offer, or from the wish."""
    asked = _found(pk)
    if Move.OFFER not in possible(asked.state, Role.OFFICER):
        messages.error(request, _("Nothing can be offered on this request now."))
        return _to(asked)
    newest = asked.offers.first()
    base = newest.terms if newest else propose(asked)
    form = TermsForm(request.POST if request.method == "POST" else None, base=base)
    if form.is_valid():
        try:
            decisions.offer(asked, form.terms(), by=request.user, note=form.cleaned_data["note"])
        except AlreadyDone as refused:
            refuse(request, refused)
            return _to(asked)
        except NotPossible as refused:
            form.add_error(None, str(refused))
        else:
            _told(request, asked, Move.OFFER, _after_offer())
            return _to(asked)
    context = {
        **_context(request, asked),
        "form": form,
        "header_title": _("Offer terms to %(organisation)s") % {"organisation": asked.organisation},
    }
    return render(request, TEMPLATES + "offer.html", context)


def _after_offer() -> str:
    if get_setting("TWO_OFFICERS"):
        return _("The offer waits for a second officer to agree.")
    return _("The offer is on its way. Nothing is granted until the partner accepts.")


def refuse(request: HttpRequest, refused: NotPossible) -> None:
    """A second click is told calmly, everything else as an error."""
    say = messages.info if isinstance(refused, AlreadyDone) else messages.error
    say(request, str(refused))


def _told(request: HttpRequest, asked: PermissionRequest, move: str, words: str) -> None:
    messages.success(request, words)
    log(asked, "patientinfo.request_decided", user=request.user, data={"move": str(move)})


def _to(asked: PermissionRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("patientinfo_request", args=[asked.pk]))
