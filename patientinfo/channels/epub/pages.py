"""The leaflet's story as XHTML: lxml makes the elements, so nothing has to be escaped by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from patientinfo.channels.parts.markup import XML, Element, Markup
from patientinfo.channels.parts.sheet import Sheet

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
#: A section's id as XML takes it: it may begin with a digit, an XML id may not.
ANCHOR = "s-"
#: Image id -> the name of its file in the book.
Files = Mapping[str, str]

E = ElementMaker(namespace=XHTML, nsmap={None: XHTML, "epub": OPS})


def leaflet_page(document: Mapping[str, Any], sheet: Sheet, files: Files) -> bytes:
    """The whole leaflet on one page, sections and call-outs marked for assistive technology."""
    markup = Markup(E, lambda image: files[image["id"]], ANCHOR, xml=True)
    body = E.body(*_notice(sheet), *markup.sections(document, sheet))
    return _page(document["title"], sheet, body)


def contents_page(document: Mapping[str, Any], sheet: Sheet) -> bytes:
    """The navigation document: the sections by their headings."""
    items = [
        E.li(E.a(section["heading"], href=f"leaflet.xhtml#{anchor_of(section['id'])}"))
        for section in document["sections"]
    ]
    nav = E.nav(E.h1(sheet.word("contents")), E.ol(*items), id="toc", role="doc-toc")
    nav.set(f"{{{OPS}}}type", "toc")
    return _page(document["title"], sheet, E.body(nav))


def anchor_of(section_id: str) -> str:
    """Where a section is in the book."""
    return f"{ANCHOR}{section_id}"


def _page(title: str, sheet: Sheet, body: Element) -> bytes:
    code, direction = sheet.language.code, sheet.language.direction
    html = E.html(
        E.head(E.title(title), E.link(rel="stylesheet", type="text/css", href="leaflet.css")),
        body,
        lang=code,
        dir=direction,
    )
    html.set(f"{{{XML}}}lang", code)
    made: bytes = etree.tostring(
        html, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>"
    )
    return made


def _notice(sheet: Sheet) -> Iterator[Element]:
    """What stands in the header and the footer of paper."""
    if sheet.site_name:
        yield E.p(sheet.site_name, {"class": "clinic"})
