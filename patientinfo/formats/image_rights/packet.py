"""
The XMP packet (ISO 16684-1): which field says what.

IPTC Photo Metadata Standard 2023.2 and PLUS 2.0. `xmpRights:WebStatement` and `plus:LicensorURL`
are the two that image searches show beside a picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}
#: Fixed by the standard: by it a scanner finds the packet in a file it does not know.
_ID = "W5M0MpCehiHzreSzNTczkc9d"
#: What XML 1.0 cannot hold, escaped or not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ImageRights:
    """
    What a file says of its rights. Empty members are left out.

    `notice`: the copyright notice. `credit`: the line that must stand beside the picture.
    `statement_url`: a page that says what may be done. `licensor`, `licensor_url`: who gives
    permission, and where it is asked for. `terms`: the conditions in words. `alt`: the picture in
    words, for those who do not see it.
    """

    notice: str
    credit: str = ""
    statement_url: str = ""
    licensor: str = ""
    licensor_url: str = ""
    terms: str = ""
    alt: str = ""

    def __post_init__(self) -> None:
        """Whatever a form let through, a file can hold it."""
        for name in self.__slots__:
            object.__setattr__(self, name, _FORBIDDEN.sub("", getattr(self, name)).strip())


def xmp_packet(rights: ImageRights) -> bytes:
    """The packet as UTF-8."""
    simple = {
        "xmpRights:Marked": "True",
        "xmpRights:WebStatement": rights.statement_url,
        "photoshop:Credit": rights.credit,
    }
    in_languages = {
        "dc:rights": rights.notice,
        "xmpRights:UsageTerms": rights.terms,
        "Iptc4xmpCore:AltTextAccessibility": rights.alt,
    }
    fields = [
        *(f"<{name}>{escape(value)}</{name}>" for name, value in simple.items() if value),
        *(_alternatives(name, value) for name, value in in_languages.items() if value),
        _licensor(rights),
    ]
    spaces = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in NAMESPACES.items())
    text = (
        f'<?xpacket begin="\ufeff" id="{_ID}"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {spaces}><rdf:Description rdf:about="">'
        f"{''.join(fields)}"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )
    return text.encode()


def _alternatives(name: str, value: str) -> str:
    """A text in its languages, of which a file carries the one that holds for all."""
    return (
        f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></{name}>'
    )


def _licensor(rights: ImageRights) -> str:
    members = {"plus:LicensorName": rights.licensor, "plus:LicensorURL": rights.licensor_url}
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in members.items() if value)
    if not inner:
        return ""
    return (
        f'<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">{inner}</rdf:li></rdf:Seq>'
        "</plus:Licensor>"
    )
