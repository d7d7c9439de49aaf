"""Asking: the landing page, the form, its draft, and the link that proves the address."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from patientinfo.conf import get_setting
from patientinfo.licensing.actions import NotPossible
from patientinfo.licensing.asking import STORED_FROM_ONE_PLACE, ask_for_proof, place_of
from patientinfo.licensing.limits import TooMany
from patientinfo.licensing.models import Licence, LicenceState
from patientinfo.licensing.request_models import PermissionRequest
from patientinfo.licensing.requests import Incomplete, confirm_email, submit
from patientinfo.partners import confirmation, filing, words
from patientinfo.partners.accounts import is_partner
from patientinfo.partners.forms import AskForm, stamp
from patientinfo.partners.ownership import draft_of, licence_of
from patientinfo.partners.pages import here, show


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What can be asked, how it goes, and how long it takes."""
    context = {
        "here": "landing",
        "uses": list(words.USES.values()),
        "days": get_setting("REQUEST_TARGET_DAYS"),
        "query": request.GET.urlencode(),
    }
    return show(request, "landing.html", context, indexed=True)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """
    The form: new, or of a draft. Its buttons: send, save, and search (which only shows other
    leaflets). `?leaflet=`, `?locale=` and `?renews=` fill it in.
    """
    draft = draft_of(request, uid) if uid else None
    renews = draft.renews if draft else _renewed_by(request)
    action = request.POST.get("action", "send")
    email = _proved_email(request, draft)
    if request.method != "POST":
        form = AskForm(
            initial=_initial(request, draft, renews), locale=here(), draft=True, email=email
        )
        return _show_form(request, form, draft, renews)
    form = AskForm(request.POST, locale=here(), draft=action != "send", email=email)
    if action == "search" or not form.is_valid():
        return _show_form(request, form, draft, renews)
    try:
        STORED_FROM_ONE_PLACE.take(place_of(request))
        filed = filing.file_form(request, form, draft, renews)
        return _send(request, filed) if action == "send" else _keep(request, filed)
    except (TooMany, NotPossible) as refusal:
        form.add_error(None, str(refusal))
        return _show_form(request, form, draft, renews)


def _show_form(
    request: HttpRequest, form: AskForm, draft: PermissionRequest | None, renews: Licence | None
) -> HttpResponse:
    searching = request.POST.get("action") == "search"
    context = {
        "here": "ask",
        "form": form,
        "draft": draft,
        "renews": renews,
        "searching": searching,
        "stamp": _given_stamp(form),
        "uses": [(str(use), *words.USES[use]) for use in words.USES],
        "parts": [(part, *words.PARTS[part]) for part in words.PARTS],
        "errors": [] if searching else problems_of(form),
    }
    status = 200 if request.method != "POST" or searching else 422
    return show(request, "ask.html", context, status=status)


def problems_of(form: AskForm) -> list[tuple[str, str, str]]:
    """(field's id, its label, what is wrong) of each, in the order of the page."""
    found = [("", "", str(text)) for text in form.non_field_errors()]
    for name, field in form.fields.items():
        label = "" if name in {"stamp", "homepage"} else str(field.label)
        target = "" if name in {"stamp", "homepage"} else f"id_{name}"
        found += [(target, label, str(text)) for text in form.errors.get(name, ())]
    return found


def _given_stamp(form: AskForm) -> str:
    """The time at which this person began stays; what is too old or forged is replaced."""
    if form.is_bound and "stamp" not in form.errors:
        return str(form.data.get("stamp", "")) or stamp()
    return stamp()


def _proved_email(request: HttpRequest, draft: PermissionRequest | None) -> str:
    """The address that is not asked for again."""
    if draft is not None and draft.confirmed_at is not None:
        return draft.email
    return request.user.email if is_partner(request.user) else ""  # type: ignore[union-attr]


def _renewed_by(request: HttpRequest) -> Licence | None:
    number = request.GET.get("renews")
    if not number:
        return None
    if not is_partner(request.user):
        raise Http404("This licence is not there.")
    found = licence_of(request.user, number)
    return found if found.state == LicenceState.ACTIVE else None


def _initial(
    request: HttpRequest, draft: PermissionRequest | None, renews: Licence | None
) -> dict[str, Any]:
    if draft is not None:
        return filing.initial_of(draft)
    locales = [code for code, _name in settings.LANGUAGES]
    if renews is not None:
        return filing.initial_of_renewal(renews.terms, locales)
    wanted = {
        "leaflets": request.GET.getlist("leaflet")[:50],
        "locales": [code for code in request.GET.getlist("locale") if code in locales],
    }
    return {name: value for name, value in wanted.items() if value}


def _proved(request: HttpRequest, filed: PermissionRequest) -> PermissionRequest:
    """The address of the account that asks was confirmed when the account was made."""
    user = request.user
    if filed.confirmed_at is None and is_partner(user) and filed.email == user.email:  # type: ignore[union-attr]
        return confirm_email(filed, user=user)
    return filed


def _send(request: HttpRequest, filed: PermissionRequest) -> HttpResponse:
    """Handed in at once when the address is that of the account; otherwise the link goes out."""
    filed = _proved(request, filed)
    if filed.confirmed_at is not None:
        try:
            submit(filed, by=request.user)
        except Incomplete:
            return redirect("partners:draft", uid=filed.uid)
        messages.success(request, _("Your request has been sent. Thank you."))
        return redirect("partners:request", uid=filed.uid)
    ask_for_proof(filed, submits=True, place=place_of(request))
    return redirect("partners:sent", uid=filed.uid)


def _keep(request: HttpRequest, filed: PermissionRequest) -> HttpResponse:
    """A draft of an unproved address gets the link, so that it can be taken up anywhere."""
    filed = _proved(request, filed)
    if filed.email and filed.confirmed_at is None:
        try:
            ask_for_proof(filed, submits=False, place=place_of(request))
            messages.success(
                request,
                _(
                    "Saved. We sent you a link: with it you can go on with this draft later and "
                    "on another device."
                ),
            )
        except TooMany:
            messages.success(request, _("Saved. In this browser you can go on at any time."))
    else:
        messages.success(request, _("Saved. You can go on at any time."))
    return redirect("partners:draft", uid=filed.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Look into your mail; and the link once more for whom it did not reach."""
    draft = draft_of(request, uid)
    problem = ""
    if request.method == "POST":
        try:
            ask_for_proof(draft, submits=True, place=place_of(request))
            messages.success(request, _("We have sent the link again."))
            return redirect("partners:sent", uid=uid)
        except TooMany as refusal:
            problem = str(refusal)
    context = {"draft": draft, "days": confirmation.DAYS, "problem": problem}
    return show(request, "sent.html", context, status=429 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link. Opening it confirms nothing; its button does."""
    link = confirmation.read_token(token)
    if link is None or link.request.confirmed_at is not None:
        return show(request, "confirm_over.html", {"used": link is not None}, status=410)
    if request.method != "POST":
        return show(request, "confirm.html", {"asked": link.request, "submits": link.submits})
    try:
        confirmed = confirmation.confirm(link)
    except confirmation.AddressInUse:
        return show(request, "confirm_staff.html", status=409)
    except NotPossible:
        return show(request, "confirm_over.html", {"used": True}, status=410)
    if not request.user.is_authenticated and confirmed.user is not None:
        get_adapter(request).login(request, confirmed.user)
    if confirmed.submitted_at:
        messages.success(request, _("Your address is confirmed and your request is with us."))
        return redirect("partners:request", uid=confirmed.uid)
    messages.success(request, _("Your address is confirmed. You can go on with your draft."))
    return redirect("partners:draft", uid=confirmed.uid)
