"""Words that the glossary explains to patients are explained in every form that people read."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree, html

from patientinfo.channels.base import Channel, Context
from patientinfo.channels.parts.cutting import cut_down
from patientinfo.channels.registry import channels
from patientinfo.licensing.guard import EVERYTHING
from tests.channels.pdf_reading import PaperReader, squeezed
from tests.channels.samples import picture, sample, sheet
from tests.channels.test_epub import epubcheck
from tests.channels.test_left_out import TODAY

#: Forms of the whole leaflet for people; files for translators and catalogues explain nothing.
FORMS = (
    "pdf", "large-print", "epub", "text", "markdown", "speech", "fragment", "html", "fhir",
    "infobutton", "screen",
)  # fmt: skip
HEADINGS = {"en": "Words explained", "nl": "Woorden uitgelegd", "ar": "شرح الكلمات"}
SAID = {
    "en": ("trigger point", "A tight knot in a muscle.", "It can hurt & spread."),
    "nl": ("triggerpoint", "Een strakke knoop in een spier.", "Die kan pijn doen & uitstralen."),
    "ar": ("نقطة الزناد", "عقدة مشدودة في العضلة.", "قد تؤلم وتنتشر."),
}


def explaining(locale: str) -> dict[str, Any]:
    """The sample with a word explained, in two lines."""
    term, *lines = SAID[locale]
    entry = {"id": "0d5a1c52", "term": term, "text": "\n".join(lines), "forms": [term]}
    return {**sample(locale), "definitions": [entry]}


def rendered(channel: Channel, document: dict[str, Any]) -> bytes:
    left = cut_down(document, EVERYTHING, TODAY)
    around = sheet(left.document, left.withheld)
    return channel.render(left.document, Context(around, picture))


def words_of(channel: Channel, content: bytes) -> str:
    """What is read of a form, whatever its marks."""
    match channel.name:
        case "epub":
            with ZipFile(io.BytesIO(content)) as book:
                content = book.read(_page_in(book))
            said = "".join(etree.fromstring(content).itertext())
        case "pdf" | "large-print":
            said = PaperReader(content).raw_text()
        case "fragment" | "html":
            said = html.fromstring(content.decode()).text_content()
        case "speech" | "infobutton":
            said = "".join(etree.fromstring(content).itertext())
        case "fhir" | "screen":
            said = "\n".join(_texts(json.loads(content)))
        case _:
            said = content.decode()
    return squeezed(re.sub(r"<[^>]*>|[\\*]", "", said).replace("&amp;", "&"))


def _page_in(book: ZipFile) -> str:
    return next(name for name in book.namelist() if name.endswith("leaflet.xhtml"))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for member in value.values() for text in _texts(member)]
    if isinstance(value, list):
        return [text for member in value for text in _texts(member)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("locale", SAID)
@pytest.mark.parametrize("name", FORMS)
def test_a_word_is_explained_after_the_text(name: str, locale: str) -> None:
    channel = channels()[name]
    said = words_of(channel, rendered(channel, explaining(locale)))
    places = [said.rfind(squeezed(words)) for words in (HEADINGS[locale], *SAID[locale])]
    assert -1 not in places, places
    last = sample(locale)["sections"][-1]["heading"]
    assert said.rfind(squeezed(last)) < places[2]


@pytest.mark.parametrize("name", FORMS)
def test_what_explains_nothing_has_no_heading_for_it(name: str) -> None:
    channel = channels()[name]
    said = words_of(channel, rendered(channel, sample("en")))
    assert squeezed(HEADINGS["en"]) not in said


@pytest.mark.parametrize("locale", SAID)
def test_the_book_stays_valid(locale: str, tmp_path: Any) -> None:
    file = tmp_path / "leaflet.epub"
    file.write_bytes(rendered(channels()["epub"], explaining(locale)))
    assert epubcheck(file)["messages"] == []
