"""
Inline HTML as words and codes: what a translator may change, and what must come back as it was.

    parse_inline("a <strong>b</strong> &amp; c") == ("a ", Pair("<strong>", ("b",)), " & c")

Reading is total and loses nothing: `spell(parse_inline(text)) == text` for every text. A tag
without its other half, and a bare `&` or `<` that clean inline HTML would have escaped, become
codes that stand alone. XLIFF and TMX write these nodes, each in elements of its own.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

_OPENING = r'<a href="[^"<>]*">|<(?:strong|em|sub|sup)>'
_CLOSING = r"</(?:a|strong|em|sub|sup)>"

#: The codes that a leaflet's text can have: those with two halves, and those that stand alone.
OPENING = re.compile(_OPENING)
LONE = re.compile(rf"{_OPENING}|{_CLOSING}|<br>|[&<>]")

_TOKEN = re.compile(rf"({_OPENING})|({_CLOSING})|(&(?:amp|lt|gt);)|(<br>|[&<>])")
_NAME = re.compile(r"\w+")

#: Codes stand in one another so deep at most; readers of XML have limits too.
MAX_DEPTH = 32


@dataclass(frozen=True, slots=True)
class Pair:
    """A code with two halves, and what stands between them."""

    opening: str
    content: tuple[Node, ...]

    @property
    def name(self) -> str:
        return tag_name(self.opening)

    @property
    def closing(self) -> str:
        return closing_of(self.opening)


@dataclass(frozen=True, slots=True)
class Lone:
    """A code that stands alone; `text` is what it is in HTML."""

    text: str


#: A run of words (as read, not as escaped) or a code.
Node: TypeAlias = str | Pair | Lone


def tag_name(tag: str) -> str:
    """`strong` for `<strong>` and for `</strong>`; empty for what is no tag."""
    match = _NAME.search(tag)
    return match[0] if match else ""


def closing_of(opening: str) -> str:
    return f"</{tag_name(opening)}>"


class _Parser:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.open: list[tuple[str, list[Node]]] = []  # opening tags, and the nodes before each

    def words(self, text: str) -> None:
        if not text:
            return
        if self.nodes and isinstance(self.nodes[-1], str):
            self.nodes[-1] += text
        else:
            self.nodes.append(text)

    def begin(self, opening: str) -> None:
        if len(self.open) == MAX_DEPTH:
            self.nodes.append(Lone(opening))
            return
        self.open.append((opening, self.nodes))
        self.nodes = []

    def end(self, closing: str) -> None:
        name = tag_name(closing)
        if all(tag_name(opening) != name for opening, _ in self.open):
            self.nodes.append(Lone(closing))
            return
        while tag_name(self.open[-1][0]) != name:
            self.give_up()
        opening, before = self.open.pop()
        before.append(Pair(opening, tuple(self.nodes)))
        self.nodes = before

    def give_up(self) -> None:
        """The innermost open tag has no other half."""
        opening, before = self.open.pop()
        inside, self.nodes = self.nodes, before
        self.nodes.append(Lone(opening))
        for node in inside:
            if isinstance(node, str):
                self.words(node)
            else:
                self.nodes.append(node)


def parse_inline(text: str) -> tuple[Node, ...]:
    """The words and codes of inline HTML; runs of words stand between codes, never two in a row."""
    parser, end = _Parser(), 0
    for match in _TOKEN.finditer(text):
        parser.words(text[end : match.start()])
        end = match.end()
        opening, closing, entity, lone = match.groups()
        if opening:
            parser.begin(opening)
        elif closing:
            parser.end(closing)
        elif entity:
            parser.words(html.unescape(entity))
        else:
            parser.nodes.append(Lone(lone))
    parser.words(text[end:])
    while parser.open:
        parser.give_up()
    return tuple(parser.nodes)


def spell_words(words: str) -> str:
    """`words` as they stand in inline HTML."""
    return html.escape(words, quote=False)


def spell(nodes: Sequence[Node]) -> str:
    """The inline HTML that `nodes` are."""
    return "".join(_spell(node) for node in nodes)


def _spell(node: Node) -> str:
    if isinstance(node, str):
        return spell_words(node)
    if isinstance(node, Lone):
        return node.text
    return f"{node.opening}{spell(node.content)}{node.closing}"


def codes_of(nodes: Sequence[Node]) -> Iterator[Pair | Lone]:
    """Every code, an outer one before those inside it."""
    for node in nodes:
        if not isinstance(node, str):
            yield node
        if isinstance(node, Pair):
            yield from codes_of(node.content)


def number_codes(nodes: Sequence[Node], source: Sequence[Node] = ()) -> Iterator[int]:
    """
    A number for each code of `nodes`, in the order of `codes_of`.

    A code that the source has too gets the number it has there, as translators' tools expect of a
    translation; the codes of the source itself are numbered from 1.
    """
    free: dict[tuple[bool, str], deque[int]] = defaultdict(deque)
    number = 0
    for number, code in enumerate(codes_of(source), start=1):
        free[_identity(code)].append(number)
    others = count(number + 1)
    for code in codes_of(nodes):
        same = free[_identity(code)]
        yield same.popleft() if same else next(others)


def _identity(code: Pair | Lone) -> tuple[bool, str]:
    return isinstance(code, Pair), code.opening if isinstance(code, Pair) else code.text
