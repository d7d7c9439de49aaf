"""Files as answers: one as an attachment, many as a ZIP that is written to disk, not to memory."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from patientinfo.exchange.export import FORMATS, ExportFile, NotExported
from patientinfo.exchange.kinds import KINDS, TMX
from patientinfo.exchange.selection import Selection

#: Format → its name for people.
DOWNLOADS = {**{name: kind.label for name, kind in KINDS.items()}, TMX: "TMX"}


def attachment(response: Any, name: str) -> HttpResponse:
    """An answer that a browser saves under `name`."""
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", response)


def zip_response(kind: str, selection: Selection) -> HttpResponse:
    """The files of a selection in one of `DOWNLOADS`' formats."""
    out = TemporaryFile()  # noqa: SIM115 (the response closes it)
    _write_zip(out, FORMATS[kind](selection))
    out.seek(0)
    response = FileResponse(out, content_type="application/zip")
    return attachment(response, f"translations-{kind}.zip")


def _write_zip(out: Any, files: Iterable[ExportFile | NotExported]) -> None:
    """Each file as a member; what could not be made is named in one more."""
    failed = []
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for file in files:
            if isinstance(file, NotExported):
                failed.append(f"{file.name}: {file.reason}")
                continue
            with archive.open(file.name, "w", force_zip64=True) as member:
                file.write_to(cast("Any", member))
        if failed:
            archive.writestr("NOT-EXPORTED.txt", "\n".join([*failed, ""]))
