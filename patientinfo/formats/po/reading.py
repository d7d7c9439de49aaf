"""
The bytes of a PO file -> TranslationFile, or every problem in it.

Two readers read each file: the scanner, which knows what is wrong and where, and Babel, whose
values are taken. They must agree on every text; nothing is taken from a file they differ about.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError
from babel.messages.pofile import PoFileParser as CatalogParser

from patientinfo.formats.exchange import (
    Fault,
    FileRefused,
    Problem,
    TranslationFile,
    Unit,
    listed,
    one_line,
    remarks,
)
from patientinfo.formats.po import headers
from patientinfo.formats.po.headers import Header, LeafletCatalog
from patientinfo.formats.po.lines import Entry, Scanner
from patientinfo.formats.po.writing import EXPORTED, NOTE, PLAIN_TEXT, SECTION

#: A leaflet is some 20 kB; what is a hundred times that is not read.
MAX_BYTES = 2_000_000


class PoRefused(FileRefused):
    """A PO file was not taken in."""


class _FaultsError(Exception):
    def __init__(self, *faults: Fault) -> None:
        self.faults = faults


def read_po(data: bytes, name: str) -> TranslationFile:
    """
    The translations in a PO file; `PoRefused` with all that is wrong in it.

    `name` is what problems call the file. Obsolete entries (`#~`) are ignored. The header's
    `Language` comes back with a hyphen; an editor may have changed its case.
    """
    try:
        return _read(data)
    except _FaultsError as found:
        faults = listed(sorted(found.faults))
        raise PoRefused(Problem(name, line, reason) for line, reason in faults) from None


def _read(data: bytes) -> TranslationFile:
    lines = [line.removesuffix("\r") for line in _decode(data).split("\n")]
    scanner = Scanner()
    scanner.scan(lines)
    header, faults = _header_of(scanner.entries)
    entries = [entry for entry in scanner.entries if not entry.is_header]
    faults = [*scanner.faults, *faults, *_entry_faults(entries)]
    if faults:
        raise _FaultsError(*faults)
    catalog = _babel_catalog(lines, scanner.entries)
    return _file(header, _units(entries, catalog), catalog)


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _FaultsError((1, f"the file has {len(data)} bytes; at most {MAX_BYTES} are read"))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _FaultsError((1, "the file is UTF-16; save it as UTF-8"))
    if data.startswith(codecs.BOM_UTF8):
        raise _FaultsError(
            (1, "the file begins with a byte order mark; save it as UTF-8 without one")
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _FaultsError(
            (line, f"the byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8")
        ) from None


def _header_of(entries: list[Entry]) -> tuple[Header, list[Fault]]:
    found = [entry for entry in entries if entry.is_header]
    if not found:
        return {}, [(1, 'there is no header entry (msgid ""); export again and keep the header')]
    first, *others = found
    faults = [
        (entry.line, f"a second header entry; the first is on line {first.line}: delete one")
        for entry in others
    ]
    if first.broken:  # what is wrong in it has been told
        return {}, faults
    header, own = headers.parse_header(first)
    return header, own + faults


def _entry_faults(entries: list[Entry]) -> Iterator[Fault]:
    """What is wrong between entries: each segment's path stands once, with a source text."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if not entry.context:
            yield entry.line, "the entry has no msgctxt; it names the place of the text, keep it"
            continue
        if not entry.msgid:
            yield (
                entry.texts["msgid"].line,
                "msgid is empty; it must be the source text",
            )
        other = first.setdefault(entry.context, entry)
        if other is not entry:
            yield entry.line, _duplicate_reason(other, entry)


def _duplicate_reason(first: Entry, second: Entry) -> str:
    same = "with the same" if first.msgid == second.msgid else "with another"
    return (
        f"duplicate entry: {second.context!r} stands on line {first.line} and again, {same} "
        f"msgid, on line {second.line}; keep the right one, delete the other"
    )


def _babel_catalog(lines: list[str], entries: list[Entry]) -> LeafletCatalog:
    """
    What Babel reads in the lines that carry meaning.

    The others become empty, so that numbers stay: Babel takes the flags of an obsolete entry for
    those of the next one, and stops at references with odd characters.
    """
    meant = {number for entry in entries for number in entry.lines}
    catalog = LeafletCatalog()
    parser = CatalogParser(catalog, abort_invalid=True)
    try:
        parser.parse(line if number in meant else "" for number, line in enumerate(lines, start=1))
    except PoFileError as error:
        raise _FaultsError((error.lineno + 1, f"Babel cannot read the line: {error}")) from None
    return catalog


def _units(entries: list[Entry], catalog: LeafletCatalog) -> tuple[Unit, ...]:
    faults: list[Fault] = []
    units: list[Unit] = []
    for entry in entries:
        message = catalog.get(entry.msgid, entry.context)
        if message is None or not _agree(entry, message):
            faults.append((entry.line, "the entry can be read in two ways; write it anew"))
        else:
            units.append(_unit(entry, message))
    if len(catalog) != len(entries):
        faults.append((1, f"Babel reads {len(catalog)} entries where {len(entries)} stand"))
    if faults:
        raise _FaultsError(*faults)
    return tuple(units)


def _agree(entry: Entry, message: Message) -> bool:
    read = (message.context, message.id, message.string, message.fuzzy)
    return read == (entry.context, entry.msgid, entry.msgstr, entry.fuzzy)


def _unit(entry: Entry, message: Message) -> Unit:
    return Unit(
        path=str(message.context),
        source=str(message.id),
        target=str(message.string),
        section=_comment(message, SECTION),
        note=_comment(message, NOTE),
        fuzzy=message.fuzzy,
        previous_source=entry.previous,
        line=entry.line,
        comments=remarks(message.user_comments),
        inline=PLAIN_TEXT not in message.auto_comments,
        exported=_comment(message, EXPORTED),
    )


def _comment(message: Message, label: str) -> str:
    found = (text for text in message.auto_comments if text.startswith(label))
    return one_line(next(found, "").removeprefix(label))


#: What a file is refused for when its leaflet is looked up, and the field that says it.
_MEMBERS = {
    "key": headers.KEY,
    "locale": headers.LANGUAGE,
    "source_locale": headers.SOURCE_LOCALE,
    "source_edition": headers.SOURCE_EDITION,
    "source_digest": headers.SOURCE_DIGEST,
}


def _file(header: Header, units: tuple[Unit, ...], catalog: LeafletCatalog) -> TranslationFile:
    values = {name: value for name, (_, value) in header.items()}
    read = {name.lower(): value.strip() for name, value in catalog.fields}
    if values != read:
        line = min(line for line, _ in header.values())
        raise _FaultsError((line, "the header can be read in two ways; export the file again"))

    def value(name: str) -> str:
        return values.get(name.lower(), "")

    return TranslationFile(
        key=value(headers.KEY),
        source_locale=value(headers.SOURCE_LOCALE).replace("_", "-"),
        locale=value(headers.LANGUAGE).replace("_", "-"),
        source_edition=int(value(headers.SOURCE_EDITION)),
        source_digest=value(headers.SOURCE_DIGEST),
        title=one_line(value(headers.TITLE)),
        units=units,
        issued_at=value(headers.SOURCE_ISSUED_AT),
        lines={member: header[name.lower()][0] for member, name in _MEMBERS.items()},
    )
