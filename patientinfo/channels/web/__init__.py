"""
The web reader: a leaflet as a page for patients.

`leaflet` makes plain data for the templates out of a Document (pure: no database, no request),
with `blocks`, `standing` and `wording` behind it; `views` answers requests. Pages reach these
functions through the settings `READER`, `PREVIEWER`, `INDEX_READER`, `DOWNLOADER`, `EMBEDDER` and
`SCREEN`, so the authoring side does not import the reader.
"""

from patientinfo.channels.web.downloads import serve_download
from patientinfo.channels.web.embedding import serve_embed
from patientinfo.channels.web.gone import serve_gone
from patientinfo.channels.web.screen import serve_screen
from patientinfo.channels.web.views import preview_leaflet, serve_index, serve_leaflet

__all__ = [
    "preview_leaflet",
    "serve_download",
    "serve_embed",
    "serve_gone",
    "serve_index",
    "serve_leaflet",
    "serve_screen",
]
