"""
Dates in any order and with months in words, and the times of day beside them.

A date counts as one value: `12 October 2026`, `2026-10-12` and `١٢ أكتوبر ٢٠٢٦` are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from patientinfo.formats.numbers.locales import babel_locale, language_of, writes_month_first
from patientinfo.formats.numbers.model import Key, Number
from patientinfo.formats.numbers.times import halves_in, times_in
from patientinfo.formats.numbers.words.beginnings import Beginnings, beginnings_of
from patientinfo.formats.numbers.words.tokens import fold_word

#: Arabic has three sets of month names; a reader of one country knows them all.
_MONTHS_ALSO = {"ar": ("ar-SY", "ar-DZ", "ar-MA")}
_BORDER = r"(?<![\w/.-])"
_YEAR_FIRST = re.compile(rf"{_BORDER}(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?![\w/-])")
_YEAR_LAST = re.compile(rf"{_BORDER}(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}})(?![\w/-])")
_HAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日号號일])?")
#: What every date and time in figures has: a quick look before five long ones.
_MARKED = re.compile(r"[0-9](?:[-/.:]\d|\s?[hH])")
_DAY_ENDS = ("st", "nd", "rd", "th", "er", "º")


def moments_in(text: str, locale: str, first: int = 0) -> list[Number]:
    """
    Dates, then times of day, of a text that has been through `ascii_digits`; they may overlap, the
    first counts. No digit is before `first`.
    """
    months, halves = _months(locale), halves_in(text, language_of(locale), first)
    named = months is not None and (months.starts is None or months.starts.may_be_in(text))
    marked = _MARKED.search(text, first) is not None
    if not (marked or named or halves or "年" in text or "년" in text):
        return []
    return [
        *_dates_in_figures(text, locale, marked),
        *(_worded_dates(text, months) if months is not None and named else ()),
        *times_in(text, marked, halves),
    ]


def _dates_in_figures(text: str, locale: str, marked: bool) -> Iterator[Number]:
    for match in _YEAR_FIRST.finditer(text) if marked else ():
        year, month, day = int(match[1]), int(match[3]), int(match[4])
        yield from _date([(year, month, day)], match.span())
    for match in _HAN.finditer(text) if "年" in text or "년" in text else ():
        yield from _date([(int(match[1]), int(match[2]), int(match[3] or 0))], match.span())
    for match in _YEAR_LAST.finditer(text) if marked else ():
        first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
        orders = {False: (year, second, first), True: (year, first, second)}
        month_first = writes_month_first(locale)
        if month_first is not None and _is_date(orders[month_first]):
            readings = [orders[month_first]]
        else:
            readings = list(dict.fromkeys(orders.values()))
        yield from _date(readings, match.span())


def _worded_dates(text: str, months: _Months) -> Iterator[Number]:
    for match in months.pattern.finditer(text):
        month = months.names[fold_word(match["month"] or match["month2"])]
        day = int(match["day"] or match["day2"] or 0)
        year = int(match["year"] or match["year2"] or 0)
        if day or year:
            yield from _date([(year, month, day)], match.span())


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _is_date(date: tuple[int, int, int]) -> bool:
    return 1 <= date[1] <= 12 and 0 <= date[2] <= 31


def _date(readings: list[tuple[int, int, int]], span: tuple[int, int]) -> Iterator[Number]:
    keys: list[Key] = [("date", *date) for date in readings if _is_date(date)]
    if keys:
        yield Number(tuple(keys), span)


class _Months(NamedTuple):
    """
    A pattern for a day, a year or both beside a month's name, the months by folded name, and the
    words with which a month's name begins.
    """

    pattern: re.Pattern[str]
    names: dict[str, int]
    starts: Beginnings | None


@lru_cache(maxsize=64)
def _months(locale: str) -> _Months | None:
    language = language_of(locale)
    named: dict[str, int] = {}
    for code in (locale, *_MONTHS_ALSO.get(language, ())):
        cldr = babel_locale(code)
        for context in ("format", "stand-alone") if cldr else ():
            for width in ("wide", "abbreviated"):
                names = cldr.months[context][width] if cldr else {}
                named |= {name.rstrip("."): number for number, name in names.items()}
    words = {name: number for name, number in named.items() if not name[:1].isdigit()}
    if not words:
        return None
    month = "|".join(re.escape(name) for name in sorted(words, key=len, reverse=True))
    # English and German months have a capital: "may" and "march" are verbs.
    flags = re.NOFLAG if language in {"en", "de"} else re.IGNORECASE
    of = r"(?:\s?(?:of|de|del|den|من)\s)?"
    pattern = re.compile(
        rf"(?<!\w)(?P<day>[12]\d|3[01]|0?[1-9])(?:\.|st|nd|rd|th|er|º)?{of}\s?"
        rf"(?P<month>{month})(?!\w)\.?(?:,?{of}\s?(?P<year>\d{{4}})(?!\d))?"
        rf"|(?<!\w)(?P<month2>{month})(?!\w)\.?\s"
        r"(?:(?P<day2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:]\d)(?:,?\s(?=\d{4}(?!\d)))?)?"
        rf"{of}(?P<year2>(?:1[89]|20)\d\d(?!\d))?",
        flags,
    )
    # The ending of a day is read in one with a month that follows without a space: 12thOctober.
    starts = beginnings_of(language, [end + name for name in words for end in ("", *_DAY_ENDS)])
    return _Months(pattern, {fold_word(name): number for name, number in words.items()}, starts)
