"""
The player of a waiting-room screen: a page that shows a leaflet's slides, and its slides.

It is one of the clinic's own reader pages, so what may be read there may be shown here; another
clinic's screens fetch the channel `screen` from the API, with a key for that use.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from patientinfo.channels.base import NotRenderable
from patientinfo.channels.registry import UnknownChannel, channel
from patientinfo.channels.renditions import order_of
from patientinfo.channels.web.downloads import logger
from patientinfo.channels.web.frame import frame_of
from patientinfo.channels.web.views import CACHE_CONTROL, TEMPLATES, answer, decided
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.guard import TEXT, Permitted
from patientinfo.throttling.doors import throttled

SLIDES = "slides"


@throttled
@require_safe
def serve_screen(request: HttpRequest, key: UUID, locale: str, name: str = "") -> HttpResponse:
    """`…/screen/` is the player, `…/screen/slides/` what it plays."""
    entries = CatalogueEntry.objects.select_related("edition").of_leaflet(key)
    entry = entries.in_locale(locale).first()
    if entry is None or name not in {"", SLIDES}:
        raise Http404("No screen is at this address.")
    return _slides(request, entry) if name else _player(request, entry)


def _player(request: HttpRequest, entry: CatalogueEntry) -> HttpResponse:
    """The same page for every leaflet of a language, whatever may be shown: it holds no words."""
    frame = frame_of(entry.locale, indexed=False)
    context = {
        "frame": frame,
        "title": entry.title,
        "href": entry.html_path,
        "slides": f"{entry.html_path}screen/{SLIDES}/",
    }
    with translation.override(entry.locale):
        html = render_to_string(f"{TEMPLATES}screen.html", context, request)
    return answer(request, html, entry.locale)


def _slides(request: HttpRequest, entry: CatalogueEntry) -> HttpResponse:
    """
    403 and 410 without a word: the player takes its slides off the screen then. It goes on after an
    answer of ours that failed, as after none.
    """
    headers = {
        "Cache-Control": CACHE_CONTROL,
        "Content-Language": entry.locale,
        "X-Robots-Tag": "noindex",
    }
    decision = decided(entry)
    if not isinstance(decision, Permitted) or TEXT not in decision.parts:
        gone = entry.status in {"withdrawn", "recalled", "held", "redacted"}
        return HttpResponse(status=410 if gone else 403, headers={"Cache-Control": "no-store"})
    try:
        order = order_of(channel("screen"), entry, decision)
        etag = f'"{order.etag[:32]}"'
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None and unchanged.status_code == 304:
            for header, value in {**headers, "ETag": etag}.items():
                unchanged[header] = value
            return unchanged
        made = order.rendition()
    except UnknownChannel as error:
        raise Http404(str(error)) from error
    except NotRenderable as problem:
        logger.error("screen of %s cannot be made: %s", entry, problem)
        return HttpResponse(status=500, headers={"Cache-Control": "no-store"})
    response = HttpResponse(made.content, content_type="application/json", headers=headers)
    response["ETag"] = etag
    return response
