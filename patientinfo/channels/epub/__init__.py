"""
E-book: one leaflet as EPUB 3, written by us, judged by EPUBCheck in the tests.

`pages` writes XHTML of the leaflet's story, `package` what an EPUB wants around it, and `channel`
zips both so that the same leaflet gives the same bytes.
"""

from patientinfo.channels.epub.channel import EpubChannel

__all__ = ["EpubChannel"]
