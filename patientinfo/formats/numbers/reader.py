"""
All numbers of a text: figures, words, dates, times and ranges, each with its unit.

Passes from the surest to the least sure: what a date or a time has taken is no longer a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from patientinfo.formats.numbers.dates import moments_in
from patientinfo.formats.numbers.digits import ascii_digits, figures_in
from patientinfo.formats.numbers.locales import language_of
from patientinfo.formats.numbers.model import Key, Number, Strength, number_key
from patientinfo.formats.numbers.others import numerals_in
from patientinfo.formats.numbers.times import with_hours
from patientinfo.formats.numbers.units import (
    PERCENT,
    SMALLER,
    unit_after,
    unit_before,
    without_percent_words,
)
from patientinfo.formats.numbers.words import LANGUAGES, lexicon_of
from patientinfo.formats.numbers.words.grammar import Grammar

_DIGIT = re.compile("[0-9¼-¾⅐-⅞↉]")
_PERCENT_BEFORE = re.compile(r"[%٪％]\s?$")
#: What stands for the apostrophe within words of Ukrainian; the first is a letter to Unicode.
_APOSTROPHES = "\u02bc‘`´＇"
#: What stands before people of an age, whose "s" is no second.
_BEFORE_PLURAL = re.compile(r"(?<!\w)(?<!in )(?:under|over)[\s-]$", re.IGNORECASE)
#: What stands between "half" and a dose: "half a 20 mg tablet", "half of your usual dose".
_OF_A_DOSE = re.compile(
    r"\s(?:of\s)?(?:an?|the|your|this)\s(?:[a-z]+\s){0,2}?(?:\d|(?:dose|tablet|pill)s?\b)"
)
_DASH = re.compile(r"\s?[-–—−‒~～〜]\s?")
#: Words between the two ends of a range, by language; then words between two choices.
_TO = {
    "en": "to through until till", "nl": "tot t/m à en", "de": "bis und",
    "es": "a al hasta y a_el y_el",
    "fr": "à a jusqu'à et", "tr": "ile ila", "uk": "до по", "hi": "से", "ar": "إلى الى حتى و",
    "zh": "至 到", "el": "έως ως μέχρι", "ru": "до по", "pt": "a até", "it": "a fino_a",
}  # fmt: skip
_OR = {
    "en": "or and", "nl": "of", "de": "oder", "es": "o u", "fr": "ou", "tr": "veya ya_da",
    "uk": "або чи", "hi": "या", "ar": "أو", "zh": "或", "el": "ή", "ru": "или", "pt": "ou",
    "it": "o",
}  # fmt: skip
_LONGEST_BETWEEN = 2 + max(map(len, " ".join([*_TO.values(), *_OR.values()]).split()))


@lru_cache(maxsize=4096)
def numbers_in(text: str, locale: str) -> tuple[Number, ...]:
    """
    The numbers of plain text in a language, in order.

    What is no number of the text (addresses, placeholders) has been blanked before.
    """
    plain = without_percent_words(_with_apostrophes(ascii_digits(text), locale), locale)
    figures: list[Number] = []
    rest = plain
    first = _DIGIT.search(plain)
    if first is not None:
        begin = first.start()
        moments = _first_of(moments_in(plain, locale, begin), len(plain))
        rest = _blanked(plain, moments)
        figures = [*moments, *figures_in(rest, locale, begin)]
    grammar = _grammar(language_of(locale))
    found = figures if grammar is None else grammar.read(rest, figures)
    numerals = numerals_in(rest, locale)
    found = _first_of([*found, *numerals] if numerals else found, len(plain))
    if not found:
        return ()
    found = with_hours(plain, language_of(locale), found)
    measured = _before_first(plain, _with_units(plain, locale, found))
    return tuple(_in_ranges(plain, locale, measured))


def _with_apostrophes(text: str, locale: str) -> str:
    """`text` with the apostrophe of its tables, as long as before: `пʼять` is `п'ять`."""
    if language_of(locale) == "uk":
        for sign in _APOSTROPHES:
            text = text.replace(sign, "'")
    return text


@lru_cache(maxsize=len(LANGUAGES) + 1)
def _grammar(language: str) -> Grammar | None:
    lexicon = lexicon_of(language)
    return None if lexicon is None else Grammar(lexicon)


def _first_of(numbers: Iterable[Number], length: int) -> list[Number]:
    """Those that overlap none before them in the list, in the order of the text."""
    numbers = list(numbers)
    if len(numbers) < 2:
        return numbers
    kept: list[Number] = []
    taken = bytearray(length)
    for number in numbers:
        start, end = number.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(number)
    return sorted(kept, key=lambda number: number.span)


def _blanked(text: str, numbers: list[Number]) -> str:
    for number in numbers:
        start, end = number.span
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _with_units(text: str, locale: str, numbers: list[Number]) -> list[Number]:
    """Each number with the unit after it; a number within such a unit is none ("12 seconds")."""
    found: list[Number] = []
    taken = 0
    for number in numbers:
        if number.span[0] < taken:
            continue
        start, (before, taken) = taken, number.span
        if number.unit or number.keys[0][0] != "number":
            found.append(number)
            continue
        part = number.worded and number.keys[0][1].numerator < number.keys[0][1].denominator
        unit, end = unit_after(text, taken, locale, part)
        if not unit and _PERCENT_BEFORE.search(text, max(start, before - 3), before):
            unit = PERCENT
        unit = unit or unit_before(text, before, locale)
        if unit == "second" and text[taken:end] == "s" and _is_plural(text, before, taken, locale):
            unit = ""
        sure = bool(unit) or (part and _OF_A_DOSE.match(text, taken) is not None)
        taken = max(taken, end)
        found.append(_measured(number, unit, end) if sure else number)
    return _bare_nouns_left_out(found)


def _is_plural(text: str, start: int, end: int, locale: str) -> bool:
    """Whether the "s" after an English number makes many of it: `under 16s`, `the 1990s`."""
    if language_of(locale) != "en":
        return False
    decade = end - start == 4 and text[end - 1] == "0"
    return decade or _BEFORE_PLURAL.search(text, max(0, start - 9), start) is not None


def _measured(number: Number, unit: str, end: int) -> Number:
    """
    The number with its unit, if any: half of an hour is also 30, and is surely meant as a number;
    two weeks are also said as 14 days.
    """
    value, keys = number.value, number.keys
    if unit == "week" and value == 2:
        keys = (*keys, number_key(14))
    if not number.worded or value is None or value.denominator == 1:
        return number._replace(unit=unit, unit_end=end, keys=keys)
    if unit in SMALLER:
        extra: Key = number_key(value * SMALLER[unit][1])
        keys = tuple(dict.fromkeys((*keys, extra)))
    return number._replace(unit=unit, unit_end=end, keys=keys, strength=Strength.CERTAIN)


def _bare_nouns_left_out(numbers: list[Number]) -> list[Number]:
    """Without the nouns that a number before them counts: `3 أيام`, `20 يوم` say no one."""
    if len(numbers) < 2:
        return numbers
    kept: list[Number] = []
    for number in numbers:
        before = kept[-1] if kept else None
        counted = (
            before is not None
            and number.strength is Strength.ARTICLE
            and number.unit
            and not number.unit_end
            and not before.unit
            and 0 <= number.span[0] - before.span[1] <= 1
        )
        if counted and before is not None:
            kept[-1] = before._replace(unit=number.unit, unit_end=number.span[1])
        else:
            kept.append(number)
    return kept


def _before_first(text: str, numbers: list[Number]) -> list[Number]:
    """`los dos primeros días`: what is counted stands behind "first"."""
    found = list(numbers)
    for at, (number, first) in enumerate(pairwise(numbers)):
        ordinal = first.worded and first.strength is Strength.LIKELY and first.value == 1
        if not (ordinal and first.unit) or number.unit:
            continue
        if text[number.span[1] : first.span[0]] == " ":
            found[at] = number._replace(unit=first.unit, unit_end=first.unit_end)
            found[at + 1] = first._replace(unit="", unit_end=0)
    return found


@lru_cache(maxsize=64)
def _between(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    def words(table: dict[str, str]) -> re.Pattern[str]:
        named = [word.replace("_", " ") for word in table.get(language, "").split()]
        spelt = "|".join(re.escape(word) for word in named) or "(?!)"
        return re.compile(rf"{_DASH.pattern}|\s?(?:{spelt})(?:\s|(?=ال))?", re.IGNORECASE)

    return words(_TO), words(_OR)


def _in_ranges(text: str, locale: str, numbers: list[Number]) -> list[Number]:
    """The lower end of a range with the unit of the upper, and with its value."""
    if len(numbers) < 2:
        return numbers
    to, either = _between(language_of(locale))
    found = list(numbers)
    for at in range(len(found) - 2, -1, -1):
        low, high = found[at], found[at + 1]
        if low.value is None or high.value is None:
            continue
        gap = text[low.span[1] : high.span[0]]
        if len(gap) > _LONGEST_BETWEEN:
            continue
        is_range = to.fullmatch(gap) is not None
        if is_range or either.fullmatch(gap):
            unit = low.unit or high.unit
            upto: Fraction | None = high.value if is_range else None
            found[at] = low._replace(unit=unit, upto=upto)
            if is_range and low.unit == PERCENT and not high.unit:  # the sign before both
                found[at + 1] = high._replace(unit=PERCENT)
    return found
