"""
The kinds of file that translations travel in: what writes each, what reads it, how it is known.

A file says by its name's ending what it is, and must be that: a workbook that was renamed to `.po`
is told as what it is, not as a catalog with a fault on every line. XLIFF 1.2 and 2.x share their
endings and are told apart by their namespace (XLIFF 1.2, 1.1 "Transitional and Strict"; XLIFF 2.1,
A.1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

from patientinfo.formats import po, xliff, xlsx
from patientinfo.formats.exchange import FileRefused, Problem, TranslationFile

PO, XLIFF, XLIFF12, XLSX, TMX = "po", "xliff", "xliff12", "xlsx", "tmx"

#: Of what is told by its first bytes: where to look.
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its name for people, its ending, its writer and reader, and its size."""

    label: str
    suffix: str
    media_type: str
    write: Callable[[TranslationFile], bytes]
    read: Callable[[bytes, str], TranslationFile]
    max_bytes: int


def _write_po(file: TranslationFile) -> bytes:
    """PO has no state but fuzzy, so what is a draft is fuzzy there: it is not final."""
    units = (replace(unit, fuzzy=unit.fuzzy or unit.state == "draft") for unit in file.units)
    return po.write_po(replace(file, units=tuple(units)))


def _read_po(data: bytes, name: str) -> TranslationFile:
    """The other way round: words that a translator left without the flag are meant as final."""
    file = po.read_po(data, name)
    units = (
        replace(unit, state="draft" if unit.fuzzy else "translated") if unit.target else unit
        for unit in file.units
    )
    return replace(file, units=tuple(units))


#: Kinds that hold one leaflet in one language pair, by the name of their format.
KINDS: dict[str, Kind] = {
    PO: Kind("PO", ".po", "text/x-gettext-translation", _write_po, _read_po, po.MAX_BYTES),
    XLIFF: Kind(
        "XLIFF 2.1",
        ".xliff",
        "application/xliff+xml",
        xliff.write_xliff,
        xliff.read_xliff,
        xliff.MAX_BYTES,
    ),
    XLIFF12: Kind(
        "XLIFF 1.2",
        ".xlf",
        "application/x-xliff+xml",
        xliff.write_xliff12,
        xliff.read_xliff12,
        xliff.MAX_BYTES,
    ),
    XLSX: Kind(
        "XLSX",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write_xlsx,
        xlsx.read_xlsx,
        xlsx.MAX_BYTES,
    ),
}

#: Ending → the kinds that a file with it may be.
ENDINGS: dict[str, tuple[str, ...]] = {
    ".po": (PO,),
    ".xliff": (XLIFF, XLIFF12),
    ".xlf": (XLIFF, XLIFF12),
    ".xlsx": (XLSX,),
    ".tmx": (TMX,),
}
_CALLED = {
    PO: "a PO file",
    XLIFF: "XLIFF",
    XLIFF12: "XLIFF",
    XLSX: "a workbook (.xlsx)",
    TMX: "a translation memory (.tmx)",
}


def ending(name: str) -> str:
    """The ending of a file's name if it is a known one; `FileRefused` otherwise."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in ENDINGS:
        said = f"ends in “{suffix}”" if suffix else "has no ending"
        reason = f"the file's name {said}; what can be read are {', '.join(ENDINGS)}"
        raise FileRefused([Problem(name, 1, reason)])
    return suffix


def check_size(name: str, size: int) -> None:
    """`FileRefused` for a file of so many bytes that none of it is read."""
    most = max(KINDS[kind].max_bytes for kind in _leaflet_kinds(name))
    if size > most:
        reason = f"the file has {size} bytes; at most {most} are read"
        raise FileRefused([Problem(name, 1, reason)])


def _leaflet_kinds(name: str) -> tuple[str, ...]:
    """The kinds that a file of this name may be; `FileRefused` for a memory."""
    kinds = ENDINGS[ending(name)]
    if TMX in kinds:
        reason = (
            "a translation memory is no leaflet; it goes into the memory, by `manage.py "
            "import_translations`, the page “Files for translators” or /translations/memory/"
        )
        raise FileRefused([Problem(name, 1, reason)])
    return kinds


def read_file(data: bytes, name: str) -> TranslationFile:
    """
    The translations in a file of any kind but TMX; `FileRefused` with all that is wrong in it.

    `name` is what problems call the file.
    """
    allowed, found = _leaflet_kinds(name), _look(data)
    if found and found not in allowed:
        ours = _CALLED[allowed[0]]
        reason = f"the file's name says that it is {ours}, and its content is {_CALLED[found]}"
        raise FileRefused([Problem(name, 1, f"{reason}; give it the ending that it had")])
    kind = KINDS[found or allowed[0]]
    check_size(name, len(data))
    return kind.read(data, name)


def _look(data: bytes) -> str:
    """The kind that the first bytes are of; empty when they do not say."""
    head = data[:_HEAD]
    if head.startswith(b"PK\x03\x04"):
        return XLSX
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return PO if b"msgid" in head else ""
    if b"<tmx" in head:
        return TMX
    if b"<xliff" not in head and b":xliff" not in head:
        return ""
    return XLIFF12 if b"urn:oasis:names:tc:xliff:document:1." in head else XLIFF
