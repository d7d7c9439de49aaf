"""
Numbers in running text, by value, in any language: what "1 to 2 days" and "١ إلى ٢ أيام" share.

A leaflet's dangerous mistakes are wrong numbers, and no two languages write them alike. This
package finds figures (digits of every script, CLDR's separators), number words (a table for each
language), fractions, ordinals, dates, times and ranges, with the unit after them, and compares:

    numbers_in(text, locale)    the numbers of a text
    rates_in(text, locale)      its "per day"
    difference(source, target)  what a translation lacks, adds or turns round

Pure: no Django, no settings. Languages come as codes (`nl`, `pt-br`); one that CLDR does not know
is read by figures alone. Spans count characters of the text as given.
"""

from patientinfo.formats.numbers.comparison import Difference, difference
from patientinfo.formats.numbers.digits import ascii_digits
from patientinfo.formats.numbers.locales import language_of, script_of
from patientinfo.formats.numbers.model import Key, Number, Strength, number_key
from patientinfo.formats.numbers.reader import numbers_in
from patientinfo.formats.numbers.units import (
    COUNTED,
    DURATIONS,
    LOOSELY,
    PERCENT,
    RATE_AMOUNTS,
    RATE_DURATIONS,
    Rate,
    alternates_in,
    rates_in,
)
from patientinfo.formats.numbers.units.mentions import (
    is_every,
    is_named,
    is_within,
    knows_intervals,
    knows_rates,
    may_be_interval,
)

__all__ = [
    "COUNTED",
    "DURATIONS",
    "LOOSELY",
    "PERCENT",
    "RATE_AMOUNTS",
    "RATE_DURATIONS",
    "Difference",
    "Key",
    "Number",
    "Rate",
    "Strength",
    "alternates_in",
    "ascii_digits",
    "difference",
    "is_every",
    "is_named",
    "is_within",
    "knows_intervals",
    "knows_rates",
    "language_of",
    "may_be_interval",
    "number_key",
    "numbers_in",
    "rates_in",
    "script_of",
]
