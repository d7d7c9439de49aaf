"""Words of a text, with where they stand. A word is letters and the marks written over them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

#: Forms of one letter that have no decomposition, the stretching of Arabic lines, and the nasal
#: sign of Hindi, which is written in two ways.
_SAME = str.maketrans({"ٱ": "ا", "ى": "ي", "ـ": None, "ँ": "ं"})


def _marks() -> str:
    """Every combining mark, as ranges of a character class: Python's `\\w` leaves them out."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1F000):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


MARKS = _marks()
_WORD = re.compile(rf"[^\W\d_][^\W\d_]*(?:[{MARKS}\u200c\u200d]+[^\W\d_]*)*")


class Word(NamedTuple):
    """One word: folded as for search, so that case, accents and vowel signs do not count."""

    folded: str
    start: int
    end: int


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


@lru_cache(maxsize=4096)
def words_in(text: str) -> tuple[Word, ...]:
    """The words of a text, in order; remembered, for numbers and several checks read the same."""
    return tuple(Word(fold_word(m[0]), *m.span()) for m in _WORD.finditer(text))
