"""Where a leaflet was that has no page any more: its reader is told what became of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from patientinfo.channels.web.embedding import serve_embed
from patientinfo.channels.web.views import serve_leaflet
from patientinfo.editions.models import CatalogueEntry, Status


def serve_gone(request: HttpRequest) -> HttpResponse | None:
    """
    410 for the address of a leaflet that was taken back and has no page any more, and for that of
    its frames, which stand on pages of others; None when there never was one.
    """
    if request.method not in {"GET", "HEAD"} or "\x00" in request.path:
        return None
    gone = CatalogueEntry.objects.filter(status__in=[Status.WITHDRAWN, Status.RECALLED])
    newest_first = gone.order_by("-updated_at")
    entry = newest_first.filter(html_path=request.path).first()
    if entry:
        return serve_leaflet(request, entry.key, entry.locale)
    page, frame, number = request.path.rpartition("/embed/")
    entry = newest_first.filter(html_path=f"{page}/").first() if frame else None
    if entry is None or "/" in number.removesuffix("/"):
        return None
    try:
        return serve_embed(request, entry.key, entry.locale, number.removesuffix("/"))
    except Http404:  # no permission has this number
        return None
