"""A bundle as a file: written beside its place and put there in one step, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def write_bundle(path: Path, chunks: Iterable[bytes]) -> int:
    """Writes the bytes and returns how many; directories are made. `OSError` when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_whole(path, chunks)


def write_whole(path: Path, chunks: Iterable[bytes]) -> int:
    """The same into a directory that is there."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    written = 0
    try:
        with part.open("wb") as out:
            for chunk in chunks:
                written += out.write(chunk)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return written
