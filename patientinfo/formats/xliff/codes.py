"""
The one string that a segment is <-> the content of `source` and `target` elements.

Each version names its codes in elements of its own; what holds for all is here. A code has an id,
once in each language. A code of the translation with the id of one of the source is that code: it
takes its HTML from the source, so that no file can change the address of a link. Any other code
brings its own HTML, which must be of the kinds that leaflets have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from patientinfo.formats.exchange import Faults, Unit, line_feeds
from patientinfo.formats.inline_codes import (
    LONE,
    OPENING,
    Lone,
    Node,
    Pair,
    closing_of,
    parse_inline,
    spell_words,
)
from patientinfo.formats.xliff.documents import name_of, namespace_of
from patientinfo.formats.xml_safety import line_of


def nodes_of(text: str, unit: Unit) -> tuple[Node, ...]:
    """The words and codes of one text of `unit`; a plain text is words alone."""
    if unit.inline:
        return parse_inline(text)
    return (text,) if text else ()


def fill(
    parent: _Element,
    nodes: Sequence[Node],
    numbers: Iterator[int],
    add_code: Callable[[_Element, Pair | Lone, str], _Element],
) -> None:
    """Put words and codes into `parent`; `add_code` adds the empty element of one code."""
    last: _Element | None = None
    for node in nodes:
        if not isinstance(node, str):
            last = add_code(parent, node, str(next(numbers)))
        elif last is None:
            parent.text = node
        else:
            last.tail = node
        if isinstance(node, Pair) and last is not None:
            fill(last, node.content, numbers, add_code)


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it stands in HTML: an opening tag when `paired`, else what stands alone."""

    html: str
    paired: bool


#: What an unreadable code is read as; the file is refused anyway.
_BROKEN = Code("", paired=False)

_Reader = Callable[[_Element], str]


class CodeReader:
    """
    Reads the texts of one unit: first all of its source, then all of its target.

    `inline` says that the text is HTML; a plain text may have no codes. Subclasses name their
    elements in `readers`.
    """

    def __init__(self, namespace: str, faults: Faults, *, inline: bool) -> None:
        self.namespace = namespace
        self.faults = faults
        self.inline = inline
        self.source: dict[str, Code] = {}  # of the source, once that has been read
        self.seen: dict[str, Code] = {}  # so far, in the language that is being read
        self.readers: dict[str, _Reader] = {}

    def read_source(self, elements: Iterable[_Element]) -> str:
        text = self._read(elements)
        self.source = self.seen
        return text

    def read_target(self, elements: Iterable[_Element]) -> str:
        return self._read(elements)

    def _read(self, elements: Iterable[_Element]) -> str:
        self.seen = {}
        return "".join([self.text_of(element) for element in elements])

    def text_of(self, element: _Element) -> str:
        """What stands in an element, its codes as HTML."""
        parts = [self._words(element.text)]
        for child in element:
            parts += [self._child(child), self._words(child.tail)]
        return "".join(parts)

    def _words(self, text: str | None) -> str:
        words = line_feeds(text or "")  # a carriage return can be written as &#13;
        return spell_words(words) if self.inline else words

    def _child(self, child: _Element) -> str:
        reader = self.readers.get(name_of(child))
        if reader is None or namespace_of(child) != self.namespace:
            self.fault(child, f"unknown inline element <{name_of(child)[:40]}>")
            return self.text_of(child)
        return reader(child)

    def code(self, element: _Element, own: str | None, *, paired: bool) -> Code:
        """The code that `element` is; `own` is the HTML that the file gives for it, if any."""
        number, kind = element.get("id", ""), name_of(element)
        if not self.inline:
            return self._broken(element, f"<{kind}> in a plain text, which has no inline codes")
        if not number:
            return self._broken(element, f"<{kind}> has no id; each inline code has its own")
        if number in self.seen:
            return self._broken(element, f"the inline code {number!r} stands twice in the text")
        code = self.source.get(number) or Code(own or "", paired=paired)
        self.seen[number] = code
        if code.paired != paired:
            halves = "two halves" if code.paired else "one part"
            return self._broken(element, f"the inline code {number!r} has {halves} in the source")
        if not (OPENING if paired else LONE).fullmatch(code.html):
            what = f"stands for {own[:80]!r}" if own else "does not say what it stands for"
            return self._broken(element, f"the inline code {number!r} {what}: no code of a leaflet")
        return code

    def closing(self, element: _Element, number: str | None) -> str:
        """The second half of the code `number`, which stands before it."""
        code = self.seen.get(number or "")
        if code is None or not code.paired:
            self.fault(element, f"<{name_of(element)}> ends a code that has not begun: {number!r}")
            return ""
        return closing_of(code.html)

    def _broken(self, element: _Element, reason: str) -> Code:
        self.fault(element, reason)
        return _BROKEN

    def fault(self, element: _Element, reason: str) -> None:
        self.faults.add(line_of(element), reason)
