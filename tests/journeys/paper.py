"""A letter in somebody's hand: its words, its address, and the code that a telephone would scan."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import Any

import pikepdf
import pytest
import segno
from PIL import Image
from pypdf import PdfReader

from tests.channels.pdf_reading import PaperReader, squeezed

DOTS_PER_INCH = 200
POINTS_PER_INCH = 72
DARK = 128


class Letter(PaperReader):
    """The letter of a permission as it is printed."""

    def text(self) -> str:
        """Its words as pypdf reads them."""
        pages = PdfReader(io.BytesIO(self.content)).pages
        return squeezed("".join(page.extract_text() for page in pages))

    def address(self) -> str:
        """The one address that it leads to."""
        links = {
            str(note.A.URI)
            for page in self.pdf.pages
            for note in page.get("/Annots", [])
            if note.Subtype == "/Link"
        }
        assert len(links) == 1
        return links.pop()

    def shows_code_of(self, address: str) -> bool:
        """
        Whether the code on the paper, module by module, is the one of this address. A scanner
        reads nothing else than these squares.
        """
        wanted = segno.make(address, error="m", micro=False).matrix
        picture, size = self._code(), len(wanted)
        step = (picture.width / size, picture.height / size)
        return all(
            (picture.getpixel((int((x + 0.5) * step[0]), int((y + 0.5) * step[1]))) < DARK)
            == bool(wanted[y][x])
            for y in range(size)
            for x in range(size)
        )

    def _code(self) -> Image.Image:
        """The square of the paper on which the code stands."""
        figure = self.tagged("Figure")[0]
        page, number = self._page_of(figure)
        left, bottom, right, top = (float(edge) for edge in _box(figure))
        scale, height = DOTS_PER_INCH / POINTS_PER_INCH, float(page.MediaBox[3])
        paper = self._printed(number)
        edges = (left, height - top, right, height - bottom)
        return paper.crop(tuple(round(edge * scale) for edge in edges))  # type: ignore[arg-type]

    def _page_of(self, tag: Any) -> tuple[Any, int]:
        pages = list(self.pdf.pages)
        page = tag.get("/Pg") or next(kid.Pg for kid in tag.K if "/Pg" in kid)
        return page, 1 + next(n for n, one in enumerate(pages) if one.obj == page)

    def _printed(self, number: int) -> Image.Image:
        if shutil.which("pdftoppm") is None:
            pytest.skip("pdftoppm is not installed (Debian: apt install poppler-utils)")
        resolution = ["-r", str(DOTS_PER_INCH), "-f", str(number), "-l", str(number)]
        printed = subprocess.run(
            ["pdftoppm", "-gray", *resolution, "-"],
            input=self.content,
            capture_output=True,
            check=True,
        )
        return Image.open(io.BytesIO(printed.stdout))


def _box(figure: Any) -> Any:
    """Where a figure stands, from its layout attributes (ISO 32000-1, 14.8.5.4.3)."""
    attributes = figure.A
    if isinstance(attributes, pikepdf.Array):
        attributes = next(one for one in attributes if "/BBox" in one)
    return attributes.BBox
