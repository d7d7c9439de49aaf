"""
Canaries: words that stand in one place each, and the bytes of photos, to be found in any answer.

A canary is a word of nine letters without a vowel, so that no writer of formats parts it at a
syllable and no check takes it for a number. It says nothing by itself; the register knows where it
was planted. Finding looks through every byte of an answer: what is compressed, packed or typeset is
taken apart first.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import StreamObject

#: Where a canary can be planted.
CATALOGUE, TEXT, PHOTO = "catalogue", "text", "photo"
DRAFT, STORE, GLOSSARY, REQUEST = "draft", "store", "glossary", "request"
TERMS, REASON, CREDIT = "terms", "reason", "credit"
KINDS = (CATALOGUE, TEXT, PHOTO, DRAFT, STORE, GLOSSARY, REQUEST, TERMS, REASON, CREDIT)

_LETTERS = "bcdghkmnprtvw"
WORD = re.compile(rb"xqz[bcdghkmnprtvw]{6}")
_APART = re.compile(rb"\s+|\xc2\xad|\xe2\x80[\x8b-\x8f]")
#: Bytes of a file that are looked for: enough to be found by nothing but the file.
_SLICE = 40


@dataclass(frozen=True)
class Canary:
    """
    One planted word or file. `editions` are those whose Document holds it; `photo` is the title of
    the picture that it belongs to; `licence` the name of the reader whose licence says it.
    """

    kind: str
    leaflet: str = ""
    locale: str = ""
    editions: frozenset[int] = frozenset()
    photo: str = ""
    licence: str = ""
    what: str = "words"

    def __str__(self) -> str:
        return " ".join(
            filter(
                None,
                (
                    self.kind,
                    self.what,
                    self.leaflet,
                    self.locale,
                    "/".join(map(str, sorted(self.editions))),
                    self.photo,
                    self.licence,
                ),
            )
        )


@dataclass
class Register:
    """Every canary that was planted."""

    words: dict[bytes, Canary] = field(default_factory=dict)
    files: dict[bytes, Canary] = field(default_factory=dict)
    _seen: dict[bytes, frozenset[Canary]] = field(default_factory=dict)

    def word(self, kind: str, **where: Any) -> str:
        """A new word to plant."""
        number, letters = len(self.words), ""
        for _ in range(6):
            number, digit = divmod(number, len(_LETTERS))
            letters += _LETTERS[digit]
        editions = frozenset(where.pop("editions", ()))
        self.words[f"xqz{letters}".encode()] = Canary(kind, editions=editions, **where)
        return f"xqz{letters}"

    def plant_file(self, data: bytes, canary: Canary) -> None:
        """The bytes of a picture, as they are and as rows of colours (a PDF unpacks PNG)."""
        half = len(data) // 2
        self.files[data[half : half + _SLICE]] = canary
        with Image.open(io.BytesIO(data)) as opened:
            colours = opened.convert("RGB").tobytes()
        self.files[colours[:_SLICE]] = canary

    def found_in(self, answer: HttpResponse) -> frozenset[Canary]:
        """Every canary in an answer: its headers, and its body in whatever it is packed."""
        headers = "\n".join(f"{name}: {value}" for name, value in answer.items()).encode()
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.get("Content-Encoding") == "gzip" and body:
            body = gzip.decompress(body)
        found = self._seen.get(body)
        if found is None:
            found = self._seen[body] = self.found(*unpacked(body))
        return found | self.found(headers)

    def found(self, *pieces: bytes) -> frozenset[Canary]:
        found: set[Canary] = set()
        for piece in pieces:
            words = WORD.findall(piece.lower())
            found.update(self.words[word] for word in words if word in self.words)
            found.update(canary for part, canary in self.files.items() if part in piece)
        return frozenset(found)


def unpacked(body: bytes) -> Iterator[bytes]:
    """A body, and all that is packed in it."""
    yield body
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield from unpacked(packed.read(name))
    elif body.startswith(b"%PDF"):
        yield from _of_pdf(body)


def _of_pdf(body: bytes) -> Iterator[bytes]:
    """What a PDF says to a reader, what it says of itself, and each stream unpacked."""
    pdf = PdfReader(io.BytesIO(body))
    text = "\n".join(page.extract_text() for page in pdf.pages).encode()
    yield text
    yield _APART.sub(b"", text)  # a typesetter parts letters to justify a line
    yield json.dumps({k: str(v) for k, v in (pdf.metadata or {}).items()}).encode()
    for number in pdf.xref_objStm.keys() | {n for ids in pdf.xref.values() for n in ids}:
        found: Any = pdf.get_object(number)
        if isinstance(found, StreamObject):
            if found.get("/Subtype") == "/Image" and found.get("/Filter") == "/DCTDecode":
                yield found._data  # a JPEG as it was put in
            elif found.get("/Type") != "/ObjStm":
                yield found.get_data()
        elif isinstance(found, Mapping):
            yield str(found).encode()  # names, descriptions of pictures, links
