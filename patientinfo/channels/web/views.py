"""Answers to people with a browser: one row, one look-up of links, one page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from patientinfo.channels.parts.cutting import outline_of, withheld_of
from patientinfo.channels.parts.links import linked_keys
from patientinfo.channels.parts.standing import PAUSED
from patientinfo.channels.parts.wording import language
from patientinfo.channels.shelf import draft_meta, link_paths, meta_of
from patientinfo.channels.web.cards import shelf_of
from patientinfo.channels.web.frame import Frame, LanguageLink, frame_of
from patientinfo.channels.web.head import Head, breadcrumbs, head_of, index_head
from patientinfo.channels.web.leaflet import LeafletView, leaflet_view, telling
from patientinfo.channels.web.menu import Download, downloads_of
from patientinfo.conf import permission_url, public_url
from patientinfo.editions.holding import listed_of
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.cutting import cut_document
from patientinfo.licensing.guard import Decision, Permitted, Use, decide, facts_of
from patientinfo.licensing.pictures import READER, picture_urls

#: Short, because a leaflet may be recalled; a reader who comes back asks again with the ETag.
CACHE_CONTROL = "public, max-age=60"
TEMPLATES = "patientinfo/channels/web/"


@require_safe
def serve_leaflet(request: HttpRequest, key: UUID, locale: str) -> HttpResponse:
    """
    The page of a leaflet's current Edition; two queries.

    404 when nothing was ever issued; 410, with the notice and without the words, when the leaflet
    is withdrawn or recalled. One that is held or redacted comes back: its entry with the reason.
    """
    entry = (
        CatalogueEntry.objects.select_related("edition").of_leaflet(key).in_locale(locale).first()
    )
    if entry is None:
        raise Http404("This leaflet has not been issued in this language.")
    decision = decided(entry)
    issued = listed_of(entry)
    cut = cut_document(issued, decision, timezone.localdate())
    document = cut.document or issued
    parts = decision.parts if isinstance(decision, Permitted) else frozenset[str]()
    asked = permission_url(document["key"], locale)
    meta = meta_of(entry)
    view = leaflet_view(
        document,
        meta,
        image_urls=partial(picture_urls, document, READER),
        links=link_paths(linked_keys(document), locale) if parts else {},
        parts=parts,
        permission_url=asked,
    )
    view = telling(view, document, withheld_of(issued, cut.withheld))
    stopped, held = view.standing.stopped, view.standing.status in PAUSED
    frame = frame_of(locale, view.languages, indexed=not stopped, crumb=view.title)
    described = document if cut.document else outline_of(document)
    head = head_of(described, meta, asked, _crumbs(frame, view))
    html = render_leaflet(view, frame, request, head=head, downloads=downloads_of(entry.html_path))
    response = answer(request, html, locale, status=410 if stopped and not held else 200)
    if head.link:
        response["Link"] = head.link
    return response


def _crumbs(frame: Frame, view: LeafletView) -> Mapping[str, Any]:
    home = (frame.site_name, public_url(frame.home_href))
    return breadcrumbs(home, (view.title, public_url(view.html_url)))


@require_safe
def preview_leaflet(request: HttpRequest, document: Mapping[str, Any]) -> HttpResponse:
    """An editor's draft as readers would see it; never cached, never indexed."""
    locale = document["locale"]
    view = leaflet_view(
        document,
        draft_meta(),
        image_urls=draft_urls,
        links=link_paths(linked_keys(document), locale),
        permission_url=permission_url(document["key"], locale),
    )
    frame = frame_of(locale, indexed=False)
    response = HttpResponse(render_leaflet(view, frame, request, preview=True))
    response["Cache-Control"] = "private, no-store"
    response["Content-Language"] = locale
    return response


@require_safe
def serve_index(request: HttpRequest, page_title: str, intro: str, locale: str) -> HttpResponse:
    """
    The leaflets of a language, searched (`?search=`) or of a topic (`?topic=`); `?page=` turns the
    pages. Four queries. A topic is the same in every language, words are not.
    """
    shelf = shelf_of(locale, request.GET)
    kept = f"?{urlencode({'topic': shelf.topic})}" if shelf.topic else ""
    codes = CatalogueEntry.objects.available().order_by().values_list("locale", flat=True)
    links = [
        LanguageLink(language(code, locale), "", "" if code == locale else path + kept)
        for code in {locale, *codes.distinct()}
        if (path := _path_in(request.path, locale, code))
    ]
    context = {
        "frame": frame_of(locale, links, indexed=not shelf.search, crumb=page_title),
        "head": index_head(request.path, links),
        "page_title": page_title,
        "intro": intro,
        "shelf": shelf,
    }
    with translation.override(locale):
        html = render_to_string(f"{TEMPLATES}index.html", context, request)
    return answer(request, html, locale)


def draft_urls(image: Mapping[str, Any]) -> dict[str, str]:
    """A draft's picture may not be in any Edition yet: it comes from the library, for editors."""
    address = reverse("patientinfo_draft_picture", args=[image["digest"].removeprefix("sha256:")])
    return {str(image["width"]): address}


def decided(entry: CatalogueEntry) -> Decision:
    """What anybody may read of an entry's Edition on our own pages."""
    return decide(None, facts_of(entry.level, entry.status), Use.READER)


def render_leaflet(
    view: LeafletView,
    frame: Frame,
    request: HttpRequest | None = None,
    *,
    head: Head | None = None,
    preview: bool = False,
    downloads: Sequence[Download] = (),
) -> str:
    """The whole page, its interface words in the leaflet's language, whoever asks."""
    context = {
        "leaflet": view,
        "frame": frame,
        "head": head or Head(),
        "preview": preview,
        "downloads": downloads,
    }
    with translation.override(view.language.code):
        return render_to_string(f"{TEMPLATES}leaflet.html", context, request)


def answer(
    request: HttpRequest, html: str, locale: str, status: int = 200, tag: str = ""
) -> HttpResponse:
    """
    A page that anybody may keep for a moment, or 304 when the browser has the same bytes.

    The ETag is taken from the bytes: whatever changes the page, the words, another leaflet's
    address, a template, changes it. `tag` is what else the answer says, in its headers.
    """
    content = html.encode()
    etag = f'"{hashlib.sha256(content + tag.encode()).hexdigest()[:32]}"'
    response = HttpResponse(content, status=status)
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    response["Content-Language"] = locale
    if status != 200:
        return response
    return get_conditional_response(request, etag=etag, response=response) or response


def _path_in(path: str, locale: str, code: str) -> str:
    """The same address in another language: pages keep their slugs in all of them."""
    return path.replace(f"/{locale}/", f"/{code}/", 1)
