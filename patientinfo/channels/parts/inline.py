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

    def __init__(self, link_to: LinkTo, *, rtl: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.link_to = link_to
        self.rtl = rtl
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
            if self.rtl and is_number("".join(words_of(tuple(runs))), href):
                runs = [Words("\u2066"), *runs, Words("\u2069")]
            self.open[-1][2].append(Mark(tag, tuple(runs), href))

    def handle_data(self, data: str) -> None:
        self.open[-1][2].append(Words(data))


def runs_of(inline: str, link_to: LinkTo = str, *, rtl: bool = False) -> tuple[Run, ...]:
    """
    The runs of a block's text; cleaned first, whatever the bytes in the database are. `rtl`: read
    from right to left, with telephone numbers kept apart from that (Unicode's isolates).
    """
    reader = _Reader(link_to, rtl=rtl)
    reader.feed(clean_inline(inline))
    reader.close()
    return tuple(reader.open[0][2])


def words_of(runs: tuple[Run, ...]) -> Iterator[str]:
    """
    The words of runs, in reading order, and what a link leads to that they do not say; a break is a
    space, and no figure joins another.
    """
    for run in runs:
        match run:
            case Words(text):
                yield text
            case Break():
                yield " "
            case Mark("sup" | "sub" as tag, inner):
                yield shifted(tag, "".join(words_of(inner)))
            case Mark("a", inner, href):
                words = "".join(words_of(inner))
                yield f"{words} ({more})" if (more := unsaid(words, href)) else words
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


def is_number(words: str, href: str) -> bool:
    """Whether a link is a telephone number: groups of it change places from right to left."""
    return href.lower().startswith("tel:") and not any(map(str.isalpha, words))


def unsaid(words: str, href: str) -> str:
    """
    The number or address of a link whose words do not say it, as "ring us": on paper, on a screen
    or by ear nobody can follow a link.
    """
    scheme, _, address = href.partition(":")
    match scheme.lower():
        case "tel" if _figures(words)[-4:] != _figures(address)[-4:]:
            turned = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in words)
            return f"\u2066{address}\u2069" if turned else address
        case "mailto" if "@" not in words:
            return address.partition("?")[0]
    return ""


def _figures(words: str) -> str:
    return "".join(str(unicodedata.decimal(c)) for c in words if c.isdecimal())
