"""Typst: data in, one PDF/UA-1 file out; the same data gives the same bytes."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from patientinfo.channels.base import NotRenderable
from patientinfo.channels.pdf import fonts
from patientinfo.channels.pdf.content import texts_of
from patientinfo.channels.pdf.marks import say_letters_once

TEMPLATE = Path(__file__).with_name("leaflet.typ")
STANDARD: typst.PDFStandard = "ua-1"
_here = threading.local()
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def typeset(
    content: Mapping[str, Any],
    files: Mapping[str, bytes],
    issued_at: str,
    template: Path = TEMPLATE,
) -> bytes:
    """
    The PDF of `content` by a template, which gets it as JSON. `files` are pictures by the names
    that the content uses; `issued_at` becomes the date inside the file. Typst refuses what PDF/UA-1
    does not allow, and so do we.
    """
    names = fonts.packages()
    data = {**content, "fonts": list(fonts.families(fonts.in_order(texts_of(content))))}
    with tempfile.TemporaryDirectory(prefix="leaflet-") as folder:
        for name, picture in files.items():
            Path(folder, name).write_bytes(picture)
        try:
            made = _compiler(names).compile(
                root=folder,
                input=_source(template),
                format="pdf",
                pdf_standards=STANDARD,
                timestamp=datetime.fromisoformat(issued_at) if issued_at else _EPOCH,
                sys_inputs={"content": json.dumps(data, ensure_ascii=False)},
            )
        except typst.TypstError as error:
            raise NotRenderable("failed", f"It cannot be set on paper: {error.message}") from error
    if not isinstance(made, bytes):
        raise NotRenderable("failed", "It cannot be set on paper: nothing was made.")
    return say_letters_once(made)


def _compiler(names: tuple[str, ...]) -> typst.Compiler:
    """This thread's compiler, as one takes one file at a time; it keeps what it made of fonts."""
    kept: tuple[tuple[str, ...], typst.Compiler] | None = getattr(_here, "kept", None)
    if kept is None or kept[0] != names:
        made = typst.Compiler(font_paths=fonts.loaded(names), ignore_system_fonts=True)
        kept = _here.kept = (names, made)
    return kept[1]


@cache
def _source(template: Path) -> bytes:
    return template.read_bytes()
