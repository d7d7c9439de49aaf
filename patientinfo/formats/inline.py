"""
Inline HTML of Documents: a closed subset in one spelling.

Text in blocks is HTML made of `a` (href only), `strong`, `em`, `sub`, `sup` and `br`. This module
writes any HTML fragment in that subset and always in the same spelling, because segment hashes and
Edition digests are taken over these bytes.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from html.parser import HTMLParser

TAGS = frozenset({"a", "strong", "em", "sub", "sup", "br"})
_SAME = {"b": "strong", "i": "em"}
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr"})
_DROPPED_WITH_CONTENT = frozenset({"script", "style", "template"})
_SCHEMES = ("https:", "http:", "mailto:", "tel:", "urn:uuid:")
#: White space that is not one space already.
_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_LINK = re.compile(r'<a href="([^"]*)">')
# What neither XML 1.0 (section 2.2) nor PostgreSQL can hold, and halves of characters, which no
# encoding can: they come by pasting and by clients, and would break a channel later.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def safe_href(href: str) -> str:
    """`href` when its scheme is one that a leaflet may link to, else an empty string."""
    href = href.strip()
    return href if href.lower().startswith(_SCHEMES) else ""


def sayable(words: str) -> str:
    """`words` in NFC, without characters that neither a file nor a database can hold."""
    return unicodedata.normalize("NFC", _UNSAYABLE.sub("", words))


def one_line(words: str) -> str:
    """
    `words` of a name on one line, without characters that turn the order of what stands around them
    (UAX #9: embeddings, overrides, isolates) or that nobody can store.
    """
    return " ".join(_TURNING.sub("", _UNSAYABLE.sub("", words)).split())


class _Inline(HTMLParser):
    """Rewrites a fragment; unknown tags go, their words stay, open tags are closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.dropping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED_WITH_CONTENT:
            self.dropping += 1
            return
        tag = _SAME.get(tag, tag)
        if tag in _BLOCKS:
            self.words.append(" ")
        if self.dropping or tag not in TAGS:
            return
        if tag == "br":
            self._write("<br>")
            return
        opening = f"<{tag}>"
        if tag == "a":
            href = safe_href(sayable(dict(attrs).get("href") or ""))
            if not href or "a" in self.open:
                return
            opening = f'<a href="{html.escape(href)}">'
        self.open.append(tag)
        self._write(opening)

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED_WITH_CONTENT:
            self.dropping = max(0, self.dropping - 1)
            return
        tag = _SAME.get(tag, tag)
        if tag in _BLOCKS:
            self.words.append(" ")
        if self.dropping or tag not in self.open:
            return
        while True:
            closing = self.open.pop()
            self._write(f"</{closing}>")
            if closing == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.dropping:
            self.words.append(data)

    def _write(self, tag: str) -> None:
        """Adds a tag after the words before it: these are one run, whatever stood between them."""
        self.out += [html.escape(sayable("".join(self.words)), quote=False), tag]
        self.words = []

    def close(self) -> None:
        super().close()
        while self.open:
            self._write(f"</{self.open.pop()}>")
        self._write("")


def _as_words(fragment: str) -> str:
    """
    `fragment` without what only looks like a tag: marked sections, at some of which the standard
    library's parser stops, and each `<` after the last `>`, over which it would ponder for minutes.
    """
    words = fragment.replace("<![", "&lt;![")
    end = words.rfind(">") + 1
    return words[:end] + words[end:].replace("<", "&lt;")


@lru_cache(maxsize=1024)
def clean_inline(fragment: str) -> str:
    """`fragment` in the closed subset; runs of white space become one space, ends are trimmed."""
    if "&" not in fragment:
        # Nearly all texts are one paragraph, or no more than words.
        words = fragment.removeprefix("<p>").removesuffix("</p>")
        if "<" not in words:
            return clean_text(words).replace(">", "&gt;")
    parser = _Inline()
    parser.feed(_as_words(fragment))
    parser.close()
    return _SPACE.sub(" ", "".join(parser.out)).strip()


@lru_cache(maxsize=1024)
def clean_text(text: str) -> str:
    """Plain text in one spelling: NFC, one space between words, no ends."""
    return _SPACE.sub(" ", sayable(text)).strip()


def clean_words(text: str, *, inline: bool) -> str:
    """A text of either kind in its one spelling, in which it is stored."""
    return clean_inline(text) if inline else clean_text(text)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.out.append(" ")

    def handle_data(self, data: str) -> None:
        self.out.append(data)


def plain_text(inline: str) -> str:
    """The words of inline HTML, without its tags."""
    if "<" not in inline and "&" not in inline:
        return clean_text(inline)
    parser = _Text()
    parser.feed(_as_words(inline))
    parser.close()
    return clean_text("".join(parser.out))


def says_something(inline: str) -> bool:
    """Whether there is anything to be read; tools leave marks of direction that nobody sees."""
    words = "".join(plain_text(inline).split())
    return any(unicodedata.category(character) != "Cf" for character in words)


def links_of(inline: str) -> list[str]:
    """Every href of the fragment, in order."""
    return [html.unescape(href) for href in _LINK.findall(inline)]


def replace_links(inline: str, hrefs: Mapping[str, str]) -> str:
    """`inline` with each href that `hrefs` names replaced; the others stay as they are."""

    def link(match: re.Match[str]) -> str:
        href = html.unescape(match[1])
        return f'<a href="{html.escape(hrefs.get(href, href))}">'

    return _LINK.sub(link, inline)
