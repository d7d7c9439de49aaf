"""
A ZIP as a stream. Its bytes depend on its members' names, order and contents and on nothing else:
every member has the same moment and mode.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from stat import S_IFREG
from tempfile import SpooledTemporaryFile

from stream_zip import NO_COMPRESSION_64, ZIP_AUTO, Method, stream_zip

from patientinfo.formats.canonical import PREFIX, digest_bytes

MEDIA_TYPE = "application/zip"
#: The first moment that a ZIP can name.
MOMENT = datetime(1980, 1, 1, tzinfo=UTC)
_MODE = S_IFREG | 0o644
_LEVEL = 6
_CHUNK = 65_536
_IN_MEMORY = 500_000


class Spool:
    """Bytes that are written one after another and read once; on disk when they are many."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        """`sha256:` and the hex digest of what was written."""
        return PREFIX + self._hash.hexdigest()

    def write(self, data: bytes) -> None:
        self.size += self._file.write(data)
        self._hash.update(data)

    def chunks(self) -> Iterator[bytes]:
        """What was written, from its beginning."""
        self._file.seek(0)
        return iter(lambda: self._file.read(_CHUNK), b"")

    def close(self) -> None:
        self._file.close()


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a ZIP. `packed`: compressing it once more would be waste."""

    path: str
    content: bytes | Spool
    packed: bool = False

    @property
    def size(self) -> int:
        return self.content.size if isinstance(self.content, Spool) else len(self.content)

    @property
    def digest(self) -> str:
        content = self.content
        return content.digest if isinstance(content, Spool) else digest_bytes(content)


def zip_stream(members: Iterable[Member]) -> Iterator[bytes]:
    """The bytes of a ZIP, made while they are read. Of a member it holds what the member holds."""
    return iter(stream_zip(map(_zipped, members), extended_timestamps=False))


def _zipped(member: Member) -> tuple[str, datetime, int, Method, Iterable[bytes]]:
    content = member.content
    if isinstance(content, Spool):
        method = ZIP_AUTO(content.size, level=_LEVEL)
        return member.path, MOMENT, _MODE, method, _drained(content)
    if member.packed:
        method = NO_COMPRESSION_64(len(content), zlib.crc32(content))
    else:
        method = ZIP_AUTO(len(content), level=_LEVEL)
    return member.path, MOMENT, _MODE, method, (content,)


def _drained(spool: Spool) -> Iterator[bytes]:
    """What is in a spool, which is done with then."""
    yield from spool.chunks()
    spool.close()
