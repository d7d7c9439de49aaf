"""A leaflet as a file for its reader's own use: what the links of the menu answer."""

from __future__ import annotations

import logging
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from patientinfo.channels.base import Channel, NotRenderable
from patientinfo.channels.registry import UnknownChannel, channel
from patientinfo.channels.renditions import order_of
from patientinfo.channels.web.frame import frame_of
from patientinfo.channels.web.menu import downloads_of
from patientinfo.channels.web.views import CACHE_CONTROL, TEMPLATES, decided, serve_leaflet
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.guard import Refused
from patientinfo.throttling.doors import throttled

logger = logging.getLogger(__name__)


@throttled
@require_safe
def serve_download(request: HttpRequest, key: UUID, locale: str, name: str) -> HttpResponse:
    """
    A leaflet as a file. What may not be read on its page is not given here either: then the page
    itself answers, which says why. 404 for a channel that the menu does not have.
    """
    entry = (
        CatalogueEntry.objects.select_related("edition").of_leaflet(key).in_locale(locale).first()
    )
    wanted = _offered(name)
    if entry is None:
        raise Http404("This leaflet has not been issued in this language.")
    decision = decided(entry)
    if isinstance(decision, Refused) or not wanted.needs <= decision.parts:
        # The page is said whole: a browser may have it of another address, or of this one before.
        request.META.pop("HTTP_IF_NONE_MATCH", None)
        page = serve_leaflet(request, key, locale)
        page.status_code = 403 if page.status_code == 200 else page.status_code
        return page
    order = order_of(wanted, entry, decision)
    headers = {
        "ETag": f'"{order.etag[:32]}"',
        "Cache-Control": CACHE_CONTROL,
        "Content-Language": locale,
        # A file of the reader's own; search engines have the page.
        "X-Robots-Tag": "noindex",
    }
    unchanged = get_conditional_response(request, etag=headers["ETag"])
    if unchanged is not None and unchanged.status_code == 304:
        for header, value in headers.items():
            unchanged[header] = value
        return unchanged
    try:
        made = order.rendition()
    except NotRenderable as problem:
        logger.error("%s of %s cannot be made: %s", wanted.name, entry, problem)  # noqa: TRY400 - said
        return _cannot_be_made(request, entry, wanted)
    headers["Content-Disposition"] = str(
        content_disposition_header(not wanted.shown_by_browsers, made.file_name)
    )
    return HttpResponse(made.content, content_type=made.media_type, headers=headers)


def _offered(name: str) -> Channel:
    try:
        wanted = channel(name)
    except UnknownChannel as error:
        raise Http404(str(error)) from error
    if not wanted.for_readers:
        raise Http404(f"{name} is no download")
    return wanted


def _cannot_be_made(request: HttpRequest, entry: CatalogueEntry, wanted: Channel) -> HttpResponse:
    """The reader is told to take another form; what is wrong stands in the log."""
    context = {
        "frame": frame_of(entry.locale, indexed=False),
        "title": entry.title,
        "href": entry.html_path,
        "label": wanted.label,
        "downloads": [d for d in downloads_of(entry.html_path) if d.name != wanted.name],
    }
    with translation.override(entry.locale):
        html = render_to_string(f"{TEMPLATES}not_made.html", context, request)
    return HttpResponse(html, status=500, headers={"Cache-Control": "no-store"})
