"""
Leaflets as XLIFF files, the exchange format of translators' tools (OASIS), in two versions.

    TranslationFile -> write_xliff   -> bytes -> read_xliff   -> TranslationFile    XLIFF 2.1
    TranslationFile -> write_xliff12 -> bytes -> read_xliff12 -> TranslationFile    XLIFF 1.2

One file holds one leaflet in one language pair. A segment is a unit whose `name` (1.2: `resname`)
is its path; sections are groups. Tags of the inline HTML are inline codes, which tools protect:
the address of a link cannot be translated by mistake. A code of a translation that has the number
of a code of the source *is* that code, whatever else the file says about it.

Version 2.1 has one reader and writer (`writing21`, `reading21`), 1.2 another; what both share is
in `codes` (inline codes back to text), `states` and `documents`.
"""

from patientinfo.formats.xliff.documents import MAX_BYTES
from patientinfo.formats.xliff.reading12 import read_xliff12
from patientinfo.formats.xliff.reading21 import read_xliff
from patientinfo.formats.xliff.writing12 import write_xliff12
from patientinfo.formats.xliff.writing21 import write_xliff

__all__ = ["MAX_BYTES", "read_xliff", "read_xliff12", "write_xliff", "write_xliff12"]
