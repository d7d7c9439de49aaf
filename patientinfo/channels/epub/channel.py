"""The channel: pages, package and pictures in one zip, its bytes always the same."""

from __future__ import annotations

import io
import zipfile

from django.utils.translation import gettext_lazy as _

from patientinfo.channels.base import Channel, Context, Document, NotRenderable
from patientinfo.channels.epub.package import CONTAINER, package_of
from patientinfo.channels.epub.pages import contents_page, leaflet_page
from patientinfo.channels.parts.markup import style_of_markup
from patientinfo.licensing.terms import Use

#: Core media types of EPUB 3.3, section 3.2: what every reading system shows.
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_PICTURE_WIDTH = 1200
#: The earliest moment that a zip knows; the edition's own is in the package.
_TIME = (1980, 1, 1, 0, 0, 0)


class EpubChannel(Channel):
    """A leaflet for an e-reader: its reader chooses size, type and colours."""

    name = "epub"
    label = _("E-book (EPUB)")
    media_type = "application/epub+zip"
    extension = "epub"
    uses = frozenset({Use.READER, Use.WEBSITE, Use.PORTAL, Use.EMAIL, Use.TRAINING})
    version = "3"
    packed = True

    def render(self, document: Document, context: Context) -> bytes:
        files: dict[str, str] = {}
        media_types: dict[str, str] = {}
        contents: dict[str, bytes] = {}
        for number, image in enumerate(document["images"]):
            picture = context.picture(image, _PICTURE_WIDTH)
            suffix = _SUFFIXES.get(image["mime"])
            if picture is None or suffix is None:
                raise NotRenderable("failed", f"Picture {image['id']!r} has no place in an e-book.")
            name = f"picture-{number}.{suffix}"
            files[image["id"]] = name
            media_types[name], contents[name] = image["mime"], picture
        pages = {
            "package.opf": package_of(document, context.sheet, media_types),
            "contents.xhtml": contents_page(document, context.sheet),
            "leaflet.xhtml": leaflet_page(document, context.sheet, files),
            "leaflet.css": style_of_markup(),
        }
        return _zipped({**pages, **contents})


def _zipped(files: dict[str, bytes]) -> bytes:
    """EPUB Open Container Format, section 4: `mimetype` comes first and is not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        _write(book, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _write(book, "META-INF/container.xml", CONTAINER)
        for name, content in files.items():
            packed = name.startswith("picture-")
            method = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            _write(book, f"EPUB/{name}", content, method)
    return out.getvalue()


def _write(
    book: zipfile.ZipFile, name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED
) -> None:
    member = zipfile.ZipInfo(name, _TIME)
    member.compress_type = method
    member.create_system = 3
    member.external_attr = 0o644 << 16
    book.writestr(member, content)
