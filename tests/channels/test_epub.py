"""E-books: judged by EPUBCheck, which we did not write, and read back."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from patientinfo.channels.base import Context, NotRenderable
from patientinfo.channels.epub import EpubChannel
from patientinfo.formats.inline import plain_text
from patientinfo.formats.segments import segments_of
from tests.channels.pdf_reading import squeezed
from tests.channels.rendering import context_of, no_picture, rendered
from tests.channels.samples import LOCALES, made
from tests.channels.web_documents import document, translated, translated_meta
from tests.java import java

BOOK = EpubChannel()


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def page(content: bytes, name: str = "leaflet.xhtml") -> BeautifulSoup:
    return BeautifulSoup(opened(content).read(f"EPUB/{name}"), "html.parser")


def epubcheck(file: Path) -> dict:
    """What EPUBCheck says of a file, as its JSON."""
    found = shutil.which("epubcheck")
    if found is None:
        pytest.skip("EPUBCheck is not installed (Debian: apt install epubcheck)")
    program = Path(found).resolve()
    # Debian's is a jar that only some machines can start by itself.
    command = java(program) if program.suffix == ".jar" else [str(program)]
    report = file.with_suffix(".json")
    subprocess.run([*command, str(file), "--json", str(report)], capture_output=True, check=False)
    return json.loads(report.read_text(encoding="utf-8"))


def test_epubcheck_finds_nothing(tmp_path):
    file = tmp_path / "leaflet.epub"
    meta = translated_meta("ar", "behind", ("after", "title"))
    file.write_bytes(rendered(BOOK, translated("ar"), meta))
    assert epubcheck(file)["messages"] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_epubcheck_finds_nothing_in_the_sample(locale, tmp_path):
    file = tmp_path / "leaflet.epub"
    file.write_bytes(made(BOOK, locale))
    assert epubcheck(file)["messages"] == []


def test_every_word_and_the_record_are_in_the_book():
    text = squeezed(page(rendered(BOOK, document())).get_text())
    for segment in segments_of(document()):
        if not segment.path.endswith("/alt"):
            assert squeezed(plain_text(segment.text)) in text, segment.path
    for words in ("Dr P. Approver (fictional)", "Studio Fictional", "Permission to reproduce"):
        assert squeezed(words) in text


def test_a_book_knows_its_language_direction_and_sections():
    content = rendered(BOOK, translated("ar"), translated_meta("ar"))
    html = page(content).html
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    assert 'page-progression-direction="rtl"' in opened(content).read("EPUB/package.opf").decode()
    links = page(content, "contents.xhtml").select("nav a")
    assert [link["href"] for link in links] == [
        "leaflet.xhtml#s-what-is-it",
        "leaflet.xhtml#s-after",
    ]
    assert all(page(content).find(id=link["href"].partition("#")[2]) for link in links)
    source = page(content).find(lang="en")
    assert source["dir"] == "ltr"


def test_pictures_are_in_the_book_with_their_words():
    content = rendered(BOOK, document())
    picture = page(content).img
    assert picture["alt"] == "A thin needle above a muscle."
    assert opened(content).read(f"EPUB/{picture['src']}").startswith(b"\x89PNG")
    assert page(rendered(BOOK, document(), parts=("text",))).img is None


def test_the_mimetype_comes_first_and_the_bytes_are_always_the_same():
    content = rendered(BOOK, document())
    first = opened(content).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert content[38:58] == b"application/epub+zip"
    assert content == rendered(BOOK, document())


def test_a_picture_that_is_gone_makes_no_book():
    doc = document()
    with pytest.raises(NotRenderable) as refused:
        BOOK.render(doc, Context(context_of(doc).sheet, no_picture))
    assert refused.value.reason == "missing_image"
