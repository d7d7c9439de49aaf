"""Units: the names that a language gives them, and those that stand after a number or in a rate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from babel.units import format_unit

from patientinfo.formats.numbers.locales import babel_locale, language_of
from patientinfo.formats.numbers.units.languages import BY_LANGUAGE
from patientinfo.formats.numbers.units.names import CLDR, EVERYWHERE, Names
from patientinfo.formats.numbers.units.names import COUNTED as COUNTED
from patientinfo.formats.numbers.units.names import DURATIONS as DURATIONS
from patientinfo.formats.numbers.units.names import LOOSELY as LOOSELY
from patientinfo.formats.numbers.units.names import PERCENT as PERCENT
from patientinfo.formats.numbers.units.names import RATE_AMOUNTS as RATE_AMOUNTS
from patientinfo.formats.numbers.units.names import RATE_DURATIONS as RATE_DURATIONS
from patientinfo.formats.numbers.units.names import SMALLER as SMALLER
from patientinfo.formats.numbers.units.rates import ALTERNATE, PER, RATES
from patientinfo.formats.numbers.words.beginnings import (
    UNSPACED,
    Beginnings,
    beginnings_of,
    has_joiner,
    matches_of,
)
from patientinfo.formats.numbers.words.tokens import MARKS, WORD, fold_word

_WIDTHS: tuple[Literal["short", "long"], ...] = ("short", "long")
#: One of every plural form that CLDR has.
_COUNTS = (0, 1, 2, 3, 5, 11, 21, 100)
_FIGURE = re.compile(r"\d+")
#: The letters that follow a number, as `words_in` has them.
_LETTERS = re.compile(rf"[\s-]?({WORD.pattern})")
#: CLDR's names that are something else as often: 21st, Dr, the ends of words.
_LEFT_OUT = frozenset({"st", "dr", "mi", "pi", "pe", "in"})
_PERCENT_BEFORE = frozenset({"yuzde", "百分之"})
_ALEF = "[اأإآ]"
_ARABIC_SIGNS = "[\u064b-\u0652\u0640]*"
_ARABIC = re.compile("[\u0621-\u064a]")
_SIGNS = re.compile("[\u064b-\u0652\u0640]")
_WITH_THE = re.compile(r"(?<!\w)[وفبل]?ال(\w+)\s$")
_LONGEST_WORD = 24
#: "half an hour", "quarter of an hour", "une demi-heure": what may stand before the unit.
_BETWEEN = r"(?:\s(?:of\s)?(?:an?|a|een|eine[rs]?|d['’]|de|une?|th?e)(?=\s))?"


class Rate(NamedTuple):
    """So much a day: the unit, and where it stands."""

    unit: str
    span: tuple[int, int]


class _Table(NamedTuple):
    """Units by folded name, and patterns that find them."""

    names: dict[str, str]
    after: re.Pattern[str]
    #: What units begin with, for those that begin with letters; None where words do not tell.
    first_words: frozenset[str] | None
    of: re.Pattern[str]
    percent: re.Pattern[str]
    percent_starts: Beginnings | None
    rates: re.Pattern[str]
    rate_names: dict[str, str]
    rate_starts: Beginnings | None


def unit_after(text: str, at: int, locale: str, part: bool = False) -> tuple[str, int]:
    """
    The unit that stands at a place of the text and where it ends; empty when there is none.

    Between a `part` and its unit an article may stand: "half an hour".
    """
    if at >= len(text):
        return "", at
    table = _table(locale)
    if part:
        match = table.of.match(text, at)
    else:
        match = table.after.match(text, at) if _may_be_unit(text, at, table.first_words) else None
    return ("", at) if match is None else (table.names[_key(match["unit"])], match.end())


def unit_before(text: str, at: int, locale: str) -> str:
    """The unit before an Arabic number, both with "the": `الأسبوع العاشر`. Hours are times."""
    if language_of(locale) != "ar" or not text.startswith("ال", at):
        return ""
    match = _WITH_THE.search(text, max(0, at - _LONGEST_WORD), at)
    unit = _table(locale).names.get(_key(match[1]), "") if match else ""
    return "" if unit == "hour" else unit


def _may_be_unit(text: str, at: int, first_words: frozenset[str] | None) -> bool:
    """A quick look before a long one: whether the letters at a place, if any, begin a unit."""
    word = _LETTERS.match(text, at)
    if word is None or first_words is None:
        return True
    letters = word[1]
    return fold_word(letters) in first_words or (not letters.isascii() and has_joiner(letters))


def without_percent_words(text: str, locale: str) -> str:
    """`text` with "por ciento" and its like as a percent sign and spaces: they hold a hundred."""
    table = _table(locale)
    if table.percent_starts is not None and not table.percent_starts.may_be_in(text):
        return text
    return table.percent.sub(_percent_sign, text)


def _percent_sign(match: re.Match[str]) -> str:
    word = match[0]
    before = fold_word(word) in _PERCENT_BEFORE
    return "%".rjust(len(word)) if before else "%".ljust(len(word))


def rates_in(text: str, locale: str) -> Iterator[Rate]:
    """Every "per day", "am Tag", "يوميًا", "/ml"."""
    table = _table(locale)
    for match in matches_of(table.rates, text, table.rate_starts):
        if match["unit"]:
            yield Rate(table.names[_key(match["unit"])], match.span())
        else:
            yield Rate(table.rate_names[_key(match["rate"])], match.span())


def alternates_in(text: str, locale: str) -> Iterator[Rate]:
    """Every "every other day", "om de dag", with its unit."""
    names, pattern, starts = _alternates(language_of(locale))
    for match in matches_of(pattern, text, starts):
        yield Rate(names[_key(match[0])], match.span())


def names_of(unit: str, locale: str) -> list[str]:
    """Every word that a language has for a unit, the words for a rate of it included; folded."""
    table = _table(locale)
    every = (*table.names.items(), *table.rate_names.items())
    return [name for name, named in every if named == unit]


def _key(name: str) -> str:
    """A name as it stands in the tables: folded, spaces of one kind, no dot at its end."""
    return " ".join(fold_word(name).replace("\u00a0", " ").replace("\u202f", " ").split()).rstrip(
        "."
    )


@lru_cache(maxsize=64)
def _table(locale: str) -> _Table:
    language = language_of(locale)
    names = {**_from_cldr(locale), **_named(EVERYWHERE), **_named(BY_LANGUAGE.get(language, {}))}
    names |= _with_endings(names)
    rates = _named(RATES.get(language, {}))
    # A Turkish ending follows an apostrophe; elsewhere one begins another word ("2 s'il").
    apostrophe = "" if language == "tr" else r"(?!['’]\w)"
    end = "" if language in UNSPACED else rf"(?![\w{MARKS}]){apostrophe}"
    unit = f"(?P<unit>{_any(names)}){end}"
    before = _named({"": PER.get(language, "per")})
    per = _any(before)
    percents = [name for name, unit in names.items() if unit == PERCENT and name[0].isalpha()]
    # "On the tenth day" is no rate: `في اليوم العاشر`, but `في اليوم الواحد`.
    of_unit = rf"(?:ال)?{unit}" + (r"(?!\s+ال(?!واحد)\w)" if language == "ar" else "")
    own_rate = f"(?P<rate>{_any(rates)}){end}" if rates else "(?P<rate>(?!))"
    start = "" if language in UNSPACED else rf"(?<![\w{MARKS}])"
    return _Table(
        names={_key(name): unit for name, unit in names.items()},
        after=re.compile(rf"[\s-]?{unit}", re.IGNORECASE),
        first_words=_first_words(language, names),
        of=re.compile(rf"{_BETWEEN}[\s-]?{unit}", re.IGNORECASE),
        percent=re.compile(f"{start}(?:{_any(percents)}){end}" if percents else "(?!)", re.I),
        percent_starts=beginnings_of(language, percents),
        rates=re.compile(
            rf"(?:/\s?|{start}(?:{per})(?:\s|(?<=ال)|(?<=[每个]))){of_unit}|{start}{own_rate}",
            re.IGNORECASE,
        ),
        rate_names={_key(name): unit for name, unit in rates.items()},
        rate_starts=_rate_starts(language, before, rates),
    )


@lru_cache(maxsize=64)
def _alternates(language: str) -> tuple[dict[str, str], re.Pattern[str], Beginnings | None]:
    names = _named(ALTERNATE.get(language, {}))
    pattern = rf"(?<!\w)(?:{_any(names)})(?![\w{MARKS}])" if names else "(?!)"
    keyed = {_key(name): unit for name, unit in names.items()}
    return keyed, re.compile(pattern, re.IGNORECASE), beginnings_of(language, names)


def _first_words(language: str, names: Iterable[str]) -> frozenset[str] | None:
    found = beginnings_of(language, [name for name in names if _LETTERS.match(name)])
    return None if found is None else found.whole


def _rate_starts(language: str, per: Iterable[str], rates: Iterable[str]) -> Beginnings | None:
    """Arabic writes "with the" and the unit in one."""
    found = beginnings_of(language, (*per, *rates))
    if found is None:
        return None
    glued = tuple(fold_word(name) for name in per if name.endswith("ال") and " " not in name)
    return replace(found, parts=glued, sign="/")


def _named(table: Names) -> dict[str, str]:
    return {name.replace("_", " "): unit for unit, names in table.items() for name in names.split()}


def _from_cldr(locale: str) -> dict[str, str]:
    """CLDR's long and short names; a single letter says too little and is left out."""
    cldr = babel_locale(locale)
    found: dict[str, str] = {}
    for source, unit in CLDR.items() if cldr else ():
        for width, count in product(_WIDTHS, _COUNTS):
            spelt = format_unit(count, source, width, locale=cldr)
            name = _FIGURE.sub("", spelt).strip("\u00a0\u202f\u200f ")
            if name != spelt and len(name) > 1 and name not in _LEFT_OUT:  # a dual has no figure
                found[name] = unit
    return found


def _with_endings(names: dict[str, str]) -> dict[str, str]:
    """Arabic measures behind 11 and more, and many of them: `مليغرامًا`, `كيلوغرامات`."""
    return {
        name + ending: unit
        for name, unit in names.items()
        if name.endswith(("رام", "تر"))
        for ending in ("ا", "ات")
    }


def _any(names: Iterable[str]) -> str:
    """Alternatives, the longest first; an Arabic name with or without its vowel signs."""
    return "|".join(_spelt(name) for name in sorted(names, key=len, reverse=True))


def _spelt(name: str) -> str:
    if _ARABIC.search(name):
        letters = [
            _ALEF if letter in "اأإآ" else re.escape(letter) for letter in _SIGNS.sub("", name)
        ]
        return _ARABIC_SIGNS.join(letters).replace(r"\ ", r"[\s\u00a0]") + _ARABIC_SIGNS
    spelt = re.escape(name).replace(r"\ ", "[ \u00a0\u202f]")
    return spelt + "?" if spelt.endswith(r"\.") else spelt
