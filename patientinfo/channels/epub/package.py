"""What an EPUB wants around its pages: the container, and the package with its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from lxml import etree
from lxml.builder import ElementMaker

from patientinfo.channels.parts.sheet import Sheet

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
XML = "http://www.w3.org/XML/1998/namespace"

CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""

#: What assistive technology may rely on (EPUB Accessibility 1.1, section 2).
_ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityHazard", "none"),
)

E = ElementMaker(namespace=OPF, nsmap={None: OPF, "dc": DC})
D = ElementMaker(namespace=DC, nsmap={None: OPF, "dc": DC})


def package_of(document: Mapping[str, Any], sheet: Sheet, pictures: Mapping[str, str]) -> bytes:
    """`pictures` are the media types of the image files by their names."""
    metadata = E.metadata(
        D.identifier(uuid5(UUID(document["key"]), document["locale"]).urn, id="id"),
        D.title(document["title"]),
        D.language(sheet.language.code),
        D.creator(document["rights"]["holder"]),
        D.publisher(document["rights"]["holder"]),
        D.rights(document["rights"]["statement"] or document["rights"]["credit"] or "©"),
        D.description(document["summary"]),
        *([D.source(sheet.url)] if sheet.url else []),
        _meta("dcterms:modified", sheet.issued_at or "2000-01-01T00:00:00Z"),
        *(_meta(f"schema:{name}", value) for name, value in _ACCESSIBILITY),
    )
    manifest = E.manifest(
        E.item(
            id="nav",
            href="contents.xhtml",
            properties="nav",
            **{"media-type": "application/xhtml+xml"},
        ),
        E.item(id="leaflet", href="leaflet.xhtml", **{"media-type": "application/xhtml+xml"}),
        E.item(id="style", href="leaflet.css", **{"media-type": "text/css"}),
        *(
            E.item(id=f"picture-{number}", href=name, **{"media-type": media_type})
            for number, (name, media_type) in enumerate(pictures.items())
        ),
    )
    spine = E.spine(E.itemref(idref="leaflet"), E.itemref(idref="nav", linear="no"))
    spine.set("page-progression-direction", sheet.language.direction)
    package = E.package(metadata, manifest, spine, version="3.0")
    package.set("unique-identifier", "id")
    package.set(f"{{{XML}}}lang", sheet.language.code)
    made: bytes = etree.tostring(package, xml_declaration=True, encoding="utf-8")
    return made


def _meta(name: str, value: str) -> Any:
    return E.meta(value, property=name)
