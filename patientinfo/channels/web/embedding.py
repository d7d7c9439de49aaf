"""
A leaflet for a frame in another page: the same words with their record, and nothing that acts.

Below a leaflet, `embed/` is for the clinic's own websites and holds what the leaflet's page holds;
`embed/<number>/` is for the partner that has the licence of that number, and is cut down to what
the licence gives a website. Browsers are told who may frame it (Content-Security-Policy,
`frame-ancestors`): there the websites of `EMBED_ORIGINS`, here those of the partner, or nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from patientinfo.channels.parts.cutting import withheld_of
from patientinfo.channels.parts.links import linked_keys
from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.parts.standing import PAUSED
from patientinfo.channels.shelf import link_paths, meta_of
from patientinfo.channels.web.frame import frame_of
from patientinfo.channels.web.head import Head
from patientinfo.channels.web.leaflet import leaflet_view, telling
from patientinfo.channels.web.views import CACHE_CONTROL, TEMPLATES, answer, decided
from patientinfo.conf import get_setting, permission_url, wrong_origins
from patientinfo.editions.holding import listed_of
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing import pictures, usage
from patientinfo.licensing.cutting import cut_document
from patientinfo.licensing.framing import Framing, framing_of
from patientinfo.licensing.guard import Decision, Facts, Permitted, facts_of
from patientinfo.throttling.doors import throttled

#: Nothing runs in it, and nothing is fetched from elsewhere.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
#: A licence can end between two readings, so its frame is asked for each time.
LICENSED_CACHE_CONTROL = "private, no-cache"
#: Links that leave the page: in a frame they would open inside it, where our pages refuse to be.
_OUTER_LINK = re.compile(r'<a (?=[^>]*href="[^#])')


@dataclass(frozen=True, slots=True)
class Framed:
    """What a frame holds, on whose pages it may stand, and for whom its pictures are addressed."""

    decision: Decision
    origins: tuple[str, ...]
    pictures: str = pictures.READER
    licence: LicenceLine | None = None
    cache_control: str = CACHE_CONTROL

    @property
    def parts(self) -> frozenset[str]:
        return self.decision.parts if isinstance(self.decision, Permitted) else frozenset()


@throttled
@require_safe
def serve_embed(request: HttpRequest, key: UUID, locale: str, number: str = "") -> HttpResponse:
    """
    A leaflet in its form for frames; of a licence's by its number, five queries at the most.

    404 where the leaflet or the licence is not there; 410 for a leaflet that was taken back, with
    the notice; 403 where the licence does not give it to a website, without a word. A licence that
    was renewed leads to the one that took its place.
    """
    entry = (
        CatalogueEntry.objects.select_related("edition").of_leaflet(key).in_locale(locale).first()
    )
    if entry is None:
        raise Http404("This leaflet has not been issued in this language.")
    if not number:
        return _answer(request, entry, Framed(decided(entry), _own_origins()))
    framing = framing_of(number, _facts(entry), timezone.now())
    if framing is None:
        raise Http404("No permission has this number.")
    if framing.renewed_as:
        return HttpResponseRedirect(f"../{framing.renewed_as}/")
    response = _answer(request, entry, _of_licence(framing))
    if framing.covered and isinstance(framing.decision, Permitted):
        _count(entry, framing)
    return response


def _facts(entry: CatalogueEntry) -> Facts:
    return facts_of(
        entry.level, entry.status, key=str(entry.key), locale=entry.locale, number=entry.number
    )


def _own_origins() -> tuple[str, ...]:
    """The clinic's own websites."""
    named = tuple(get_setting("EMBED_ORIGINS"))
    if wrong := wrong_origins(named):
        raise ImproperlyConfigured(f"EMBED_ORIGINS: {wrong[0]!r} is no origin of a page")
    return named


def _of_licence(framing: Framing) -> Framed:
    number = framing.licence.number
    licensed = isinstance(framing.decision, Permitted) and framing.decision.licensed
    return Framed(
        framing.decision,
        framing.origins,
        number if licensed else pictures.PUBLIC,
        LicenceLine(number, framing.credit) if framing.covered else None,
        LICENSED_CACHE_CONTROL,
    )


def _answer(request: HttpRequest, entry: CatalogueEntry, framed: Framed) -> HttpResponse:
    html = _OUTER_LINK.sub('<a target="_blank" ', _page(request, entry, framed))
    around = " ".join(framed.origins) or "'none'"
    response = answer(request, html, entry.locale, status=_status(entry, framed), tag=around)
    response["Cache-Control"] = framed.cache_control
    response["Content-Security-Policy"] = f"{POLICY}; frame-ancestors {around}"
    response["X-Robots-Tag"] = "noindex"
    # The older header knows no list of origins, and browsers that know the newer one ignore it.
    response.xframe_options_exempt = bool(framed.origins)
    return response


def _status(entry: CatalogueEntry, framed: Framed) -> int:
    if not entry.html_path or entry.status in {"withdrawn", "recalled"}:
        return 410
    of_licence = framed.cache_control == LICENSED_CACHE_CONTROL
    return 403 if of_licence and entry.status not in PAUSED and not framed.parts else 200


def _page(request: HttpRequest, entry: CatalogueEntry, framed: Framed) -> str:
    issued = listed_of(entry)
    cut = cut_document(issued, framed.decision, timezone.localdate())
    document = cut.document or issued
    view = leaflet_view(
        document,
        meta_of(entry),
        image_urls=partial(pictures.picture_urls, document, framed.pictures),
        links=link_paths(linked_keys(document), entry.locale) if framed.parts else {},
        parts=framed.parts,
        permission_url=permission_url(document["key"], entry.locale),
    )
    if view.text_shown:
        view = telling(view, document, withheld_of(issued, cut.withheld))
    context = {
        "leaflet": view,
        "frame": frame_of(entry.locale, indexed=False),
        "head": Head(),
        "outlined": not view.standing.stopped or view.standing.status in PAUSED,
        "licence": framed.licence,
    }
    with translation.override(entry.locale):
        return render_to_string(f"{TEMPLATES}embed.html", context, request)


def _count(entry: CatalogueEntry, framing: Framing) -> None:
    day = timezone.now().date()
    read = (framing.licence.pk, day, entry.key, entry.locale, entry.number, usage.FRAME)
    usage.METER.count(usage.Read(*read))
