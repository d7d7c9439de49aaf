"""One leaflet in one form, for whoever works on it: `Download as …` in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from patientinfo.channels.base import NotRenderable
from patientinfo.channels.registry import UnknownChannel, channel, channels
from patientinfo.channels.renditions import order_of
from patientinfo.desk.downloads import attachment
from patientinfo.editions.models import CatalogueEntry
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.licensing.guard import EVERYTHING, Grant, Permitted, Use, decide, facts_of
from patientinfo.translation.rights import Act, may

TEMPLATE = "patientinfo/desk/forms.html"
#: The clinic itself, which may have all that is issued and stands.
CLINIC = Grant(number="", state="active", terms=None)


def may_download(user: Any, page: LeafletPage) -> bool:
    """Editors of the page and those who work on its language: they see its drafts as well."""
    if page.permissions_for_user(user).can_edit():
        return True
    return any(may(user, act, page.locale.language_code) for act in Act)


@require_GET
def forms(request: HttpRequest, page_id: int) -> HttpResponse:
    """The forms that the current Edition can be had in."""
    page, entry = _issued(request, page_id)
    title = _("Download “%(title)s” as …") % {"title": page.title}
    found = [
        (each, reverse("patientinfo_form", args=[page.pk, each.name]))
        for each in channels().values()
        if entry is not None and each.gives(entry.edition.data)
    ]
    return render(request, TEMPLATE, {"page": page, "header_title": title, "forms": found})


@require_GET
def form(request: HttpRequest, page_id: int, name: str) -> HttpResponse:
    """The whole of the current Edition in one form; what keeps it from being made is told."""
    page, entry = _issued(request, page_id)
    try:
        wanted = channel(name)
    except UnknownChannel as error:
        raise Http404(str(error)) from error
    if entry is None:
        raise Http404
    try:
        made = order_of(wanted, entry, EVERYTHING).rendition()
    except NotRenderable as problem:
        messages.error(request, f"{wanted.label}: {problem}")
        return HttpResponseRedirect(reverse("patientinfo_forms", args=[page.pk]))
    return attachment(HttpResponse(made.content, content_type=made.media_type), made.file_name)


def _issued(request: HttpRequest, page_id: int) -> tuple[LeafletPage, CatalogueEntry | None]:
    """The page, and its entry when its Edition may be given: none that is held or taken back."""
    page = LeafletPage.objects.filter(pk=page_id).select_related("locale").first()
    if page is None:
        raise Http404
    if not may_download(request.user, page):
        raise PermissionDenied(_("You may not work on this leaflet."))
    entries = CatalogueEntry.objects.of_leaflet(page.translation_key)
    entry = entries.in_locale(page.locale.language_code).select_related("edition").first()
    if entry is None:
        return page, None
    decision = decide(CLINIC, facts_of(entry.level, entry.status), Use.API)
    return page, entry if isinstance(decision, Permitted) else None
