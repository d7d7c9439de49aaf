"""
The Infobutton's answer: leaflets as an Atom feed (RFC 4287), or as the JSON that MedlinePlus
Connect makes of one, so that a health record which knows that service can read it unchanged.

An entry has what the catalogue says of a leaflet; its words are the entry's `content`, when they
may be given.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.translation import gettext_lazy as _
from lxml import etree
from lxml.builder import ElementMaker

from patientinfo.channels.base import Channel, Context, Document
from patientinfo.channels.parts.inline import Words
from patientinfo.channels.parts.record import credit_of
from patientinfo.channels.parts.sheet import Sheet
from patientinfo.channels.parts.story import (
    Facts,
    Paragraph,
    Piece,
    about_of,
    notices_in,
    story_of,
)
from patientinfo.channels.parts.xhtml import narrative
from patientinfo.licensing.terms import Use

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
NEVER = "1970-01-01T00:00:00Z"
Json = dict[str, Any]

E = ElementMaker(namespace=ATOM, nsmap={None: ATOM})


@dataclass(frozen=True, slots=True)
class Entry:
    """One leaflet. `content` is empty when its words are not given."""

    id: str
    title: str
    href: str
    updated: str
    language: str
    summary: str
    rights: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """The answer; `categories` repeat what was asked: (parameter, value)."""

    id: str
    title: str
    subtitle: str
    language: str
    base: str
    entries: tuple[Entry, ...] = ()
    categories: tuple[tuple[str, str], ...] = ()

    @property
    def updated(self) -> str:
        return max((entry.updated for entry in self.entries), default=NEVER)


class InfobuttonChannel(Channel):
    """A leaflet as an entry of knowledge, for a health record that asks for context."""

    name = "infobutton"
    label = _("For health records (Infobutton)")
    media_type = "application/atom+xml; charset=utf-8"
    extension = "atom"
    needs = frozenset[str]()
    uses = frozenset({Use.PORTAL})
    version = "4"

    def render(self, document: Document, context: Context) -> bytes:
        entry = entry_of(document, context.sheet)
        name = context.sheet.site_name or document["rights"]["holder"]
        return as_atom(
            Feed(f"urn:uuid:{document['key']}", name, entry.title, entry.language, "", (entry,))
        )


def entry_of(document: Document, sheet: Sheet) -> Entry:
    """A leaflet that was cut down to what may leave."""
    whole = any(section["blocks"] for section in document["sections"])
    return Entry(
        id=uuid.uuid5(uuid.UUID(document["key"]), document["locale"]).urn,
        title=document["title"],
        href=sheet.url,
        updated=document["issued_at"] or NEVER,
        language=document["locale"],
        summary=narrative(_summary(document, sheet, whole=whole), sheet),
        rights=document["rights"]["statement"],
        content=narrative(story_of(document, sheet), sheet) if whole else "",
    )


def _summary(document: Document, sheet: Sheet, *, whole: bool) -> Iterator[Piece]:
    """What the leaflet is about and how it stands; all of its record where no content has that."""
    yield Paragraph((Words(document["summary"]),))
    yield from notices_in(sheet)
    if not whole:
        yield from about_of(sheet)
        return
    yield Facts(sheet.glance)
    if credit := credit_of(document, sheet.licence):
        yield Paragraph((Words(credit),))


# Atom


def as_atom(feed: Feed) -> bytes:
    """RFC 4287."""
    root = E.feed(
        E.title(feed.title, type="text"),
        E.subtitle(feed.subtitle, type="text"),
        E.author(E.name(feed.title), *([E.uri(feed.base)] if feed.base else [])),
        E.updated(feed.updated),
        *(E.category(scheme=scheme, term=term) for scheme, term in feed.categories),
        E.id(feed.id),
        *map(_atom_entry, feed.entries),
    )
    root.set(f"{{{XML}}}lang", feed.language)
    if feed.base:
        root.set(f"{{{XML}}}base", feed.base)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return made


def _atom_entry(entry: Entry) -> Any:
    made = E.entry(E.title(entry.title, type="text"))
    if entry.href:
        made.append(E.link(rel="alternate", type="text/html", title=entry.title, href=entry.href))
    made.extend([E.id(entry.id), E.summary(entry.summary, type="html")])
    if entry.content:
        made.append(E.content(entry.content, type="html"))
    made.append(E.updated(entry.updated))
    if entry.rights:
        made.append(E.rights(entry.rights, type="text"))
    made.set(f"{{{XML}}}lang", entry.language)
    return made


# JSON


def as_json(feed: Feed) -> bytes:
    """The same, with the names that MedlinePlus Connect gives to attributes and texts."""
    return orjson.dumps({"feed": _json_feed(feed)})


def _json_feed(feed: Feed) -> Json:
    return {
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "base": feed.base,
        "lang": feed.language,
        "title": _value(feed.title, "text"),
        "subtitle": _value(feed.subtitle, "text"),
        "author": {"name": _value(feed.title), "uri": _value(feed.base)},
        "updated": _value(feed.updated),
        "category": _categories(feed.categories),
        "id": _value(feed.id),
        "entry": [_json_entry(entry) for entry in feed.entries],
    }


def _categories(categories: Iterable[tuple[str, str]]) -> list[Json]:
    return [{"scheme": scheme, "term": term} for scheme, term in categories]


def _json_entry(entry: Entry) -> Json:
    link = {"title": entry.title, "rel": "alternate", "type": "html", "href": entry.href}
    made = {
        "lang": entry.language,
        "title": _value(entry.title, "text"),
        "link": [link] if entry.href else [],
        "id": _value(entry.id),
        "summary": _value(entry.summary, "html"),
        "updated": _value(entry.updated),
        "rights": _value(entry.rights, "text"),
    }
    return {**made, "content": _value(entry.content, "html")} if entry.content else made


def _value(text: str, kind: str = "") -> Json:
    return {"_value": text, "type": kind} if kind else {"_value": text}
