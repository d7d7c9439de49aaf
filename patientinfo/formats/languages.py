"""What formats must know of a language."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError


def text_direction(locale: str) -> str:
    """`ltr` or `rtl`; a language that CLDR does not know is taken for left-to-right."""
    for code in (locale, locale.partition("-")[0]):
        try:
            return str(Locale.parse(code, sep="-").text_direction)
        except (UnknownLocaleError, ValueError):
            continue
    return "ltr"
