"""
A leaflet as HTML for somebody else's website: a piece for a page of theirs, or a page by itself.

Pictures are in it as data, so a partner's patients fetch nothing from us and we learn nothing of
them. The headings of a piece begin at the second level, because the page around it has a title of
its own; it has no styles, which are that page's. A page has a few, and a head for search engines.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from lxml import etree
from lxml.builder import ElementMaker

from patientinfo.channels.base import Channel, Context, Document
from patientinfo.channels.parts.markup import Markup, style_of_markup
from patientinfo.channels.parts.schema_org import page_of, script_json, whereabouts_of
from patientinfo.channels.parts.sheet import Sheet
from patientinfo.licensing.terms import Use

E = ElementMaker()
PICTURE_WIDTH = 800
_PAGE_STYLE = """
body { margin: 0; font-family: system-ui, sans-serif; }
main { max-width: 44em; margin: 0 auto; padding: 1em; }
"""
#: Before every id, so that none of them is one of the page around.
PREFIX = "leaflet-"


class FragmentChannel(Channel):
    """A leaflet that a partner puts into a page of its website or portal."""

    name = "fragment"
    label = _("HTML for a page of your own")
    media_type = "text/html; charset=utf-8"
    extension = "html"
    uses = frozenset({Use.WEBSITE, Use.PORTAL})
    version = "4"
    negotiated = False

    def render(self, document: Document, context: Context) -> bytes:
        sheet = context.sheet
        article = E.article(
            *_parts(document, context, lower=1),
            {"class": "leaflet", "id": f"{PREFIX}{document['key']}"},
            lang=sheet.language.code,
            dir=sheet.language.direction,
        )
        return _written(article) + b"\n"


class HtmlChannel(FragmentChannel):
    """The same as a page that needs nothing beside it."""

    name = "html"
    label = _("Web page (HTML)")
    extension = "page.html"
    uses = frozenset({Use.WEBSITE, Use.PORTAL, Use.TRAINING, Use.EMAIL})
    version = "3"

    def render(self, document: Document, context: Context) -> bytes:
        language = context.sheet.language
        page = E.html(
            E.head(*_head(document, context.sheet)),
            E.body(E.main(*_parts(document, context))),
            lang=language.code,
            dir=language.direction,
        )
        return b"<!DOCTYPE html>\n" + _written(page) + b"\n"


def _written(element: Any) -> bytes:
    made: bytes = etree.tostring(element, method="html", encoding="utf-8")
    return made


def _parts(document: Document, context: Context, lower: int = 0) -> Iterator[Any]:
    """The title with what stands below it, the sections, the credit line."""
    markup = Markup(E, lambda image: _data(image, context), PREFIX, lower=lower)
    opening, *sections = markup.sections(document, context.sheet)
    opening.tag = "header"
    yield opening
    yield from sections
    yield E.p(_credit(document, context))


def _head(document: Document, sheet: Sheet) -> Iterator[Any]:
    described = page_of(document, whereabouts_of(sheet))
    yield E.meta(charset="utf-8")
    yield E.meta(name="viewport", content="width=device-width, initial-scale=1")
    yield E.meta(name="color-scheme", content="light dark")
    yield E.title(document["title"])
    yield E.meta(name="description", content=document["summary"])
    if sheet.url:
        yield E.link(rel="canonical", href=sheet.url)
    for other in sheet.others:
        if other.url:
            yield E.link(rel="alternate", hreflang=other.locale, href=other.url)
    if terms := described.get("license"):
        yield E.link(rel="license", href=terms)
    yield E.style(f"{style_of_markup().decode()}{_PAGE_STYLE}")
    yield E.script(script_json(described), type="application/ld+json")


def _credit(document: Document, context: Context) -> Any:
    """The credit line as a link to the leaflet, where its current edition always is."""
    sheet = context.sheet
    credit = (sheet.licence.credit if sheet.licence else "") or document["rights"]["credit"]
    text = credit or document["rights"]["holder"]
    return E.a(text, href=sheet.url) if sheet.url else E.span(text)


def _data(image: Mapping[str, Any], context: Context) -> str:
    """A picture as an address that holds it (RFC 2397); empty when a draft has none yet."""
    content = context.picture(image, PICTURE_WIDTH)
    if content is None:
        return ""
    return f"data:{image['mime']};base64,{base64.b64encode(content).decode()}"
