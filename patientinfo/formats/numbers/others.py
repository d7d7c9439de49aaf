"""Numbers in letters of their own: Roman numerals, Han numerals, Ethiopic numerals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from patientinfo.formats.numbers.locales import language_of
from patientinfo.formats.numbers.model import Number, Strength, number_key

#: Two letters and more (and V alone is a letter): type II, stage IV.
_ROMAN = re.compile(r"(?<![\w-])(?:X{0,2}(?:I{2,3}|IV|VI{1,3}|IX)|X{1,2}I)(?!\w)")
#: What every one of them has: a quick look before a long one.
_ROMAN_PART = re.compile("[IVX]{2}")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_HAN = re.compile("[〇零一二三四五六七八九十百千万億亿两兩半]+")
_ETHIOPIC = re.compile("[\u1369-\u137c]+")
_HAN_LANGUAGES = frozenset({"zh", "ja", "yue"})


def numerals_in(text: str, locale: str) -> list[Number]:
    """
    Roman and Han numerals may be something else (words are full of 一), so nobody misses them;
    Ethiopic ones are nothing but numbers.
    """
    found = list(_roman_in(text)) if _ROMAN_PART.search(text) else []
    return found if text.isascii() else [*found, *_in_other_letters(text, locale)]


def _roman_in(text: str) -> Iterator[Number]:
    for match in _ROMAN.finditer(text):
        yield Number((number_key(_roman(match[0])),), match.span(), Strength.LIKELY, worded=True)


def _in_other_letters(text: str, locale: str) -> Iterator[Number]:
    for match in _ETHIOPIC.finditer(text):
        yield Number((number_key(_multiplied(match[0])),), match.span())
    if language_of(locale) in _HAN_LANGUAGES:
        for match in _HAN.finditer(text):
            value = _multiplied(match[0])
            yield Number((number_key(value),), match.span(), Strength.LIKELY, worded=True)


def _roman(letters: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _multiplied(characters: str) -> Fraction:
    """Digits before tens, hundreds and ten thousands multiply them; the rest is added up."""
    total, group, digit = Fraction(0), Fraction(0), Fraction(0)
    for character in characters:
        value = Fraction(2) if character in "两兩" else _numeric(character)
        if value >= 10_000:
            total = (total + group + digit or Fraction(1)) * value
            group = digit = Fraction(0)
        elif value >= 100 or character in "十百千":
            group += (digit or Fraction(1)) * value
            digit = Fraction(0)
        elif value >= 10:  # Ethiopic tens stand beside their units
            digit = value
        else:
            digit += value
    return total + group + digit


def _numeric(character: str) -> Fraction:
    if character == "半":
        return Fraction(1, 2)
    return Fraction(unicodedata.numeric(character, 0)).limit_denominator(10)
