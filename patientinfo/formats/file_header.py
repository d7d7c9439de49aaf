"""
What a file for a translator says of itself: which leaflet, which source Edition, which languages.

XLIFF and XLSX each have a place of their own for these values; what they are called and what makes
them right is the same. (PO has gettext's own header: `formats.po.headers`.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from patientinfo.formats.exchange import (
    DIGEST,
    LOCALE,
    Fault,
    TranslationFile,
    Unit,
    is_moment,
    is_uuid,
    one_line,
)

KEY = "leaflet-key"
TITLE = "leaflet-title"
SOURCE_LOCALE = "source-language"
LOCALE_NAME = "language"
SOURCE_EDITION = "source-edition"
SOURCE_DIGEST = "source-digest"
SOURCE_ISSUED_AT = "source-issued-at"

#: Field name -> the line it stands on, and its value.
Header = dict[str, Fault]

#: How many figures an Edition's number may have; a longer one is a mistake.
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_EXPORTED = "as it was exported"

#: Required fields: what makes a value right, and what it should have been.
_REQUIRED: dict[str, tuple[Callable[[str], object], str]] = {
    KEY: (is_uuid, f"the leaflet's key, a UUID in lower case, {_EXPORTED}"),
    SOURCE_LOCALE: (LOCALE.fullmatch, "the code of the language translated from"),
    LOCALE_NAME: (LOCALE.fullmatch, "the code of the language translated into, as nl or pt-BR"),
    SOURCE_EDITION: (_NUMBER.fullmatch, f"the number of the source edition, {_EXPORTED}"),
    SOURCE_DIGEST: (DIGEST.fullmatch, f"sha256: and 64 hexadecimal digits, {_EXPORTED}"),
}


def header_values(file: TranslationFile) -> dict[str, str]:
    """The fields of `file`, in the order in which they are written."""
    return {
        KEY: file.key,
        TITLE: one_line(file.title),
        SOURCE_LOCALE: file.source_locale,
        LOCALE_NAME: file.locale,
        SOURCE_EDITION: str(file.source_edition),
        SOURCE_DIGEST: file.source_digest,
        SOURCE_ISSUED_AT: file.issued_at,
    }


def header_faults(line: int, header: Header) -> Iterator[Fault]:
    """What is missing or wrong in a header; what is missing is told of `line`."""
    for name, (is_right, expected) in _REQUIRED.items():
        if name not in header:
            yield line, f"the header lacks {name}: {expected}"
            continue
        own_line, value = header[name]
        if not is_right(value):
            yield own_line, f"{name} is {value[:80]!r}; it must be {expected}"
    own_line, issued_at = header.get(SOURCE_ISSUED_AT, (line, ""))
    if issued_at and not is_moment(issued_at):
        yield own_line, f"{SOURCE_ISSUED_AT} is {issued_at[:80]!r}; it must be {_EXPORTED}"


def file_from(header: Header, units: Iterable[Unit]) -> TranslationFile:
    """The file that has this header, in which `header_faults` found nothing."""
    values = {name: value for name, (_, value) in header.items()}
    return TranslationFile(
        key=values[KEY],
        source_locale=values[SOURCE_LOCALE],
        locale=values[LOCALE_NAME],
        source_edition=int(values[SOURCE_EDITION]),
        source_digest=values[SOURCE_DIGEST],
        title=one_line(values.get(TITLE, "")),
        units=tuple(units),
        issued_at=values.get(SOURCE_ISSUED_AT, ""),
    )
