"""
GIF89a: XMP in an application extension (XMP part 3, 1.1.2).

The packet is not cut into sub-blocks but stands there whole, so that a scanner finds it. A program
that reads it as sub-blocks jumps about in it and lands in the trailer, which leads from each of its
bytes to the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from patientinfo.formats.image_rights.packet import ImageRights, xmp_packet

_APPLICATION = b"\x21\xff"
_XMP = _APPLICATION + b"\x0bXMP DataXMP"
_TRAILER = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
_HEAD = 13


def write(data: bytes, rights: ImageRights) -> bytes:
    """The file with its packet, behind the extensions that other programs want to see first."""
    head, blocks = _read(data)
    kept = [block for block in blocks if not block.startswith(_XMP)]
    at = next((n for n, block in enumerate(kept) if not block.startswith(_APPLICATION)), len(kept))
    kept.insert(at, _XMP + xmp_packet(rights) + _TRAILER)
    # Files of 1987 have no extensions; readers of 1989 read both.
    return b"".join([b"GIF89a", head[6:], *kept])


def _read(data: bytes) -> tuple[bytes, list[bytes]]:
    """The header with its colours, and each block whole; the last is the end mark."""
    if data[:6] not in {b"GIF87a", b"GIF89a"}:
        raise ValueError("not a GIF file")
    if len(data) < _HEAD:
        raise ValueError("not a GIF file: it ends in the middle of its header")
    start = _HEAD + _colours(data[10])
    return data[:start], list(_blocks(data, start))


def _blocks(data: bytes, at: int) -> Iterator[bytes]:
    while True:
        kind = data[at : at + 1]
        if kind == b";":
            yield kind
            return
        if kind == b"!":
            end = _after_sub_blocks(data, at + 2)
        elif kind == b"," and at + 10 < len(data):
            end = _after_sub_blocks(data, at + 11 + _colours(data[at + 9]))
        else:
            raise ValueError("not a GIF file: it is cut off or damaged")
        yield data[at:end]
        at = end


def _after_sub_blocks(data: bytes, at: int) -> int:
    while at < len(data):
        size = data[at]
        at += 1 + size
        if size == 0:
            return at
    raise ValueError("not a GIF file: a block is cut off")


def _colours(flags: int) -> int:
    """Bytes of the colour table that a descriptor's flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
