"""The draft of a live leaflet: what it changes, and whether its translators have it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patientinfo.desk.diff import word_diff
from patientinfo.desk.matrix import languages_across, rows_of
from patientinfo.desk.matrix_views import languages_worked_on
from patientinfo.desk.publishing import significance_to_publish
from patientinfo.formats.inline import plain_text
from patientinfo.formats.segments import Segment
from patientinfo.leaflets.leaflet_page import SIGNIFICANCES, LeafletPage
from patientinfo.translation.pages import newest, released_draft, segments_of_page, source_language
from patientinfo.translation.releases import (
    NothingToRelease,
    release_draft,
    require_editor,
    take_back,
)

TEMPLATE = "patientinfo/desk/draft.html"


def has_draft(page: LeafletPage) -> bool:
    """Whether the page is a source whose readers have other words than its newest draft."""
    if not page.live or not page.has_unpublished_changes or page.alias_of_id:
        return False
    return not source_language(page)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the draft changes; POST `action` is `give` or `back`."""
    page = LeafletPage.objects.filter(pk=page_id).select_related("locale").first()
    if page is None or page.alias_of_id or source_language(page):
        raise Http404(_("This page is not the source of a leaflet."))
    require_editor(page, request.user)
    if request.method == "POST":
        _act(request, page)
        return HttpResponseRedirect(reverse("patientinfo_draft", args=[page.pk]))
    return render(request, TEMPLATE, _context(request, page))


def _context(request: HttpRequest, page: LeafletPage) -> dict[str, Any]:
    released = released_draft(page)
    drafted = has_draft(page)
    (row,) = rows_of([page])
    cells = zip(languages_across(), row.cells, strict=True)
    return {
        "page": page,
        "draft": row.draft,
        "header_title": _("Draft of “%(title)s” for its translators") % {"title": page.title},
        "direction": "rtl" if page.locale.is_bidi else "ltr",
        "drafted": drafted,
        "released": released,
        "newer": released is not None and not released.revision.is_latest_revision(),
        "changes": changes(page) if drafted else [],
        "matters": _matters(page) if drafted else None,
        "cells": [pair for pair in cells if pair[1].page_id and not pair[1].is_source],
        "mine": languages_worked_on(request.user),
        "may_publish": page.permissions_for_user(request.user).can_publish(),
    }


def _matters(page: LeafletPage) -> tuple[Any, Any]:
    """The choice of how much the change matters: what it is called, and what was chosen."""
    field = LeafletPage._meta.get_field("significance")
    return field.verbose_name, dict(SIGNIFICANCES)[significance_to_publish(page)]


def _act(request: HttpRequest, page: LeafletPage) -> None:
    try:
        if request.POST.get("action") == "give":
            release_draft(page, request.user)
            messages.success(request, _("Its translators have this draft now."))
        elif request.POST.get("action") == "back":
            take_back(page, request.user)
            messages.success(request, _("Its translators have again what readers have."))
        else:
            messages.error(request, _("Choose what to do."))
    except NothingToRelease as error:
        messages.error(request, str(error))


def changes(page: LeafletPage) -> list[SafeString]:
    """What the newest draft says otherwise, segment by segment in its order; what it drops last."""
    before, after = segments_of_page(page), segments_of_page(newest(page))
    found = [
        word_diff(_plain(before.get(path)), plain_text(segment.text))
        for path, segment in after.items()
        if path not in before or before[path].hash != segment.hash
    ]
    return found + [
        word_diff(_plain(gone), "") for path, gone in before.items() if path not in after
    ]


def _plain(segment: Segment | None) -> str:
    return plain_text(segment.text) if segment else ""
