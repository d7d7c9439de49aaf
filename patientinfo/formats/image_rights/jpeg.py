"""
JPEG: XMP in an APP1 segment (XMP part 3, 1.1.3), IPTC-IIM in APP13 among Photoshop's resources.

Programs of picture desks that are older than XMP read only the second. Both say the same, and the
digest that Adobe's rules keep beside the IIM says so too. Everything from the first scan on is
copied unread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from patientinfo.formats.image_rights.iim import (
    IIM,
    IIM_DIGEST,
    iim_block,
    read_resources,
    resource,
)
from patientinfo.formats.image_rights.packet import ImageRights, xmp_packet

_START = b"\xff\xd8"
_SCAN, _APP0, _APP1, _APP13 = 0xDA, 0xE0, 0xE1, 0xED
#: Markers without a length: restarts, TEM. Start and end of an image have no place before a scan.
_BARE = {0x01, *range(0xD0, 0xD8)}
_MISPLACED = {0x00, 0xD8, 0xD9}
_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\x00"
_EXIF = b"Exif\x00\x00"
_PHOTOSHOP = b"Photoshop 3.0\x00"
_ROOM = 0xFFFF - 2


def write(data: bytes, rights: ImageRights) -> bytes:
    """The file with both kinds of packet, behind the headers that have to come first."""
    head: list[bytes] = []
    body: list[bytes] = []
    resources = b""
    rest = data
    for marker, payload, rest in _segments(data):  # noqa: B007 - what follows the last is the scan
        if marker == _APP1 and payload.startswith((_XMP, _MORE_XMP)):
            continue
        if marker == _APP13 and payload.startswith(_PHOTOSHOP):
            resources += payload[len(_PHOTOSHOP) :]
            continue
        leads = marker == _APP0 or (marker == _APP1 and payload.startswith(_EXIF))
        (head if leads and not body else body).append(_segment(marker, payload))
    packets = [_xmp_segment(rights), *_photoshop_segments(resources, rights)]
    return b"".join([_START, *head, *packets, *body, rest])


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, payload, and everything behind, up to the first scan."""
    if not data.startswith(_START):
        raise ValueError("not a JPEG file")
    at = len(_START)
    while True:
        if at + 4 > len(data) or data[at] != 0xFF:
            raise ValueError("not a JPEG file: it breaks off before its picture")
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == _SCAN:
            return
        if marker in _MISPLACED:
            raise ValueError(f"not a JPEG file: marker {marker:02X} before its picture")
        end = at + 2
        if marker not in _BARE:
            end += int.from_bytes(data[end : end + 2])
            if end < at + 4 or end > len(data):
                raise ValueError("not a JPEG file: a segment is cut off")
        yield marker, data[at + 4 : end], data[end:]
        at = end


def _segment(marker: int, payload: bytes) -> bytes:
    if marker in _BARE:
        return bytes((0xFF, marker))
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2) + payload


def _xmp_segment(rights: ImageRights) -> bytes:
    payload = _XMP + xmp_packet(rights)
    if len(payload) > _ROOM:
        raise ValueError("the rights are too long for a JPEG file")
    return _segment(_APP1, payload)


def _photoshop_segments(resources: bytes, rights: ImageRights) -> Iterator[bytes]:
    """What Photoshop keeps (paths, resolution) stays; the IIM block and its digest are ours."""
    block = iim_block(rights)
    digest = hashlib.md5(block, usedforsecurity=False).digest()
    kept = [r for number, r in read_resources(resources) if number not in {IIM, IIM_DIGEST}]
    joined = b"".join([*kept, resource(IIM, block), resource(IIM_DIGEST, digest)])
    step = _ROOM - len(_PHOTOSHOP)
    for at in range(0, len(joined), step):
        yield _segment(_APP13, _PHOTOSHOP + joined[at : at + step])
