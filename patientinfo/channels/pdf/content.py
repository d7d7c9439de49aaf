"""A Document and its Sheet as plain data for the template, one member for each thing to be set."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import segno

from patientinfo.channels.parts.inline import (
    Break,
    Mark,
    Run,
    Words,
    runs_of,
    shifted,
    unsaid,
    words_of,
)
from patientinfo.channels.parts.record import Line, Row
from patientinfo.channels.parts.sheet import Sheet
from patientinfo.channels.pdf import fonts
from patientinfo.formats.inline import plain_text

Json = dict[str, Any]

#: A word that no line holds gets places to break at: this many characters apart.
_LONG_WORD = re.compile(r"\S{36,}")
_STRETCH = 18
_ZERO_WIDTH_SPACE = "\u200b"

#: Characters up to which a call-out is kept on one page; a longer one may not fit on any.
KEPT_TOGETHER = 900

#: Image id -> the name of its file beside the template; empty where a draft has none yet.
Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Print:
    """What a size of print means, in points."""

    body: float
    small: float
    margin: float


def breakable(text: str) -> str:
    """`text`, its very long words with places to break at that nobody sees."""
    return _LONG_WORD.sub(lambda word: _ZERO_WIDTH_SPACE.join(_stretches(word[0])), text)


def _stretches(word: str) -> Iterator[str]:
    """A long word in parts; a sentence of Chinese is one too, with figures in it."""
    start = 0
    for place in range(1, len(word)):
        if place - start >= _STRETCH and _may_part(word[place - 1], word[place]):
            yield word[start:place]
            start = place
    yield word[start:]


def _may_part(before: str, after: str) -> bool:
    """Nothing of one letter goes to another line, and nothing of one number."""
    if unicodedata.category(after)[0] in "MC" or unicodedata.category(before) == "Cf":
        return False
    if after.isdecimal():
        return before.isalpha()
    return not before.isdecimal() or after.isalpha()


def content_of(document: Mapping[str, Any], sheet: Sheet, files: Files, size: Print) -> Json:
    """Everything that the template shows."""
    images = {image["id"]: image for image in document["images"]}
    set_block = partial(_block, sheet=sheet, images=images, files=files)
    return {
        "print": {"body": size.body, "small": size.small, "margin": size.margin},
        "lang": sheet.language.code,
        "rtl": sheet.rtl,
        "title": breakable(document["title"]),
        "summary": breakable(document["summary"]),
        "author": document["rights"]["holder"],
        "site": sheet.site_name,
        "tags": list(sheet.tags),
        "draft": sheet.draft,
        "edition": sheet.edition,
        "digest": sheet.digest.removeprefix("sha256:")[:12],
        "digits": list(sheet.digits),
        "url": sheet.url,
        "qr": _qr(sheet),
        "words": dict(sheet.words),
        "original": _row(sheet.original_title) if sheet.original_title else None,
        "notices": [
            {
                "title": notice.title,
                "text": notice.text,
                "items": [breakable(i) for i in notice.items],
            }
            for notice in sheet.notices
        ],
        "glance": [_row(row) for row in sheet.glance],
        "sections": [
            {
                "heading": breakable(section["heading"]),
                "blocks": [set_block(block) for block in section["blocks"]],
            }
            for section in document["sections"]
        ],
        "definitions": [
            {
                "term": breakable(definition["term"]),
                "lines": [breakable(line) for line in definition["text"].split("\n")],
            }
            for definition in document.get("definitions", ())
        ],
        "references": [
            {"text": breakable(reference["text"]), "href": sheet.link_to(reference["url"])}
            for reference in document["references"]
        ],
        "contact": {"name": sheet.contact_name, "rows": [_row(row) for row in sheet.contact]},
        "record": [_row(row) for row in sheet.record],
        "asking": [
            {"heading": a.heading, "text": a.text, "where": _line(a.where)} for a in sheet.asking
        ],
        "licence": sheet.licence.number if sheet.licence else "",
        "credit": document["rights"]["credit"],
    }


def texts_of(content: Any, name: str = "") -> Iterator[str]:
    """Every text of the data that is drawn."""
    if isinstance(content, str):
        if name not in _NOT_DRAWN:
            yield content
    elif isinstance(content, dict):
        for member, value in content.items():
            yield from texts_of(value, member)
    elif isinstance(content, list):
        for value in content:
            yield from texts_of(value, name)


_NOT_DRAWN = {"href", "alt", "file", "qr", "lang", "url", "type", "kind", "mark"}


def _qr(sheet: Sheet) -> Json | None:
    """The code that leads from paper to the current edition; a draft has no address yet."""
    if not sheet.url:
        return None
    return {"qr": _code_of(sheet.url), "alt": sheet.word("code_for") % {"address": sheet.url}}


@lru_cache(maxsize=500)
def _code_of(address: str) -> str:
    """An address as an SVG picture, as small as a phone can still read it."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", border=0, xmldecl=False, dark="#123f35")
    return out.getvalue().decode()


def _row(row: Row) -> Json:
    return {"label": row.label, "lines": [_line(line) for line in row.lines]}


def _line(line: Line) -> Json:
    return {
        "text": breakable(line.text),
        "href": line.href,
        "lang": line.lang,
        "code": line.code,
    }


def _runs(inline: str, sheet: Sheet) -> list[Any]:
    return [_run(run) for run in runs_of(inline, sheet.link_to, rtl=sheet.rtl)]


def _run(run: Run) -> Any:
    match run:
        case Words(text):
            return breakable(text)
        case Break():
            return {"mark": "br"}
        case Mark("sup" | "sub") if one := _drawn_as_one(run):
            return one
        case Mark(tag, runs, href):
            set_runs = [_run(inner) for inner in runs]
            if more := unsaid("".join(words_of(runs)), href):
                set_runs.append(f" ({more})")
            return {"mark": tag, "href": href, "runs": set_runs}


def _drawn_as_one(raised: Mark) -> str:
    """
    Raised or lowered figures as characters of their own, where a font has them: a screen reader,
    a search and whoever copies a sentence find 10⁶ then, and not 106.
    """
    words = "".join(words_of(raised.runs))
    one = shifted(raised.tag, words)
    drawn = one != words and fonts.glyphs(fonts.packages()).issuperset(map(ord, one))
    return one if drawn and one[0] not in "^_" else ""


def _block(
    block: Mapping[str, Any],
    sheet: Sheet,
    images: Mapping[str, Mapping[str, Any]],
    files: Files,
) -> Json:
    kind = block["type"]
    if kind == "image":
        image = images.get(block["image"])
        return _image(image, files) if image else {"type": "nothing"}
    return {"type": kind, **_SETTERS[kind](block, sheet)}


def _paragraph(block: Mapping[str, Any], sheet: Sheet) -> Json:
    return {"runs": _runs(block["text"], sheet)}


def _items(block: Mapping[str, Any], sheet: Sheet) -> Json:
    length = sum(len(plain_text(item["text"])) for item in block["items"])
    return {
        "kind": block.get("kind", ""),
        "lead_in": _runs(block.get("lead_in", ""), sheet),
        "heading": breakable(block.get("heading", "")),
        "items": [_runs(item["text"], sheet) for item in block["items"]],
        "together": length <= KEPT_TOGETHER,
    }


def _table(block: Mapping[str, Any], sheet: Sheet) -> Json:
    width = len(block["columns"])
    rows = [[_runs(cell, sheet) for cell in row["cells"]] for row in block["rows"]]
    return {
        "caption": breakable(block["caption"]),
        "columns": [_runs(column["text"], sheet) for column in block["columns"]],
        "rows": [(row + [[]] * width)[:width] for row in rows],
    }


def _image(image: Mapping[str, Any], files: Files) -> Json:
    rights = image["rights"]
    credit = image["credit"] if image["credit"] != rights["holder"] else ""
    return {
        "type": "image",
        "file": files.get(image["id"], ""),
        "alt": image["alt"],
        "tall": image["height"] > image["width"],
        "caption": breakable(image["caption"]),
        "rights": [breakable(line) for line in (credit, rights["statement"]) if line],
        "holder": rights["holder"],
    }


def _leaflet_link(block: Mapping[str, Any], sheet: Sheet) -> Json:
    return {"text": breakable(block["text"]), "href": sheet.link_to(f"urn:uuid:{block['key']}")}


_SETTERS: dict[str, Callable[[Mapping[str, Any], Sheet], Json]] = {
    "paragraph": _paragraph,
    "list": _items,
    "steps": _items,
    "advice": _items,
    "callout": _items,
    "table": _table,
    "leaflet_link": _leaflet_link,
}
