"""
TranslationFile -> the bytes of a PO file, the same bytes each time.

Babel would date a file with the moment it is written and flag "20 % of people" as a format string;
both are set here, so exports can be compared and `msgfmt --check` judges words as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

from babel.messages.pofile import write_po as write_catalog

from patientinfo.formats.exchange import TranslationFile, Unit, check_writable, one_line, remarks
from patientinfo.formats.po import headers
from patientinfo.formats.po.headers import LeafletCatalog

SECTION, NOTE, EXPORTED = "Section: ", "Note: ", "As exported: "

#: Characters in a line: so many that nothing is wrapped, and a comment reads back as it was.
_UNWRAPPED = 1_000_000_000
_HTML = re.compile(r"</?(a|strong|em|sub|sup|br)\b|&(amp|lt|gt);")
_KEEP_HTML = "HTML: keep the tags and what stands in them, and write &amp; &lt; &gt; for & < >."
PLAIN_TEXT = "Plain text: no tags, and & < > stand for themselves."
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
_HEADER_COMMENT = (
    "Write each translation into its msgstr; keep msgctxt and msgid as they are.",
    'An entry marked fuzzy was translated from the older text that stands after "#|".',
)


def write_po(file: TranslationFile) -> bytes:
    """
    The PO file of `file`, UTF-8, one line for each text.

    `ValueError` for what PO or the other exchange formats cannot carry (`check_writable`).
    """
    check_writable(file)
    catalog = _catalog(file)
    for unit in file.units:
        _add(catalog, unit)
    out = BytesIO()
    write_catalog(out, catalog, width=_UNWRAPPED, include_previous=True)
    return out.getvalue()


def _catalog(file: TranslationFile) -> LeafletCatalog:
    issued_at = datetime.fromisoformat(file.issued_at) if file.issued_at else _UNDATED
    title = one_line(file.title)
    catalog = LeafletCatalog(
        locale=file.locale.replace("-", "_"),
        header_comment=_header_comment(file),
        project=title or file.key,
        version=str(file.source_edition),
        creation_date=issued_at,
        revision_date=issued_at,
        # What gettext's own tools write when nobody is named.
        last_translator="Automatically generated",
        language_team="none",
        charset="UTF-8",
        fuzzy=False,
    )
    catalog.fields = [
        (headers.KEY, file.key),
        (headers.TITLE, title),
        (headers.SOURCE_LOCALE, file.source_locale),
        (headers.SOURCE_EDITION, str(file.source_edition)),
        (headers.SOURCE_DIGEST, file.source_digest),
        (headers.SOURCE_ISSUED_AT, file.issued_at),
    ]
    return catalog


def _header_comment(file: TranslationFile) -> str:
    about = remarks(file.about)
    lines = (*_HEADER_COMMENT, *(("", *about) if about else ()), "")
    return "\n".join(f"# {line}".rstrip() for line in lines)


def _add(catalog: LeafletCatalog, unit: Unit) -> None:
    message = catalog.add(
        unit.source,
        unit.target,
        context=unit.path,
        auto_comments=list(_comments(unit)),
        user_comments=remarks(unit.comments),
        flags=["fuzzy"] if unit.fuzzy else [],
        previous_id=unit.previous_source,
    )
    # "20 % of people" looks like "% o" to Babel; words are never format strings here.
    message.flags -= {"python-format", "python-brace-format"}


def _comments(unit: Unit) -> Iterator[str]:
    if unit.section:
        yield SECTION + one_line(unit.section)
    if unit.note:
        yield NOTE + one_line(unit.note)
    if not unit.inline:
        yield PLAIN_TEXT
    elif _HTML.search(unit.source):
        yield _KEEP_HTML
    if unit.exported:
        yield EXPORTED + unit.exported
