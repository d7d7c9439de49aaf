"""
Leaflets as PO files (GNU gettext), written and read by Babel behind a strict scanner of ours.

    TranslationFile -> write_po -> bytes -> read_po -> TranslationFile, or PoRefused

A segment's path is the entry's `msgctxt`, its source text the `msgid`, its translation the
`msgstr`; the leaflet, its source Edition and its languages stand in the header. Babel 2.18 reads
`msgid "unterminated` as `unterminate` and drops duplicates silently, so `lines` reads every line by
the grammar first, and `reading` takes only what both have read alike.
"""

from patientinfo.formats.po.merging import Since, merge_files
from patientinfo.formats.po.reading import MAX_BYTES, PoRefused, read_po
from patientinfo.formats.po.writing import write_po

__all__ = ["MAX_BYTES", "PoRefused", "Since", "merge_files", "read_po", "write_po"]
