"""
Rights inside image files: who owns a picture and where to ask, in the bytes that leave.

A photo is copied out of its page sooner or later, and then only what is in the file speaks for its
owner. `with_rights` writes what search engines and picture desks read: an XMP packet with the
IPTC Photo Metadata and PLUS fields (`packet`), and for JPEG the older IPTC-IIM fields too (`jpeg`).
Pixels are never decoded: the compressed image stays byte for byte what it was, and packets that
were there before are replaced.

AVIF is handed back as it is: its metadata is addressed by offsets into the file, and a writer that
moves them is a writer of the whole format. The project accepts no AVIF uploads.

    >>> rights = ImageRights("© Uplands Physio Clinic", "Uplands", "https://uplands.example/rights")
    >>> with_rights(b"GIF87a", "image/gif", rights)
    Traceback (most recent call last):
    ...
    ValueError: not a GIF file: it ends in the middle of its header
"""

from __future__ import annotations

from collections.abc import Callable

from patientinfo.formats.image_rights import gif, jpeg, png, webp
from patientinfo.formats.image_rights.packet import ImageRights

__all__ = ["UNCHANGED", "WRITERS", "ImageRights", "with_rights"]

#: Media type → its writer.
WRITERS: dict[str, Callable[[bytes, ImageRights], bytes]] = {
    "image/gif": gif.write,
    "image/jpeg": jpeg.write,
    "image/png": png.write,
    "image/webp": webp.write,
}
#: Media types that are served as they are.
UNCHANGED = frozenset({"image/avif"})


def with_rights(data: bytes, mime: str, rights: ImageRights) -> bytes:
    """
    The file with its rights written into it; the same bytes for the same arguments.

    `ValueError` when it is not a whole file of that type, or of a type that is not known here.
    """
    if mime in UNCHANGED:
        return data
    writer = WRITERS.get(mime)
    if writer is None:
        raise ValueError(f"no rights can be written into {mime!r}")
    return writer(data, rights)
