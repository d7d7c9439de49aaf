"""
Blocks of a Document as data for their templates: one template for each type of block.

Text was cleaned when the Edition was issued; it is cleaned again here, so that no bytes in the
database, however they got there, become markup of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from patientinfo.channels.parts.inline import is_number, unsaid
from patientinfo.channels.parts.links import LEAFLET_LINK
from patientinfo.channels.web.words import Words
from patientinfo.formats.inline import clean_inline, plain_text

#: An image of a Document -> its addresses by width in pixels, ascending: {"400": url, …}
ImageUrls = Callable[[Mapping[str, Any]], Mapping[str, str]]

_CALL = re.compile(r'<a href="((?:tel|mailto):[^"]*)">(.*?)</a>', re.IGNORECASE)
_TEMPLATES = "patientinfo/channels/web/blocks/"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """
    What a block needs to know of its leaflet.

    `links` gives the page of another leaflet by its key; `images` the Document's images by id;
    `photos` says whether the reader may see photos; `words` links what is explained at the end.
    """

    links: Mapping[str, str]
    images: Mapping[str, Mapping[str, Any]]
    image_urls: ImageUrls
    photos: bool = True
    words: Words = field(default_factory=Words)

    def inline(self, text: str) -> SafeString:
        """
        Inline HTML for the page: cleaned, links to leaflets turned into pages.

        A leaflet that has no page in this language becomes plain text.
        """
        linked = LEAFLET_LINK.sub(self._link, clean_inline(text))
        linked = _CALL.sub(_called, linked)
        return mark_safe(self.words.link(linked))  # noqa: S308 cleaned above

    def _link(self, found: re.Match[str]) -> str:
        path = self.links.get(found[1].lower())
        return f'<a href="{escape(path)}">{found[2]}</a>' if path else found[2]


def _called(found: re.Match[str]) -> str:
    """
    A telephone number is read from left to right in every language. What a link's words do not say
    of where it leads is for print, where nobody can follow it.
    """
    href, words = unescape(found[1]), plain_text(found[2])
    turned = 'dir="ltr" ' if is_number(words, href) else ""
    more = unsaid(words, href)
    told = f'data-unsaid="{escape(more)}" ' if more else ""
    return found[0].replace("<a ", f"<a {turned}{told}", 1)


def block_view(block: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    """The context of one block: `id`, `template`, and what the template of that type shows."""
    kind = block["type"]
    view = _VIEWS[kind](block, around)
    return {"id": block["id"], "template": f"{_TEMPLATES}{kind}.html", **view}


def _paragraph(block: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    return {"text": around.inline(block["text"])}


def _items(block: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    return {
        "kind": block.get("kind", ""),
        "lead_in": around.inline(block.get("lead_in", "")),
        "heading": block.get("heading", ""),
        "items": [
            {"id": item["id"], "text": around.inline(item["text"])} for item in block["items"]
        ],
    }


def _table(block: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    return {
        "caption": block["caption"],
        "columns": [
            {"id": column["id"], "text": around.inline(column["text"])}
            for column in block["columns"]
        ],
        "rows": [
            {"id": row["id"], "cells": [around.inline(cell) for cell in row["cells"]]}
            for row in block["rows"]
        ],
    }


def _image(block: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    """
    A photo that may not be shown keeps its place and its owner, and loses all else.

    Only a draft can name an image that it does not have: then nothing is shown.
    """
    image = around.images.get(block["image"])
    if image is None:
        return {"missing": True}
    if not around.photos:
        return {"withheld": True, "rights": image["rights"]}
    urls = around.image_urls(image)
    return {
        "alt": image["alt"],
        "caption": image["caption"],
        "credit": image["credit"],
        "rights": image["rights"],
        "width": image["width"],
        "height": image["height"],
        "src": list(urls.values())[-1] if urls else "",
        "srcset": ", ".join(f"{url} {width}w" for width, url in urls.items()),
    }


def _leaflet_link(block: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    return {"text": block["text"], "href": around.links.get(block["key"].lower(), "")}


_VIEWS: dict[str, Callable[[Mapping[str, Any], Surroundings], dict[str, Any]]] = {
    "paragraph": _paragraph,
    "list": _items,
    "steps": _items,
    "advice": _items,
    "callout": _items,
    "table": _table,
    "image": _image,
    "leaflet_link": _leaflet_link,
}
