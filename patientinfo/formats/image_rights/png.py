"""PNG: XMP in an `iTXt` chunk with the keyword that XMP part 3 (1.1.5) fixes, behind the header."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from patientinfo.formats.image_rights.packet import ImageRights, xmp_packet

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER, _TEXT, _END = b"IHDR", b"iTXt", b"IEND"
_KEYWORD = b"XML:com.adobe.xmp\x00"
#: Other places in which programs have kept XMP and IPTC.
_OLDER = (b"Raw profile type xmp\x00", b"Raw profile type iptc\x00")


def write(data: bytes, rights: ImageRights) -> bytes:
    """The file with its packet."""
    # Not compressed; no language, no translated keyword.
    text = _KEYWORD + b"\x00\x00\x00\x00" + xmp_packet(rights)
    out = [_SIGNATURE]
    for kind, body, whole in _chunks(data):
        if kind in {_TEXT, b"zTXt", b"tEXt"} and body.startswith((_KEYWORD, *_OLDER)):
            continue
        out.append(whole)
        if kind == _HEADER:
            out.append(_chunk(_TEXT, text))
    return b"".join(out)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Type, body and whole bytes of each chunk, from the header to the end."""
    if not data.startswith(_SIGNATURE):
        raise ValueError("not a PNG file")
    at, kind = len(_SIGNATURE), b""
    while kind != _END:
        size = int.from_bytes(data[at : at + 4])
        end = at + 12 + size
        if end > len(data):
            raise ValueError("not a PNG file: it is cut off")
        first, kind = not kind, data[at + 4 : at + 8]
        if first is not (kind == _HEADER):
            raise ValueError("not a PNG file: its header is not the first chunk")
        yield kind, data[at + 8 : end - 4], data[at:end]
        at = end


def _chunk(kind: bytes, body: bytes) -> bytes:
    return b"".join([len(body).to_bytes(4), kind, body, zlib.crc32(kind + body).to_bytes(4)])
