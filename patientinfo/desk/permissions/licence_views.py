"""The licences, one licence, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.log_actions import log

from patientinfo.desk.permissions import licences, words
from patientinfo.desk.permissions.access import officers_only
from patientinfo.desk.permissions.request_views import PER_PAGE, TEMPLATES, refuse
from patientinfo.desk.permissions.terms_form import TermsForm
from patientinfo.desk.posted import posted
from patientinfo.desk.search import searched
from patientinfo.editions.models import Status
from patientinfo.licensing.actions import (
    MOVES,
    NotPossible,
    amend_licence,
    amendable,
    resume_licence,
    revoke_licence,
    suspend_licence,
)
from patientinfo.licensing.guard import Kind
from patientinfo.licensing.models import AccessKey, Licence, LicenceState
from patientinfo.licensing.usage_reports import Holding, holdings, with_use

#: What can be done to a licence → the act, the state that it leads to, and what is said after it.
_ACTS: dict[str, tuple[Any, LicenceState, Any]] = {
    "suspend": (
        suspend_licence,
        LicenceState.SUSPENDED,
        gettext_lazy("The licence is suspended: nothing can be read under it."),
    ),
    "resume": (resume_licence, LicenceState.ACTIVE, gettext_lazy("The licence is active again.")),
    "revoke": (revoke_licence, LicenceState.REVOKED, gettext_lazy("The licence is revoked.")),
}
_KINDS = {
    Kind.LICENCE: gettext_lazy("Server"),
    Kind.BROWSER: gettext_lazy("Browser"),
    Kind.CHANNEL: gettext_lazy("Own channel"),
}


@officers_only
@require_GET
def licences_list(request: HttpRequest) -> HttpResponse:
    """`?show=`, `?q=`, `?p=`: licences, or the editions that are held under them."""
    show = request.GET.get("show", "")
    search = searched(request)
    held_view = next((one for one in (licences.OLD, licences.HELD) if one.name == show), None)
    view = held_view or licences.chosen(show)
    found: Any = (
        licences.load_holdings(held_view, search)
        if held_view
        else licences.load_licences(licences.chosen(show), search)
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_obj": page,
        "rows": [_held(held) for held in page] if held_view else _rows(list(page)),
        "views": licences.tabs(),
        "chosen": view,
        "search": search,
        "header_title": _("Licences"),
        "place": "licences",
    }
    return render(request, TEMPLATES + ("holdings" if held_view else "licences") + ".html", context)


def _rows(page: list[Licence]) -> list[dict[str, Any]]:
    now = timezone.now()
    since = now.date() - timedelta(days=licences.LOOKED_BACK)
    shown = Licence.objects.filter(pk__in=[found.pk for found in page]).order_by()
    reads = dict(with_use(shown, since=since).values_list("pk", "reads"))
    return [
        {
            "licence": found,
            "state": found.state_at(now),
            "last_day": licences.last_day(found),
            "reads": reads[found.pk],
        }
        for found in page
    ]


def _held(held: Holding) -> dict[str, Any]:
    """A holding in words; how the leaflet stands is said where nobody may go on using it."""
    stopped = held.status in {Status.HELD, Status.WITHDRAWN, Status.RECALLED, Status.REDACTED}
    return {
        "held": held,
        "title": held.title or held.key,
        "language": words.language_name(held.locale),
        "status": Status(held.status).label if stopped else "",
    }


@dataclass(frozen=True, slots=True)
class Key:
    """What officers see of a key: never the key, nor the part of it by which it is found."""

    label: str
    kind: Any
    origins: list[str]
    created_at: Any
    last_used_on: Any
    ends_at: Any
    is_usable: bool


def _key(key: AccessKey, at: Any) -> Key:
    return Key(
        label=key.label,
        kind=_KINDS[Kind(key.kind)],
        origins=key.origins,
        created_at=key.created_at,
        last_used_on=key.last_used_on,
        ends_at=key.revoked_at or key.expires_at,
        is_usable=key.usable_at(at),
    )


def _found(number: str) -> Licence:
    found: Licence = get_object_or_404(Licence.objects.select_related("licensee"), number=number)
    return found


@officers_only
@require_GET
def licence_detail(request: HttpRequest, number: str) -> HttpResponse:
    """Terms in force and before, what was done, keys by their names, and what was read."""
    licence = _found(number)
    now = timezone.now()
    terms = licence.terms
    members = list(licence.licensee.members.values_list("pk", flat=True))
    context = {
        "licence": licence,
        "state": licence.state_at(now),
        "terms": terms,
        "lines": words.lines(terms),
        "earlier": [
            {"version": version, "lines": words.lines(version.terms)}
            for version in licence.versions.all()[1:]
        ],
        "events": [
            {
                "event": event,
                "who": words.person(event.by, licence.licensee.name, members),
                "what": words.act_name(event.act),
            }
            for event in licence.events.order_by("-at", "-pk")
        ],
        "keys": [_key(key, now) for key in licence.keys.all()],
        "usage": licences.usage(licence),
        "holdings": [_held(held) for held in holdings(Licence.objects.filter(pk=licence.pk))],
        "can": {name for name, act in _ACTS.items() if act[1] in MOVES[licence.state]},
        "can_amend": amendable(licence, now),
        "asked": getattr(licence, "request", None),
        "renewed_as": getattr(licence, "renewed_as", None),
        "proof_url": _address("patientinfo_proof", licence.number),
        "letter_url": _address("patientinfo_letter", licence.number),
        "header_title": licence.number,
        "place": "licences",
    }
    return render(request, TEMPLATES + "licence.html", context)


def _address(name: str, number: str) -> str:
    """A page of another stage, empty where the site does not mount it."""
    try:
        return reverse(name, args=[number])
    except NoReverseMatch:
        return ""


@officers_only
@posted
def licence_act(request: HttpRequest, number: str) -> HttpResponse:
    """Suspends, resumes or revokes; `act` says which, `reason` why."""
    licence = _found(number)
    name = request.POST.get("act", "")
    if name not in _ACTS:
        messages.error(request, _("Choose what to do."))
        return _to(licence)
    act, _state, done = _ACTS[name]
    try:
        act(licence, by=request.user, reason=request.POST.get("reason", "")[:5000])
    except NotPossible as refused:
        refuse(request, refused)
    else:
        _told(request, licence, name, str(done))
    return _to(licence)


@officers_only
@require_http_methods(["GET", "POST"])
def licence_amend(request: HttpRequest, number: str) -> HttpResponse:
    """Narrower terms under the same number; the old ones stay readable."""
    licence = _found(number)
    if not amendable(licence, timezone.now()):
        messages.error(request, _("This licence has ended; grant a new one."))
        return _to(licence)
    data = request.POST if request.method == "POST" else None
    form = TermsForm(data, base=licence.terms, amends=True)
    if form.is_valid():
        try:
            reason = form.cleaned_data["note"]
            amend_licence(licence, form.terms(), by=request.user, reason=reason)
        except NotPossible as refused:
            form.add_error(None, str(refused))
        else:
            _told(request, licence, "amend", _("The licence has new terms."))
            return _to(licence)
    context = {
        "form": form,
        "licence": licence,
        "header_title": _("Amend %(number)s") % {"number": licence.number},
        "place": "licences",
    }
    return render(request, TEMPLATES + "amend.html", context)


def _told(request: HttpRequest, licence: Licence, act: str, said: str) -> None:
    messages.success(request, said)
    log(licence, "patientinfo.licence_changed", user=request.user, data={"act": act})


def _to(licence: Licence) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("patientinfo_licence", args=[licence.number]))
