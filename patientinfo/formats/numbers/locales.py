"""Languages as CLDR knows them, by the codes that sites use (`nl`, `pt-br`, `zh-hans`)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_SCRIPT_LENGTH = 4


@lru_cache(maxsize=256)
def language_of(code: str) -> str:
    """The language of a code, without script and territory: `pt` of `pt-BR`."""
    return code.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=256)
def babel_locale(code: str) -> Locale | None:
    """CLDR's locale for a code, or for its language alone; None for one that CLDR does not have."""
    parts = code.replace("_", "-").split("-")
    named = [parts[0].lower(), *(_subtag(part) for part in parts[1:])]
    for tag in ("_".join(named), named[0]):
        try:
            return Locale.parse(tag)
        except (ValueError, UnknownLocaleError, TypeError):
            continue
    return None


def _subtag(part: str) -> str:
    return part.title() if len(part) == _SCRIPT_LENGTH else part.upper()


@lru_cache(maxsize=256)
def script_of(code: str) -> str:
    """The ISO 15924 code of the script that a language is written in; empty when unknown."""
    locale = babel_locale(code)
    if locale is None:
        return ""
    if locale.script:
        return str(locale.script)
    subtags = get_global("likely_subtags")
    tags = [f"{locale.language}_{locale.territory}", locale.language]
    likely = next((subtags[tag] for tag in tags if tag in subtags), "")
    return next((p for p in likely.split("_")[1:] if len(p) == _SCRIPT_LENGTH), "")


class Symbols(NamedTuple):
    """The decimal and the thousands separator of a language."""

    decimal: str
    group: str


@lru_cache(maxsize=256)
def symbols_of(code: str) -> Symbols:
    """CLDR's separators for European digits; those of Arabic digits are the same everywhere."""
    locale = babel_locale(code)
    found = locale.number_symbols.get("latn", {}) if locale else {}
    return Symbols(found.get("decimal") or ".", found.get("group") or ",")


@lru_cache(maxsize=256)
def writes_month_first(code: str) -> bool | None:
    """
    Whether 3/4 is the 4th of March; None where nobody can tell.

    English without a country is written by both halves of the world.
    """
    locale = babel_locale(code)
    if locale is None or (locale.language == "en" and not locale.territory):
        return None
    pattern = locale.date_formats["short"].pattern
    return bool(pattern.find("M") < pattern.find("d"))
