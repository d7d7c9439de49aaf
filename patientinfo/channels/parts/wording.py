"""
Dates, numbers, lists and names of languages, said as each language says them (CLDR, through Babel).

`locale` is always the language of the page, as a tag such as `nl` or `pt-BR`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils import timezone

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, for a `<time>` element: `iso` for machines, `text` for people."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its tag, its name in the page's language and in itself, its direction."""

    code: str
    name: str
    own_name: str
    direction: str


def babel_locale(code: str) -> Locale:
    """The CLDR locale of a language tag; English for a tag that CLDR does not know."""
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_FALLBACK)


def direction_of(code: str) -> str:
    """`rtl` or `ltr`."""
    return str(babel_locale(code).text_direction)


def language(code: str, locale: str) -> Language:
    """The language `code`, named for a page in `locale`."""
    own = babel_locale(code)
    own_name = own.get_display_name() or code
    name = own.get_display_name(babel_locale(locale)) or code
    return Language(code, name, own_name[:1].upper() + own_name[1:], direction_of(code))


def moment(value: str | date | datetime | None, locale: str) -> Moment | None:
    """
    A day in words: `2026-11-23` is `23 november 2026` in Dutch.

    An ISO date-time (of an issued Edition, in UTC) becomes the clinic's local day. Empty: None.
    """
    if not value:
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return Moment(value.isoformat(), format_date(value, "long", locale=babel_locale(locale)))


@cache
def digits_of(locale: str) -> str:
    """The ten digits of a language, from nought."""
    return "".join(number(digit, locale) for digit in range(10))


def number(value: int, locale: str) -> str:
    """A whole number in the digits that the language uses by default."""
    return str(format_decimal(value, locale=babel_locale(locale), numbering_system="default"))


def listed(items: Iterable[str], locale: str) -> str:
    """
    Several things in one sentence.

    >>> listed(["Pain", "Rest", "Sport"], "nl")
    'Pain, Rest en Sport'
    """
    return format_list(list(items), locale=babel_locale(locale))
