"""
A whole rendition in reading order, as pieces that any format of flowing text can write.

Title, how it stands, sections, contact, record: nothing that a reader must be able to see depends
on a format remembering it. A format writes eight kinds of pieces and knows no Document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from patientinfo.channels.parts.inline import Mark, Run, Words, runs_of
from patientinfo.channels.parts.record import Line, Row
from patientinfo.channels.parts.sheet import Sheet

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`id` is the section's, empty for headings of ours."""

    level: int
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Items:
    """A list; in order when the steps are counted."""

    items: tuple[Runs, ...]
    ordered: bool = False
    lead_in: Runs = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands out: do, dont, note, warning, urgent or notice; `label` says which in words."""

    kind: str
    label: str
    heading: str
    lead_in: Runs
    items: tuple[Runs, ...]
    listed: bool


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """`about` are its caption, its owner and the owner's terms."""

    image: Mapping[str, Any]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A line in another language than the leaflet."""

    label: str
    line: Line


Piece = Heading | Paragraph | Items | Panel | Table | Picture | Facts | Foreign


def story_of(document: Mapping[str, Any], sheet: Sheet) -> Iterator[Piece]:
    """Everything, from the title to the permission to reproduce it."""
    yield from _opening(document, sheet)
    images = {image["id"]: image for image in document["images"]}
    for section in document["sections"]:
        yield Heading(2, section["heading"], section["id"])
        for block in section["blocks"]:
            yield from _block(block, sheet, images)
    if definitions := document.get("definitions"):
        yield Heading(2, sheet.word("words"))
        yield Facts(tuple(map(_definition, definitions)))
    if document["references"]:
        yield Heading(2, sheet.word("references"))
        yield Items(tuple(_reference(r, sheet) for r in document["references"]), ordered=True)
    yield from _closing(sheet)


def _opening(document: Mapping[str, Any], sheet: Sheet) -> Iterator[Piece]:
    yield Heading(1, document["title"])
    if sheet.original_title:
        yield Foreign(sheet.original_title.label, sheet.original_title.lines[0])
    yield Paragraph(_plain(document["summary"]))
    yield Facts(sheet.glance)
    yield from notices_in(sheet)


def notices_in(sheet: Sheet) -> Iterator[Piece]:
    """What a reader is told first: a draft, a translation that is behind and in which parts."""
    for notice in sheet.notices:
        items = tuple(map(_plain, notice.items))
        yield Panel("notice", notice.title, "", _plain(notice.text), items, listed=True)


def _closing(sheet: Sheet) -> Iterator[Piece]:
    if sheet.contact:
        yield Heading(2, sheet.word("contact"))
        if sheet.contact_name:
            yield Paragraph(_plain(sheet.contact_name))
        yield Facts(sheet.contact)
    yield from about_of(sheet)


def about_of(sheet: Sheet) -> Iterator[Piece]:
    """The record, and how to ask for another form or for permission."""
    yield Heading(2, sheet.word("about"))
    yield Facts(sheet.record)
    for asking in sheet.asking:
        yield Heading(3, asking.heading)
        yield Paragraph(_plain(asking.text))
        yield Paragraph(_linked(asking.where.text, asking.where.href))


def _plain(text: str) -> Runs:
    return (Words(text),) if text else ()


def _linked(text: str, href: str) -> Runs:
    return (Mark("a", _plain(text), href),) if href else _plain(text)


def _definition(definition: Mapping[str, Any]) -> Row:
    """A word that the leaflet uses, and what it means."""
    return Row(definition["term"], tuple(map(Line, definition["text"].split("\n"))), one=True)


def _reference(reference: Mapping[str, str], sheet: Sheet) -> Runs:
    return _linked(reference["text"], sheet.link_to(reference["url"]))


def _block(
    block: Mapping[str, Any], sheet: Sheet, images: Mapping[str, Mapping[str, Any]]
) -> Iterator[Piece]:
    def runs(inline: str) -> Runs:
        return runs_of(inline, sheet.link_to, rtl=sheet.rtl)

    match block["type"]:
        case "paragraph":
            yield Paragraph(runs(block["text"]))
        case "list" | "steps" as kind:
            items = tuple(runs(item["text"]) for item in block["items"])
            yield Items(items, kind == "steps", runs(block["lead_in"]))
        case "advice" | "callout" as kind:
            yield Panel(
                block["kind"],
                sheet.word(block["kind"]),
                block.get("heading", ""),
                runs(block.get("lead_in", "")),
                tuple(runs(item["text"]) for item in block["items"]),
                listed=kind == "advice",
            )
        case "table":
            yield Table(
                block["caption"],
                tuple(runs(column["text"]) for column in block["columns"]),
                tuple(tuple(runs(cell) for cell in row["cells"]) for row in block["rows"]),
            )
        case "image":
            if image := images.get(block["image"]):
                yield Picture(image, tuple(_about(image, sheet)))
        case "leaflet_link":
            link = _linked(block["text"], sheet.link_to(f"urn:uuid:{block['key']}"))
            yield Paragraph((Words(f"{sheet.word('read_also')}: "), *link))


def _about(image: Mapping[str, Any], sheet: Sheet) -> Iterator[str]:
    rights = image["rights"]
    if image["caption"]:
        yield image["caption"]
    if image["credit"] and image["credit"] != rights["holder"]:
        yield image["credit"]
    yield f"{sheet.word('picture_holder')} {rights['holder']}"
    if rights["statement"]:
        yield rights["statement"]
