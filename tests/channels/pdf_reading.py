"""Reading a PDF as assistive technology does: by its tags, with a library that we did not write."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

HEADING = re.compile(r"^/H(\d)$")
#: Steers the direction of text or offers a break, and is not a word.
UNSEEN = re.compile("[\u200b-\u200f\u2066-\u2069\u00ad\ufeff]")


class PaperReader:
    """One PDF file: its document information, its tree of tags, its words."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.root = self.pdf.Root

    @property
    def is_ua(self) -> bool:
        with self.pdf.open_metadata() as metadata:
            return bool(metadata.get("pdfuaid:part") == "1")

    def problems(self) -> list[str]:
        """What QPDF finds wrong with the file's structure."""
        return [str(problem) for problem in self.pdf.check_pdf_syntax()]

    @property
    def title(self) -> str:
        with self.pdf.open_metadata() as metadata:
            return str(metadata["dc:title"])

    def tags(self) -> Iterator[Any]:
        """Every element of the structure tree, in reading order."""
        yield from _below(self.root.StructTreeRoot)

    def tagged(self, name: str) -> list[Any]:
        return [tag for tag in self.tags() if f"/{name}" == tag.S]

    def heading_levels(self) -> list[int]:
        found = (HEADING.match(str(tag.S)) for tag in self.tags())
        return [int(match[1]) for match in found if match]

    def alt_texts(self) -> list[str]:
        return [str(tag.Alt) for tag in self.tagged("Figure") if "/Alt" in tag]

    def outline(self) -> list[str]:
        """Its bookmarks, in order, those below others too."""
        return list(_titles(PdfReader(io.BytesIO(self.content)).outline))

    def fonts(self) -> set[str]:
        """The families that it is set in."""
        found = (page.Resources.Font.values() for page in self.pdf.pages)
        names = (str(font.BaseFont) for fonts in found for font in fonts)
        return {name.partition("+")[2].partition("-")[0] for name in names}

    def text(self) -> str:
        """Its letters and digits, as they are copied out of it."""
        return squeezed(self.raw_text())

    def raw_text(self) -> str:
        """What is copied out of it, as it is."""
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext is not installed (Debian: apt install poppler-utils)")
        said = subprocess.run(
            ["pdftotext", "-enc", "UTF-8", "-", "-"],
            input=self.content,
            capture_output=True,
            check=True,
        )
        return said.stdout.decode()


def _titles(items: Iterable[Any]) -> Iterator[str]:
    for item in items:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield str(item.title)


def _below(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _below(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node and node.get("/Type") != "/MCR":
            yield node
        if "/K" in node:
            yield from _below(node.K)


def squeezed(text: str) -> str:
    """Letters and digits alone: lines are broken anywhere, and a list's bullet is no word."""
    spelt = unicodedata.normalize("NFKC", UNSEEN.sub("", text))
    return "".join(c for c in spelt if unicodedata.category(c)[0] in "LN")
