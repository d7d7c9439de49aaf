"""
Rich text as Wagtail stores it, to and from the inline HTML of Documents.

Stored rich text links a page by its id in this database; a Document links a leaflet by its key
(`urn:uuid:…`), which means the same in every language and every installation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from patientinfo.formats.inline import clean_inline, plain_text

URN = "urn:uuid:"
_PAGE_LINK = re.compile(r"<a\b[^>]*\blinktype=\"page\"[^>]*>")
_PAGE_ID = re.compile(r"\bid=\"(\d+)\"")
_BLOCK_TAG = re.compile(r"</?(?:p|div|ul|ol|li|h[1-6]|blockquote|hr)\b[^>]*>", re.IGNORECASE)
_URN_LINK = re.compile(r'<a href="urn:uuid:([0-9a-f-]{36})">(.*?)</a>')


def linked_page_ids(fragments: Iterable[str]) -> set[int]:
    """Ids of all pages that stored rich text links to."""
    return {
        int(match.group(1))
        for fragment in fragments
        for link in _PAGE_LINK.findall(fragment)
        if (match := _PAGE_ID.search(link))
    }


def to_inline(stored: str, keys: Mapping[int, str]) -> str:
    """
    Stored rich text as inline HTML. `keys` gives the leaflet key of each linked page id; a link to
    a page that is not there any more leaves its words without a link.
    """

    def link(match: re.Match[str]) -> str:
        page = _PAGE_ID.search(match.group(0))
        key = keys.get(int(page.group(1))) if page else None
        return f'<a href="{URN}{key}">' if key else "<a>"

    return clean_inline(_PAGE_LINK.sub(link, stored))


def linked_keys(fragments: Iterable[str]) -> set[str]:
    """Keys of all leaflets that inline HTML links to."""
    return {key for fragment in fragments for key, _words in _URN_LINK.findall(fragment)}


def to_stored(inline: str, ids: Mapping[str, int]) -> str:
    """
    Inline HTML as stored rich text, one paragraph. `ids` gives the page to link for each leaflet
    key; a key without a page leaves its words without a link.
    """
    if not inline:
        return ""

    def link(match: re.Match[str]) -> str:
        page = ids.get(match.group(1))
        words = match.group(2)
        return f'<a linktype="page" id="{page}">{words}</a>' if page else words

    text = _URN_LINK.sub(link, clean_inline(inline))
    for ours, stored in (("strong", "b"), ("em", "i")):
        text = text.replace(f"<{ours}>", f"<{stored}>").replace(f"</{ours}>", f"</{stored}>")
    return f"<p>{text.replace('<br>', '<br/>')}</p>"


def paragraphs(stored: str) -> list[str]:
    """Stored rich text cut into its paragraphs, each again stored rich text; at least one."""
    found = [piece for piece in _BLOCK_TAG.split(stored) if plain_text(piece)]
    return [f"<p>{piece}</p>" for piece in found] if len(found) > 1 else [stored]
