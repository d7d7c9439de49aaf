"""Where exported files go: a directory, written so that a reader never sees half a file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from patientinfo.exchange.export import ExportFile


def write_file(directory: Path, file: ExportFile) -> Path:
    """
    Writes one file, whole or not at all, and returns its path. `directory` is made if missing;
    a file that is there is replaced in one step. `OSError` when it cannot be done, `ValueError`
    when a long file has something in it that its format cannot say.
    """
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / file.name
    part = directory / f".{file.name}.{os.getpid()}.part"
    try:
        if file.writer is None:
            part.write_bytes(file.data)
        else:
            with part.open("wb") as out:
                file.writer(out)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return path
