"""Leaflets that nobody expects, in every form: a clear refusal or the whole of it, never a half."""

from __future__ import annotations

import io
import json
import unicodedata
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from lxml import html as lxml_html

from patientinfo.channels.base import Channel, Context, NotRenderable
from patientinfo.channels.parts.cutting import cut_down
from patientinfo.channels.registry import channels
from patientinfo.formats.exchange import FORBIDDEN
from patientinfo.licensing.guard import EVERYTHING
from tests.channels.pdf_reading import PaperReader
from tests.channels.rendering import context_of, no_picture
from tests.channels.test_left_out import TODAY
from tests.channels.web_documents import document

WORD = "w" * 5000
SECTIONS = [
    {
        "id": f"s-{n}",
        "heading": f"Section {n}",
        "blocks": [{"type": "paragraph", "id": f"p-{n}", "text": f"It ends with {n}."}],
    }
    for n in range(200)
]


def said(text: str, **changes: Any) -> dict[str, Any]:
    """A leaflet that says this in its title, its text and its message to a phone."""
    block = {"type": "paragraph", "id": "p", "text": text}
    sections = [{"id": "s", "heading": "One", "blocks": [block]}]
    made = {"title": text, "sections": sections, "images": [], "short_text": text}
    return document(**{**made, **changes})


#: Name → leaflet, what has to be in it, and the reason for which paper is refused.
ODD: dict[str, tuple[dict[str, Any], str, str]] = {
    "control characters": (said("Nee\x00d\x0ble\x1b\x85 us\ufffee"), "Needle use", ""),
    "an emoji": (said("Needles 🪡"), "Needles 🪡", "missing_glyph"),
    "two hundred sections": (
        document(sections=SECTIONS, images=[], short_text="It ends with 199."),
        "It ends with 199.",
        "",
    ),
    "a long word": (said(WORD, title="Long"), WORD, ""),
    "a script without a font": (said("ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ"), "ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ", "missing_glyph"),
}
PAPER = {"pdf", "large-print"}
#: The channels in which pictures are; the others say what is on them.
PICTURED = {*PAPER, "epub", "fragment", "html", "screen"}
#: These say what the catalogue says of a leaflet, and nothing of its text.
WITHOUT_TEXT = {"jsonld"}


def made_by(channel: Channel, leaflet: dict[str, Any], **context: Any) -> bytes:
    left = cut_down(leaflet, EVERYTHING, TODAY)
    sheet = context_of(left.document).sheet
    picture = context.get("picture", context_of(left.document).picture)
    return channel.render(left.document, Context(sheet, picture))


def words_in(channel: Channel, content: bytes) -> str:
    """The words of a whole rendition; an error for what is none."""
    kind = channel.media_type.partition(";")[0]
    if kind == "application/pdf":
        assert content.rstrip().endswith(b"%%EOF")
        return PaperReader(content).text()
    if kind == "application/epub+zip":
        with ZipFile(io.BytesIO(content)) as book:
            assert book.testzip() is None
            pages = [book.read(name) for name in book.namelist() if name.endswith(".xhtml")]
        return "".join(text for page in pages for text in etree.fromstring(page).itertext())
    if kind == "text/html":
        return str(lxml_html.fromstring(content.decode()).text_content())
    if kind.endswith("xml") or channel.name == "xliff":
        return "".join(etree.fromstring(content).itertext())
    text = content.decode()
    return "".join(strings_of(json.loads(text))) if kind.endswith("json") else text


def strings_of(node: Any) -> list[str]:
    """Every text of a value of JSON, in order."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        return [text for each in node for text in strings_of(each)]
    return [node] if isinstance(node, str) else []


def has(found: str, words: str) -> bool:
    """Whether the words are there, wherever lines end; a very long one goes on over pages."""
    if words == WORD:
        return found.count("w") >= len(WORD)
    return plain(words) in plain(found)


def plain(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] in "LNS")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", channels())
def test_it_is_refused_or_whole(name, odd):
    leaflet, words, refused = ODD[odd]
    channel = channels()[name]
    if name in PAPER and refused:
        with pytest.raises(NotRenderable) as problem:
            made_by(channel, leaflet)
        assert problem.value.reason == refused
        return
    found = words_in(channel, made_by(channel, leaflet))
    assert not FORBIDDEN.search(found.replace("\f", ""))
    if name not in WITHOUT_TEXT or leaflet["title"] == words:
        assert has(found, words)


@pytest.mark.parametrize("name", channels())
def test_without_the_file_of_a_picture_it_is_refused_or_whole(name):
    leaflet = document(short_text="Rest.")
    channel = channels()[name]
    if name in PICTURED:
        with pytest.raises(NotRenderable) as problem:
            made_by(channel, leaflet, picture=no_picture)
        assert problem.value.reason == "missing_image"
        return
    found = words_in(channel, made_by(channel, leaflet, picture=no_picture))
    assert has(found, "Rest." if name == "sms" else leaflet["title"])
