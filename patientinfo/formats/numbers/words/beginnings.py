"""
A quick look before a long one: whether a text has a word that a phrase begins with.

Patterns of hundreds of names are slow to search for, and most texts have none of the names. So the
words of a text, which are known already, tell where a pattern can match at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from patientinfo.formats.numbers.words.tokens import folded_in, words_in

#: Languages that put no spaces between words: a name may begin anywhere.
UNSPACED = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my", "yue"})
#: They join and part words where no other reader sees a border.
_JOINER = re.compile("[\u200c\u200d]")


@dataclass(frozen=True, slots=True)
class Beginnings:
    """
    The folded words that phrases begin with: `whole` words, `parts` that words begin with, and a
    `sign`, one character that is no letter.
    """

    whole: frozenset[str]
    parts: tuple[str, ...] = ()
    sign: str = ""

    def may_be_in(self, text: str) -> bool:
        """Whether any of them is in a text."""
        words = folded_in(text)
        if not self.whole.isdisjoint(words) or (self.sign and self.sign in text):
            return True
        if self.parts and any(word.startswith(self.parts) for word in words):
            return True
        return has_joiner(text)

    def places(self, text: str) -> list[int] | range:
        """Where phrases can begin, in order."""
        if not self.may_be_in(text):
            return []
        if has_joiner(text):
            return range(len(text))
        found = [
            word.start
            for word in words_in(text)
            if word.folded in self.whole or (self.parts and word.folded.startswith(self.parts))
        ]
        if not self.sign or self.sign not in text:
            return found
        return sorted([*found, *(at for at, sign in enumerate(text) if sign == self.sign)])


def has_joiner(text: str) -> bool:
    return not text.isascii() and _JOINER.search(text) is not None


def beginnings_of(language: str, names: Iterable[str]) -> Beginnings | None:
    """
    The first word of each name, none if there are no names; None for a language or a name that
    words cannot tell.
    """
    found = [words_in(name) for name in names]
    if language in UNSPACED or not all(words and words[0].start == 0 for words in found):
        return None
    return Beginnings(frozenset(words[0].folded for words in found))


def matches_of(
    pattern: re.Pattern[str], text: str, beginnings: Beginnings | None
) -> Iterator[re.Match[str]]:
    """As `pattern.finditer(text)`, for a pattern that matches only where one of these begins."""
    if beginnings is None:
        yield from pattern.finditer(text)
    else:
        yield from matches_at(pattern, text, beginnings.places(text))


def matches_at(
    pattern: re.Pattern[str], text: str, places: Iterable[int]
) -> Iterator[re.Match[str]]:
    """As `pattern.finditer(text)`, for a pattern that can match at these places only."""
    end = 0
    for at in places:
        match = pattern.match(text, at) if at >= end else None
        if match is not None:
            yield match
            end = match.end()
