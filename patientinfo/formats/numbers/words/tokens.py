"""Words of a text, with where they stand. A word is letters and the marks written over them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import NamedTuple

#: Forms of one letter that have no decomposition, the stretching of Arabic lines, the nasal sign of
#: Hindi, which is written in two ways, and the dotless i of Turkish, whose capital is that of i.
_SAME = str.maketrans({"ٱ": "ا", "ى": "ي", "ـ": None, "ँ": "ं", "ı": "i"})


def _ranges(first: int, last: int, is_in: Callable[[str], object]) -> str:
    """The characters between two code points that are in a set, as ranges of a character class."""
    found: list[list[int]] = []
    for code in range(first, last):
        if is_in(chr(code)):
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in found)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


#: Every combining mark: Python's `\w` leaves them out.
MARKS = _ranges(0x300, 0x1F000, _is_mark)
_LETTER = r"[^\W\d_]"
_JOINERS = "\u200c\u200d"
WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[{MARKS}{_JOINERS}])*")
#: The same for texts without characters beyond U+FFFF, and without any beyond ASCII: classes that
#: hold no others are looked up in a table.
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BMP_LETTERS = _ranges(0, 0x10000, re.compile(_LETTER).match)
_BMP_MARKS = _ranges(0x300, 0x10000, _is_mark)
_BMP_WORD = re.compile(f"[{_BMP_LETTERS}][{_BMP_LETTERS}{_BMP_MARKS}{_JOINERS}]*")
_ASCII_WORD = re.compile("[A-Za-z]+")


class Word(NamedTuple):
    """One word: folded as for search, so that case, accents and vowel signs do not count."""

    folded: str
    start: int
    end: int


#: From what a word has to the word; `Word(...)` takes several times as long.
_word_of: Callable[[Iterable[object]], Word] = partial(tuple.__new__, Word)


@lru_cache(maxsize=16_384)
def fold_word(word: str) -> str:
    """
    A word (or words) without case, accents, Arabic vowel signs and hamzas.

    Vowel signs of Indic scripts stay: they are letters there.
    """
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold().translate(_SAME))
    return "".join(c for c in apart if not unicodedata.combining(c)) or word


def _pattern(text: str) -> re.Pattern[str]:
    if text.isascii():
        return _ASCII_WORD
    return _BMP_WORD if _ASTRAL.search(text) is None else WORD


@lru_cache(maxsize=4096)
def folded_in(text: str) -> tuple[str, ...]:
    """
    The words of a text, folded, in order; remembered, for numbers and several checks ask for them.

    Most texts have nothing that a check looks for, and their words alone tell it; so where each
    stands (`words_in`) is found out only for the others.
    """
    if text.isascii():
        return tuple(_ASCII_WORD.findall(text.lower()))
    return tuple(map(fold_word, _pattern(text).findall(text)))


@lru_cache(maxsize=2048)
def words_in(text: str) -> tuple[Word, ...]:
    """The words of a text, in order, with where they stand; as many as `folded_in` has."""
    spans = [match.span() for match in _pattern(text).finditer(text)]
    if not spans:
        return ()
    return tuple(map(_word_of, zip(folded_in(text), *zip(*spans, strict=True), strict=True)))
