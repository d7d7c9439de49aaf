"""
Words that a leaflet explains at its end, and the links that lead there from its text.

A link and nothing more: it works without a script, by keyboard, on paper (where it is plain text),
and a screen reader says what it is. The first time in each section is enough.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape

_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True, slots=True)
class Definition:
    """A word, what it means, and the forms of it that the leaflet uses. `anchor` is its place."""

    anchor: str
    term: str
    text: str
    forms: tuple[str, ...]


def definitions_of(document: Mapping[str, Any]) -> tuple[Definition, ...]:
    """The definitions of a Document; Documents from before there were any have none."""
    return tuple(
        # No key of a section or block has an underscore, so no two places have one name.
        Definition(f"word_{entry['id']}", entry["term"], entry["text"], tuple(entry["forms"]))
        for entry in document.get("definitions", ())
    )


@dataclass(slots=True)
class Words:
    """Links words of one section; each only once, and never inside another link."""

    definitions: Sequence[Definition] = ()
    linked: set[str] = field(default_factory=set)

    def fresh(self) -> Words:
        """The same words for the next section."""
        return Words(self.definitions)

    def link(self, inline: str) -> str:
        """Clean inline HTML, the first of each word in it a link to what it means."""
        if not self.definitions:
            return inline
        anchors = {
            html.escape(form, quote=False): definition.anchor
            for definition in self.definitions
            for form in definition.forms
        }
        longest = sorted(anchors, key=len, reverse=True)
        words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

        def mark(found: re.Match[str]) -> str:
            anchor = anchors[found[0]]
            if anchor in self.linked:
                return found[0]
            self.linked.add(anchor)
            return f'<a class="word" href="#{escape(anchor)}">{found[0]}</a>'

        out, inside_link = [], False
        for piece in _TAG.split(inline):
            if piece.startswith("<"):
                inside_link = piece.startswith("<a ") or (inside_link and piece != "</a>")
                out.append(piece)
            else:
                out.append(piece if inside_link else words.sub(mark, piece))
        return "".join(out)
