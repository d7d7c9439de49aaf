"""
How units are written, beside what CLDR says.

CLDR names units in every language, with their plural forms; here are the symbols that are the same
everywhere, other forms that people write (cases, abbreviations, `mcg`) and what CLDR does not have
(international units, tablets). Names stand apart by spaces; a space in a name is an underscore.
"""

from __future__ import annotations

from collections.abc import Mapping

PERCENT = "percent"
DEGREE = "degree"
#: Units that another text may name less exactly: "38 degrees", "10 units" of insulin.
LOOSELY = {"celsius": DEGREE, "fahrenheit": DEGREE, "international unit": "unit"}
DURATIONS = frozenset(
    {"second", "minute", "hour", "day", "night", "week", "month", "year", "century", "decade"}
)
#: Parts of these are often given in smaller ones: the name, and how many there are.
SMALLER = {
    "minute": ("second", 60), "hour": ("minute", 60), "week": ("day", 7), "year": ("month", 12),
}  # fmt: skip
#: What is counted, not measured: languages often leave these words out or choose others.
COUNTED = frozenset({"tablet", "capsule", "drop", "puff", "dose", "times", "spoon"})

#: What a rate may be counted by; a dose without it is another dose.
RATE_DURATIONS = frozenset({"minute", "hour", "day", "week", "month", "year"})
RATE_AMOUNTS = frozenset(
    {"kilogram", "gram", "pound", "liter", "deciliter", "milliliter", "square meter"}
)

#: CLDR's unit, and its name here.
CLDR = {
    "mass-kilogram": "kilogram", "mass-gram": "gram", "mass-milligram": "milligram",
    "mass-microgram": "microgram", "mass-ounce": "ounce", "mass-pound": "pound",
    "mass-stone": "stone", "volume-liter": "liter", "volume-deciliter": "deciliter",
    "volume-centiliter": "centiliter", "volume-milliliter": "milliliter",
    "volume-teaspoon": "teaspoon", "volume-tablespoon": "tablespoon", "volume-drop": "drop",
    "length-kilometer": "kilometer", "length-meter": "meter", "length-centimeter": "centimeter",
    "length-millimeter": "millimeter", "length-micrometer": "micrometer", "length-foot": "foot",
    "length-mile": "mile", "temperature-celsius": "celsius",
    "temperature-fahrenheit": "fahrenheit", "concentr-percent": PERCENT,
    "concentr-permille": "permille", "duration-second": "second", "duration-minute": "minute",
    "duration-hour": "hour", "duration-day": "day", "duration-night": "night",
    "duration-week": "week", "duration-month": "month", "duration-year": "year",
    "energy-kilocalorie": "kilocalorie", "energy-kilojoule": "kilojoule",
    "energy-calorie": "calorie", "energy-joule": "joule", "frequency-hertz": "hertz",
    "pressure-millimeter-ofhg": "mmhg", "concentr-millimole-per-liter": "mmol/l",
}  # fmt: skip

Names = Mapping[str, str]

#: Symbols of the SI and of medicine, in any language that has Latin letters in its texts.
EVERYWHERE: Names = {
    "kilogram": "kg", "gram": "g gr", "milligram": "mg", "microgram": "µg μg mcg ug",
    "nanogram": "ng", "liter": "l", "deciliter": "dl", "centiliter": "cl", "milliliter": "ml cc",
    "microliter": "µl μl", "kilometer": "km", "meter": "m", "centimeter": "cm", "millimeter": "mm",
    "micrometer": "µm μm", "square meter": "m² m2", "celsius": "°C °_C ºC º_C ℃",
    "fahrenheit": "°F ºF ℉", DEGREE: "°", PERCENT: "% ٪ ％ ﹪", "permille": "‰",
    "mmhg": "mmHg mm_Hg", "mmol": "mmol", "mole": "mol", "millisievert": "mSv", "gray": "Gy",
    "kilocalorie": "kcal", "kilojoule": "kJ", "hertz": "Hz", "hour": "h", "minute": "min",
    "second": "s",
}  # fmt: skip
