"""
Many exported files as one ZIP, made while it is sent: no more memory or disk than one file needs.

A file that cannot be made does not end the archive, whose first bytes have left by then; it is
named, with the reason, in a last member.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from stat import S_IFREG
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.utils import timezone
from stream_zip import ZIP_AUTO, Method, stream_zip

from patientinfo.exchange.export import ExportFile, NotExported

NOT_EXPORTED = "NOT-EXPORTED.txt"

_MODE = S_IFREG | 0o644
_IN_MEMORY = 1_000_000
_CHUNK = 65_536

_Member = tuple[str, datetime, int, Method, Iterable[bytes]]


def zip_chunks(files: Iterable[ExportFile | NotExported]) -> Iterator[bytes]:
    """The bytes of an archive of `files`."""
    yield from stream_zip(_members(files))


def _members(files: Iterable[ExportFile | NotExported]) -> Iterator[_Member]:
    now = timezone.now()
    failed: list[str] = []
    for file in files:
        if isinstance(file, NotExported):
            failed.append(f"{file.name}: {file.reason}")
            continue
        with SpooledTemporaryFile(_IN_MEMORY) as made:
            try:
                file.write_to(cast("BinaryIO", made))
            except ValueError as error:  # a character that the format cannot say
                failed.append(f"{file.name}: {error}")
                continue
            size = made.tell()
            made.seek(0)
            yield file.name, now, _MODE, ZIP_AUTO(size), iter(lambda: made.read(_CHUNK), b"")
    if failed:
        said = "\n".join([*failed, ""]).encode()
        yield NOT_EXPORTED, now, _MODE, ZIP_AUTO(len(said)), (said,)
