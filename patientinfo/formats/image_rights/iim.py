"""
IPTC-IIM 4.2 data sets, and the image resources of Photoshop in which JPEG files keep them.

The IIM has room for 128 bytes of notice and 32 of credit. What is longer is cut there at a
character; the XMP packet has the whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from patientinfo.formats.image_rights.packet import ImageRights

#: Numbers of the image resources that hold the IIM and the MD5 digest of it.
IIM, IIM_DIGEST = 0x0404, 0x0425
_SIGNATURE = b"8BIM"
_UTF8 = b"\x1b%G"
_NOTICE_ROOM, _CREDIT_ROOM = 128, 32


def iim_block(rights: ImageRights) -> bytes:
    """Coded character set (1:90), record version (2:00), credit (2:110), notice (2:116)."""
    sets = [_data_set(1, 90, _UTF8), _data_set(2, 0, (4).to_bytes(2))]
    if rights.credit:
        sets.append(_data_set(2, 110, _cut(rights.credit, _CREDIT_ROOM)))
    if rights.notice:
        sets.append(_data_set(2, 116, _cut(rights.notice, _NOTICE_ROOM)))
    return b"".join(sets)


def _data_set(record: int, number: int, value: bytes) -> bytes:
    return bytes((0x1C, record, number)) + len(value).to_bytes(2) + value


def _cut(text: str, room: int) -> bytes:
    return text.encode()[:room].decode(errors="ignore").encode()


def resource(number: int, value: bytes) -> bytes:
    """One image resource without a name."""
    return b"".join(
        [_SIGNATURE, number.to_bytes(2), b"\x00\x00", len(value).to_bytes(4), _even(value)]
    )


def read_resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and whole bytes of each image resource; what is cut off at the end is left out."""
    at = 0
    while data[at : at + 4] == _SIGNATURE and at + 12 <= len(data):
        name = 1 + data[at + 6]
        size_at = at + 6 + name + name % 2
        size = int.from_bytes(data[size_at : size_at + 4])
        end = size_at + 4 + size + size % 2
        if size_at + 4 + size > len(data):
            return
        yield int.from_bytes(data[at + 4 : at + 6]), _even(data[at:end])
        at = end


def _even(value: bytes) -> bytes:
    return value + b"\x00" * (len(value) % 2)
