"""
Looser than a number with its unit or a rate: whether a text speaks of a unit, or of an interval.

What is found here keeps a check silent; so too much is better than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from patientinfo.formats.numbers.locales import language_of
from patientinfo.formats.numbers.units import names_of
from patientinfo.formats.numbers.units.rates import APART, EVERY, OTHER_NAMES, RATES, WITHIN
from patientinfo.formats.numbers.words.tokens import fold_word

#: Languages that do not write words in one: "día" within "diabetes" is no day.
_APART_WORDS = frozenset({"es", "fr"})
_FEWEST_LETTERS = 3
_FEWEST_LETTERS_OF_A_WORD = 4


def knows_rates(locale: str) -> bool:
    """Whether rates of a language are known well enough to miss one."""
    return language_of(locale) in RATES


def knows_intervals(locale: str) -> bool:
    return language_of(locale) in EVERY


def is_named(unit: str, text: str, locale: str) -> bool:
    """Whether a text has a word for a unit, within a longer word too ("Tagesdosis", "باليوم")."""
    return _naming(unit, locale).search(fold_word(text)) is not None


def is_every(text: str, at: int, locale: str) -> int | None:
    """Where "every" begins when it stands before a place of the text, else None."""
    match = _ending("every", language_of(locale)).search(text[:at])
    return None if match is None else match.start()


def is_within(text: str, at: int, locale: str) -> bool:
    """Whether "in" or "within" stands before a place of the text."""
    return _ending("within", language_of(locale)).search(text[:at]) is not None


def may_be_interval(text: str, locale: str) -> bool:
    """Whether a text has any word for "every" or for "so long apart"."""
    return _interval(language_of(locale)).search(fold_word(text)) is not None


@lru_cache(maxsize=512)
def _naming(unit: str, locale: str) -> re.Pattern[str]:
    language = language_of(locale)
    others = OTHER_NAMES.get(language, {}).get(unit, "").split()
    return _any_of((*names_of(unit, locale), *others), language in _APART_WORDS, _FEWEST_LETTERS)


@lru_cache(maxsize=64)
def _interval(language: str) -> re.Pattern[str]:
    phrases = f"{EVERY.get(language, '')} {APART.get(language, '')}".split()
    named = (phrase.replace("_", " ") for phrase in phrases)
    return _any_of(named, False, _FEWEST_LETTERS_OF_A_WORD)


@lru_cache(maxsize=64)
def _ending(kind: Literal["every", "within"], language: str) -> re.Pattern[str]:
    table = EVERY if kind == "every" else WITHIN
    phrases = [phrase.replace("_", " ") for phrase in table.get(language, "").split()]
    spelt = "|".join(re.escape(phrase) for phrase in phrases) or "(?!)"
    start = "" if language == "zh" else r"(?<!\w)"
    return re.compile(rf"{start}(?:{spelt})\s*$", re.IGNORECASE)


def _any_of(names: Iterable[str], apart: bool, fewest: int) -> re.Pattern[str]:
    """A search in folded text; a Latin name with fewer letters has to stand alone ("kg", "h")."""
    parts = set()
    for name in names:
        folded = fold_word(name)
        alone = apart or (len(folded) < fewest and folded.isascii())
        spelt = re.escape(folded)
        parts.add(rf"(?<![^\W\d_]){spelt}(?![^\W_])" if alone else spelt)
    return re.compile("|".join(sorted(parts)) or "(?!)")
