"""
An XLSX file as the ZIP package of XML parts that it is (ECMA-376, part 2).

Before anything is unpacked its directory is read: a file of some kilobytes can unpack to many
gigabytes ("zip bomb"). When one is written, its dates are set, so that the same leaflet makes the
same bytes.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from datetime import datetime
from io import BytesIO

from patientinfo.formats.exchange import Faults
from patientinfo.formats.xml_safety import PROLOG_BYTES, check_prolog

#: A leaflet's workbook has some 30 kB.
MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
MAX_PARTS = 200
#: No part of a workbook that people wrote is packed more tightly than 1 : 200.
MAX_RATIO = 200
#: Smaller parts may be packed as tightly as they like.
_SMALL = 100_000

_XML = (".xml", ".rels", ".vml")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What `zipfile` raises of bytes that are not as they were.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, OSError, ValueError,
)  # fmt: skip
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def check_package(data: bytes, faults: Faults) -> None:
    """Refuse what is no XLSX file, or one that would harm when it is unpacked and parsed."""
    if len(data) > MAX_BYTES:
        faults.add(1, f"the file has {len(data)} bytes; at most {MAX_BYTES} are read")
        faults.refuse()
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check_directory(package.infolist(), faults)
            faults.refuse_if_any()
            for part in package.infolist():
                if part.filename.lower().endswith(_XML):
                    with package.open(part) as stream:
                        check_prolog(stream.read(PROLOG_BYTES), faults)
    except _DAMAGED:
        faults.add(1, "the file is no XLSX workbook, or is damaged or locked with a password")
        faults.refuse()


def _check_directory(parts: list[zipfile.ZipInfo], faults: Faults) -> None:
    if len(parts) > MAX_PARTS:
        faults.add(1, f"the file has {len(parts)} parts; at most {MAX_PARTS} are read")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED:
        faults.add(1, f"the file unpacks to {unpacked} bytes; at most {MAX_UNPACKED} are read")
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        faults.add(1, "the file has two parts of one name")
    if "xl/workbook.xml" not in names:
        faults.add(1, "the file is no XLSX workbook: it has no xl/workbook.xml")
    for part in parts[: MAX_PARTS + 1]:
        _check_part(part, faults)


def _check_part(part: zipfile.ZipInfo, faults: Faults) -> None:
    name = part.filename[:80]
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > _SMALL and ratio > MAX_RATIO:
        faults.add(1, f"{name} is packed 1 : {ratio:.0f}; at most 1 : {MAX_RATIO} is read")
    if part.flag_bits & 1 or part.compress_type not in _METHODS:
        faults.add(1, f"{name} is locked with a password or packed in an unusual way")
    if name.endswith("vbaProject.bin"):
        faults.add(1, "the file has macros; save it as a workbook without macros (.xlsx)")


def with_dates(data: bytes, moment: datetime) -> bytes:
    """The same package, last changed at `moment` whenever it was made."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as made, zipfile.ZipFile(out, "w") as package:
        for part in made.infolist():
            content = made.read(part)
            if part.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp, content)
            # The date of ZipInfo is 1 January 1980, the earliest there is.
            package.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
