"""
A page as plain data: what it says, in the shape of a Document's content.

The one place where a stored body is read. Approval fingerprints, segments and Documents are all
made from what this returns, so they cannot disagree about the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import orjson
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page

from patientinfo.formats.canonical import digest
from patientinfo.formats.inline import clean_text
from patientinfo.leaflets import richtext
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.slots import Raw, items_of, slots

if TYPE_CHECKING:
    from patientinfo.leaflets.leaflet_page import LeafletPage

Content = dict[str, Any]


def raw_body(page: LeafletPage) -> list[Raw]:
    """The stored body as JSON values, free to change: it is a copy."""
    # Wagtail hands out the values that the page itself still holds. They are JSON, so writing and
    # reading them is the quickest copy.
    body: list[Raw] = orjson.loads(orjson.dumps(page.body.get_prep_value()))
    return body


def leaflet_keys(ids: Iterable[int | None]) -> dict[int, str]:
    """
    The key of each linked leaflet by page id. A page that is no leaflet has none: a key that names
    no Edition would lead a reader nowhere. An alias leads to the leaflet that it shows.
    """
    leaflet = ContentType.objects.get_by_natural_key("patientinfo", "leafletpage")
    pages = Page.objects.filter(pk__in=set(ids) - {None}, content_type=leaflet).order_by()
    found = pages.values_list("pk", "translation_key", "alias_of__translation_key")
    return {pk: str(shown or own) for pk, own, shown in found}


def _blocks(body: list[Raw]) -> list[Raw]:
    return [block for section in body for block in section["value"].get("blocks") or []]


def _pictures(blocks: Iterable[Raw]) -> dict[str, int]:
    """The id of the image of each picture, by the key of its block."""
    values = [block["value"] for block in blocks if block["type"] == "image"]
    return {value.get("key") or "": value["image"] for value in values if value.get("image")}


class _Reader:
    """
    Reads one body; holds what its links and pictures point to, fetched at once.

    `own_words`: a picture without words of its own here shows the image's. Those are in the
    language of the source, so never in a translation.
    """

    def __init__(self, body: list[Raw], images: QuerySet[LeafletImage], *, own_words: bool) -> None:
        self.body = body
        self.own_words = own_words
        blocks = _blocks(body)
        ids = richtext.linked_page_ids(slot.text for slot in slots(body) if slot.rich)
        ids |= {b["value"].get("page") for b in blocks if b["type"] == "leaflet_link"} - {None}
        self.keys = leaflet_keys(ids)
        self.images: dict[int, LeafletImage] = images.in_bulk(set(_pictures(blocks).values()))
        self.used: list[tuple[str, LeafletImage, str, str]] = []

    def inline(self, stored: Any) -> str:
        return richtext.to_inline(str(stored or ""), self.keys)

    def sections(self) -> list[Content]:
        return [
            {
                "id": section["value"].get("key") or "",
                "heading": clean_text(section["value"].get("heading") or ""),
                "blocks": [
                    made
                    for block in section["value"].get("blocks") or []
                    if (made := self.block(block["type"], block["value"]))
                ],
            }
            for section in self.body
        ]

    def items(self, values: Iterable[Raw]) -> list[Content]:
        return [
            {"id": value.get("key") or "", "text": self.inline(value.get("text"))}
            for value in values
        ]

    def block(self, kind: str, value: Raw) -> Content | None:
        start = {"type": kind, "id": value.get("key") or ""}
        if kind == "paragraph":
            return {**start, "text": self.inline(value.get("text"))}
        if kind == "leaflet_link":
            return self.leaflet_link(start, value)
        if kind == "image":
            return self.image(start, value)
        if kind == "table":
            return {**start, **self.table(value)}
        if kind not in ("list", "steps", "advice", "callout"):
            return None  # a kind that was removed from the vocabulary; `completeness` refuses it
        more: Content = {"items": self.items(items_of(value, "items"))}
        if kind in ("advice", "callout"):
            more["kind"] = value.get("kind")
        if kind == "callout":
            more["heading"] = clean_text(value.get("heading") or "")
        else:
            more["lead_in"] = self.inline(value.get("lead_in"))
        return {**start, **more}

    def leaflet_link(self, start: Content, value: Raw) -> Content | None:
        key = self.keys.get(value.get("page") or 0)
        return {**start, "key": key, "text": clean_text(value.get("text") or "")} if key else None

    def image(self, start: Content, value: Raw) -> Content | None:
        image = self.images.get(value.get("image") or 0)
        if image is None:
            return None
        alt = value.get("alt") or (image.alt_text if self.own_words else "")
        caption = value.get("caption") or (image.caption if self.own_words else "")
        self.used.append((start["id"], image, clean_text(alt), clean_text(caption)))
        return {**start, "image": start["id"]}

    def table(self, value: Raw) -> Content:
        columns = self.items(items_of(value, "columns"))
        rows = [
            {
                "id": row.get("key") or "",
                "cells": [self.inline(cell.get("value")) for cell in row.get("cells") or []],
            }
            for row in items_of(value, "rows")
        ]
        return {"caption": clean_text(value.get("caption") or ""), "columns": columns, "rows": rows}


def read_content(page: LeafletPage) -> tuple[Content, list[tuple[str, LeafletImage]]]:
    """
    What the page says — `title`, `summary`, `sections`, `images` (`id`, `alt`, `caption`) and,
    where it has one, `short_text` — and the image behind each entry of `images`. Three queries,
    whatever the length.
    """
    return _read(page, LeafletImage.objects.select_related("rights_holder"))


def read_words(page: LeafletPage) -> Content:
    """The same without the images: of those only what they say is fetched."""
    return _read(page, LeafletImage.objects.only("alt_text", "caption"))[0]


def images_of(page: LeafletPage) -> dict[str, LeafletImage]:
    """The image of each picture of a page that has one, by the key of its block. One query."""
    pictures = _pictures(_blocks(raw_body(page)))
    images = LeafletImage.objects.select_related("rights_holder").in_bulk(set(pictures.values()))
    return {key: images[pk] for key, pk in pictures.items() if pk in images}


def _read(
    page: LeafletPage, images: QuerySet[LeafletImage]
) -> tuple[Content, list[tuple[str, LeafletImage]]]:
    reader = _Reader(raw_body(page), images, own_words=not page.source_locale)
    content: Content = {
        "title": clean_text(page.title),
        "summary": clean_text(page.summary),
        "sections": reader.sections(),
    }
    if short := clean_text(page.short_text):
        content["short_text"] = short  # left out when empty: approvals given before it still hold
    content["images"] = [
        {"id": key, "alt": alt, "caption": caption} for key, _image, alt, caption in reader.used
    ]
    return content, [(key, image) for key, image, _alt, _caption in reader.used]


def fingerprint(page: LeafletPage) -> str:
    """
    A digest of everything clinical in the page: words, pictures, audience, codes and references.
    A clinical approval is given to this, so a changed word needs a new approval and a re-saved page
    does not.
    """
    content, images = read_content(page)
    return _fingerprint(
        page.locale.language_code,
        content,
        files=[[key, image.file_digest] for key, image in images],
        audience=sorted(page.audience),
        codes=[[c.system, c.code] for c in page.codes.all()],
        references=[[r.text, r.url] for r in page.references.all()],
    )


def fingerprint_of_document(document: Mapping[str, Any]) -> str:
    """The same of what was issued: that of the page as it was then."""
    said = ("title", "summary", "sections", "short_text")
    content = {name: document[name] for name in said if name in document}
    images = document["images"]
    content["images"] = [{name: i[name] for name in ("id", "alt", "caption")} for i in images]
    return _fingerprint(
        document["locale"],
        content,
        files=[[image["id"], image["digest"]] for image in images],
        audience=document["audience"],
        codes=[[c["system"], c["code"]] for c in document["codes"]],
        references=[[r["text"], r["url"]] for r in document["references"]],
    )


def _fingerprint(locale: str, content: Content, **others: Any) -> str:
    return digest({"locale": locale, "content": content, **others})
