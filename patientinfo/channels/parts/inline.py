"""
The text of blocks as a tree, so that no channel reads HTML by itself.

The closed subset of `formats.inline` becomes runs: words, a line break, or a mark around runs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from patientinfo.formats.inline import clean_inline


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words, unescaped."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that the author wanted."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`tag` is a, strong, em, sub or sup; only `a` has an `href`."""

    tag: str
    runs: tuple[Run, ...]
    href: str = ""


Run = Words | Break | Mark

_SIGNS = "0123456789+-−–=() "
#: Figures and signs as Unicode has them above and below the line.
_SHIFTED = {
    "sup": str.maketrans(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ "),
    "sub": str.maketrans(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ "),
}

#: The address of a link, or an empty string where the link leads nowhere: its words stay.
LinkTo = Callable[[str], str]


class _Reader(HTMLParser):
    """Clean inline HTML is well formed: every tag is known and closed."""

    def __init__(self, link_to: LinkTo) -> None:
        super().__init__(convert_charrefs=True)
        self.link_to = link_to
        self.open: list[tuple[str, str, list[Run]]] = [("", "", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.open[-1][2].append(Break())
        else:
            href = self.link_to(dict(attrs).get("href") or "") if tag == "a" else ""
            self.open.append((tag, href, []))

    def handle_endtag(self, tag: str) -> None:
        tag, href, runs = self.open.pop()
        if tag == "a" and not href:
            self.open[-1][2].extend(runs)
        elif runs:
            self.open[-1][2].append(Mark(tag, tuple(runs), href))

    def handle_data(self, data: str) -> None:
        self.open[-1][2].append(Words(data))


def runs_of(inline: str, link_to: LinkTo = str) -> tuple[Run, ...]:
    """The runs of a block's text; cleaned first, whatever the bytes in the database are."""
    reader = _Reader(link_to)
    reader.feed(clean_inline(inline))
    reader.close()
    return tuple(reader.open[0][2])


def words_of(runs: tuple[Run, ...]) -> Iterator[str]:
    """The words of runs, in reading order; a break is a space, and no figure joins another."""
    for run in runs:
        match run:
            case Words(text):
                yield text
            case Break():
                yield " "
            case Mark("sup" | "sub" as tag, inner):
                yield shifted(tag, "".join(words_of(inner)))
            case Mark(_, inner):
                yield from words_of(inner)


def shifted(tag: str, words: str) -> str:
    """
    Words above or below the line (`sup`, `sub`), for where there is but one line: 10⁶ is not 106.

    >>> shifted("sup", "-3"), shifted("sub", "2"), shifted("sup", "th"), shifted("sup", "1a")
    ('⁻³', '₂', 'th', '^(1a)')
    """
    if not any(character.isdigit() for character in words):
        return words
    plain = "".join(str(unicodedata.decimal(character, character)) for character in words)
    if set(plain) <= set(_SIGNS):
        return plain.translate(_SHIFTED[tag])
    return f"{'^' if tag == 'sup' else '_'}({words})"
