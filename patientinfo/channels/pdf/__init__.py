"""
Paper: a leaflet as tagged PDF/UA-1, in two sizes of print.

`content` makes plain data of a Document and its sheet, `fonts` proves that every character of it
has a glyph, `typesetting` has Typst set it by the template `leaflet.typ`. The template gets data
and never markup, so no word of a leaflet can become an instruction.
"""

from patientinfo.channels.pdf.channels import LargePrintChannel, PdfChannel, preview_pdf

__all__ = ["LargePrintChannel", "PdfChannel", "preview_pdf"]
