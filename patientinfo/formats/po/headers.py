"""
The header of a leaflet's PO file, and the Babel catalog that carries it.

Besides gettext's own fields the header names the leaflet and the source Edition in `X-` fields,
which every PO editor keeps. `Language` is spelt gettext's way, `pt_BR` for `pt-BR`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from babel.messages.catalog import Catalog

from patientinfo.formats.exchange import DIGEST, LOCALE, Fault, is_moment, is_uuid
from patientinfo.formats.po.lines import Entry

LANGUAGE = "Language"
CONTENT_TYPE = "Content-Type"
KEY = "X-Leaflet-Key"
TITLE = "X-Leaflet-Title"
SOURCE_LOCALE = "X-Source-Locale"
SOURCE_EDITION = "X-Source-Edition"
SOURCE_DIGEST = "X-Source-Digest"
SOURCE_ISSUED_AT = "X-Source-Issued-At"

#: How many figures an Edition's number may have; a longer one is a mistake.
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_CHARSET = re.compile(r"\bcharset\s*=\s*\"?utf-?8\"?\s*(;|$)", re.IGNORECASE)
_PART = re.compile(r"[^\n]*\n|[^\n]+")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]*):(.*)")

#: Field name (lower case) -> line and value.
Header = dict[str, Fault]


class LeafletCatalog(Catalog):
    """
    A Babel catalog whose header has fields of ours.

    Babel writes only the fields it knows and forgets the others when it reads. Here `fields` are
    written besides Babel's own, and after reading they are what the file had: Babel's setter would
    stop at a date it cannot read, and dates of a file mean nothing to us.
    """

    fields: list[tuple[str, str]]

    def _header_fields(self) -> list[tuple[str, str]]:
        own = [field for field in self._get_mime_headers() if field[0] != "Report-Msgid-Bugs-To"]
        # The last of Babel's carries the line feed that ends the header.
        return [*own[:-1], *self.fields, own[-1]]

    def _take_header_fields(self, fields: Iterable[tuple[str, str]]) -> None:
        self.fields = list(fields)

    mime_headers = property(_header_fields, _take_header_fields)

    def _comment(self) -> str | None:
        return self._header_comment

    def _take_comment(self, comment: str) -> None:
        self._header_comment = comment

    #: Babel's own puts names and years where words like PROJECT and YEAR stand.
    header_comment = property(_comment, _take_comment)


def parse_header(entry: Entry) -> tuple[Header, list[Fault]]:
    """The fields of a header entry, each with the line it stands on, and what is wrong in them."""
    header: Header = {}
    faults: list[Fault] = []
    for line, text in _field_lines(entry):
        match = _FIELD.fullmatch(text)
        if match is None:
            faults.append((line, f"{text[:40]!r} is no header field; write Name: value"))
        elif match[1].lower() in header:
            first = header[match[1].lower()][0]
            faults.append((line, f"{match[1]} stands twice, also on line {first}; delete one"))
        else:
            header[match[1].lower()] = (line, match[2].strip())
    return header, faults + list(_value_faults(entry.line, header))


def _field_lines(entry: Entry) -> Iterator[Fault]:
    """Every line of the header's text, with the number of the file's line on which it begins."""
    begun, line = "", 0
    for number, piece in entry.texts["msgstr"].pieces:
        for part in _PART.findall(piece):
            line = line if begun else number
            begun += part
            if part.endswith("\n"):
                yield line, begun[:-1]
                begun = ""
    if begun:
        yield line, begun


def _is_language(value: str) -> bool:
    return LOCALE.fullmatch(value.replace("_", "-")) is not None


#: Required fields: what makes a value right, and what it should have been.
_REQUIRED: dict[str, tuple[Callable[[str], object], str]] = {
    LANGUAGE: (_is_language, "the code of the language translated into, as nl or pt_BR"),
    CONTENT_TYPE: (_CHARSET.search, "text/plain; charset=UTF-8"),
    KEY: (is_uuid, "the leaflet's key, a UUID in lower case, as it was exported"),
    SOURCE_LOCALE: (_is_language, "the code of the language translated from"),
    SOURCE_EDITION: (_NUMBER.fullmatch, "the number of the source edition, as it was exported"),
    SOURCE_DIGEST: (DIGEST.fullmatch, "sha256: and 64 hexadecimal digits, as it was exported"),
}


def _value_faults(line: int, header: Header) -> Iterator[Fault]:
    for name, (is_right, expected) in _REQUIRED.items():
        if name.lower() not in header:
            yield line, f"the header lacks {name}: {expected}"
            continue
        own_line, value = header[name.lower()]
        if not is_right(value):
            yield own_line, f"{name} is {value[:80]!r}; it must be {expected}"
    own_line, issued_at = header.get(SOURCE_ISSUED_AT.lower(), (line, ""))
    if issued_at and not is_moment(issued_at):
        yield own_line, f"{SOURCE_ISSUED_AT} is {issued_at[:80]!r}; it must be as it was exported"
