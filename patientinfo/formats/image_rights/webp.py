"""
WebP (RFC 9649): XMP in a chunk of its own, which only the extended form of the file may have.

A simple file is made an extended one: its picture is put behind a `VP8X` chunk that repeats the
size from the picture's own header.
"""

from __future__ import annotations

from collections.abc import Iterator

from patientinfo.formats.image_rights.packet import ImageRights, xmp_packet

_EXTENDED, _LOSSY, _LOSSLESS, _XMP = b"VP8X", b"VP8 ", b"VP8L", b"XMP "
_XMP_FLAG, _ALPHA_FLAG = 0x04, 0x10
_HEAD = 12
_SIDE = (1 << 14) - 1


def write(data: bytes, rights: ImageRights) -> bytes:
    """The file with its packet, behind everything else."""
    chunks = [(kind, body) for kind, body in _chunks(data) if kind != _XMP]
    kind, body = chunks[0] if chunks else (b"", b"")
    if kind == _EXTENDED:
        if len(body) < 10:
            raise ValueError("not a WebP file: its header is cut off")
        chunks[0] = (kind, bytes((body[0] | _XMP_FLAG,)) + body[1:])
    else:
        chunks.insert(0, (_EXTENDED, _extended_header(kind, body)))
    chunks.append((_XMP, xmp_packet(rights)))
    inner = b"WEBP" + b"".join(_chunk(kind, body) for kind, body in chunks)
    return b"RIFF" + len(inner).to_bytes(4, "little") + inner


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if len(data) < _HEAD or data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("not a WebP file")
    end = 8 + int.from_bytes(data[4:8], "little")
    at = _HEAD
    while at < end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > min(end, len(data)):
            raise ValueError("not a WebP file: it is cut off")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _extended_header(kind: bytes, body: bytes) -> bytes:
    """Flags and canvas of a picture: of the lossy form from its frame header (RFC 6386, 9.1)."""
    if kind == _LOSSY and len(body) >= 10 and body[3:6] == b"\x9d\x01\x2a":
        flags = _XMP_FLAG
        width = int.from_bytes(body[6:8], "little") & _SIDE
        height = int.from_bytes(body[8:10], "little") & _SIDE
    elif kind == _LOSSLESS and len(body) >= 5 and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        flags = _XMP_FLAG | (_ALPHA_FLAG if bits >> 28 & 1 else 0)
        width, height = (bits & _SIDE) + 1, (bits >> 14 & _SIDE) + 1
    else:
        raise ValueError("not a WebP file: it has no picture")
    if not (width and height):
        raise ValueError("not a WebP file: its picture has no size")
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes((flags, 0, 0, 0)) + sides


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\x00" * (len(body) % 2)
