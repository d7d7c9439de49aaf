"""
Leaflets as XLSX workbooks, for translators who have no tool of their trade.

    TranslationFile -> write_xlsx -> bytes -> read_xlsx -> TranslationFile, or FileRefused

A workbook has two sheets. On the first each segment is a row; what a translator writes in (the
translation, its state, remarks) is open, the rest is locked. The second says which leaflet it is.
Texts are text: what begins with `=` is never written as a formula, and a formula is never read.
"""

from patientinfo.formats.xlsx.package import MAX_BYTES, MAX_UNPACKED
from patientinfo.formats.xlsx.reading import read_xlsx
from patientinfo.formats.xlsx.writing import write_xlsx

__all__ = ["MAX_BYTES", "MAX_UNPACKED", "read_xlsx", "write_xlsx"]
