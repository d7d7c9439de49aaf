"""
Every channel in every language of the sample, as it was agreed.

    UPDATE_GOLDENS=1 .venv/bin/pytest -n 0 tests/channels/test_goldens.py

writes what is made now; read the diff before you keep it. Bytes that change under the same version
of a channel fail: what was kept of an Edition, and every cache, would go on with the old ones.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import re
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from patientinfo.channels.base import Channel
from patientinfo.channels.registry import channels
from tests.channels.pdf_reading import PaperReader
from tests.channels.samples import GOLDEN, LOCALES, made

FOLDER = GOLDEN / "channels"
TABLE = FOLDER / "versions.json"
UPDATING = bool(os.environ.get("UPDATE_GOLDENS"))


def paper(content: bytes) -> str:
    """What is read of a PDF by its tags: its structure, its headings, what pictures show."""
    read = PaperReader(content)
    tags = [str(tag.S).removeprefix("/") for tag in read.tags()]
    return "\n".join(
        [
            f"title: {read.title}",
            f"language: {read.root.Lang}",
            "outline:",
            *(f"  {heading}" for heading in read.outline()),
            "pictures:",
            *(f"  {alt}" for alt in read.alt_texts()),
            "tags:",
            *(f"  {tag}" for tag in tags),
            "",
        ]
    )


def book(content: bytes) -> str:
    """An EPUB's files, and the words of those that are read."""
    with ZipFile(io.BytesIO(content)) as zipped:
        parts = []
        for name in zipped.namelist():
            parts.append(f"== {name}")
            if name.endswith((".xhtml", ".opf", ".ncx")):
                words = "\n".join(etree.fromstring(zipped.read(name)).itertext()).split("\n")
                parts += [line.strip() for line in words if line.strip()]
    return "\n".join([*parts, ""])


PAPER = {"pdf", "large-print"}
#: Where a line of paper breaks is computed with fractions that another processor rounds otherwise.
SAME_ARITHMETIC = platform.machine() == "x86_64" and sys.platform == "linux"
#: A picture within a text.
DATA = re.compile(r"(data:[a-z/+]+;base64,)([A-Za-z0-9+/=]+)")
#: Channels that show a translation's source have nothing to show of the source.
MADE = [
    (name, locale)
    for name, channel in channels().items()
    for locale in LOCALES
    if locale != "en" or not channel.shows_source
]
READERS: dict[str, Callable[[bytes], str]] = {"pdf": paper, "large-print": paper, "epub": book}


def golden_of(channel: Channel, locale: str) -> Path:
    ending = "txt" if channel.name in READERS else channel.extension
    return FOLDER / f"{channel.name}.{locale}.{ending}"


def as_text(channel: Channel, content: bytes) -> str:
    """What a person can read of it; a picture that stands in it by its digest."""
    reader = READERS.get(channel.name)
    text = reader(content) if reader else content.decode("utf-8")
    return DATA.sub(
        lambda found: f"{found[1]}{hashlib.sha256(found[2].encode()).hexdigest()}", text
    )


def fingerprint(channel: Channel, content: bytes) -> str:
    """
    The digest of its bytes; of a ZIP, of what is in it, since zlib's are not the same everywhere.
    """
    if channel.name != "epub":
        return hashlib.sha256(content).hexdigest()
    with ZipFile(io.BytesIO(content)) as zipped:
        parts = [name.encode() + b"\0" + zipped.read(name) for name in zipped.namelist()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@pytest.mark.parametrize(("name", "locale"), MADE)
def test_a_rendition_is_the_one_that_was_agreed(name: str, locale: str) -> None:
    channel = channels()[name]
    content = made(channel, locale)
    assert content == made(channel, locale), "the same input has to give the same bytes"
    path, text = golden_of(channel, locale), as_text(channel, content)
    if UPDATING:
        path.write_text(text, encoding="utf-8", newline="")
        _note(channel, locale, content)
    with path.open(encoding="utf-8", newline="") as golden:
        assert text == golden.read()
    noted = json.loads(TABLE.read_text(encoding="utf-8"))[name]
    assert channel.version == noted["version"], "a new version: update the goldens"
    if name in PAPER and not SAME_ARITHMETIC:
        return
    digest = fingerprint(channel, content)
    assert digest == noted["digests"][locale], "other bytes under the same version: give a new one"


def _note(channel: Channel, locale: str, content: bytes) -> None:
    """Keeps the digest; one of another version goes, with those of the other languages."""
    table = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}
    noted = table.get(channel.name, {})
    if noted.get("version") != channel.version:
        noted = {"version": channel.version, "digests": {}}
    noted["digests"][locale] = fingerprint(channel, content)
    table[channel.name] = noted
    TABLE.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")
