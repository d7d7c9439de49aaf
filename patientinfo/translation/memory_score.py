"""
How much two source texts are alike, as a translator reads a percentage.

100 is for equal texts only, so that nobody takes a sentence with another dose for the same one:
a number that differs costs more than the letter it is, and so do tags and links.
"""

from __future__ import annotations

import html
import re
from collections import Counter

from rapidfuzz import fuzz

from patientinfo.formats.inline import TAGS
from patientinfo.formats.search_text import fold

EQUAL = 100
#: Equal, and it stands in the same place of a leaflet.
SAME_PLACE = 101
#: What one or more differing numbers cost, and one or more differing tags.
NUMBERS_COST, CODES_COST = 5, 2

_TAG = re.compile(rf"</?(?:{'|'.join(sorted(TAGS))})(?:\s[^<>]*)?/?>")
_NUMBER = re.compile(r"\d+")


def words_of_inline(text: str) -> str:
    """
    The words of inline HTML or of plain text, without tags.

    Quicker than `formats.inline.plain_text`, and enough to compare by: a look-up reads thousands.
    """
    return html.unescape(_TAG.sub("", text.replace("<br>", " "))) if _marked(text) else text


def _marked(text: str) -> bool:
    return "<" in text or "&" in text


def score(text: str, other: str) -> int:
    """0 to 100: 100 for equal texts, at most 99 for all others."""
    if text == other:
        return EQUAL
    words, others = words_of_inline(text), words_of_inline(other)
    alike = min(EQUAL - 1, int(fuzz.ratio(words.casefold(), others.casefold())))
    if numbers(words) != numbers(others):
        alike -= NUMBERS_COST
    if _codes(text) != _codes(other):
        alike -= CODES_COST
    return max(0, alike)


def numbers(words: str) -> Counter[str]:
    """The figures in a text, in digits of any script."""
    return Counter(_NUMBER.findall(fold(words))) if _NUMBER.search(words) else Counter()


def _codes(text: str) -> Counter[str]:
    return Counter(_TAG.findall(text)) if "<" in text else Counter()
