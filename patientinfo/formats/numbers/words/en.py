"""English."""

from fractions import Fraction

from patientinfo.formats.numbers.words.lexicon import Vocabulary, numbered, tens_and_units

_UNITS = numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = numbered("twenty thirty forty/fourty fifty sixty seventy eighty ninety", 20, 10)
_ORDINALS = numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    1,
) | {"thirtieth": 30}

VOCABULARY = Vocabulary(
    low=_UNITS | {"a": 1, "an": 1} | _TENS | tens_and_units(_TENS, _UNITS, "{ten} {unit}"),
    multipliers={"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9},
    joiners=("and",),
    ordinals=_ORDINALS | tens_and_units(_TENS, _ORDINALS, "{ten} {unit}"),
    wholes={
        "once": 1, "single": 1, "twice": 2, "thrice": 3, "both": 2, "pair": 2, "couple": 2,
        "double": 2, "triple": 3, "dozen": 12, "fortnight": 14, "two fold": 2, "twofold": 2,
        "every other": 2, "a second": 2, "noon": 12, "midday": 12, "midnight": 12,
    },
    nouns={"a fortnight": (2, "week"), "every second day": (2, "day"),
           "every second week": (2, "week")},
    also={"fortnight": (2,), "a fortnight": (14, 15), "midnight": (24, 0)},
    fractions={"half": Fraction(1, 2), "halves": Fraction(1, 2)},
    denominators={
        "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifths": 5, "fifth": 5,
        "tenths": 10, "tenth": 10, "eighths": 8, "sixths": 6,
    },
    added={"and a half": Fraction(1, 2), "and a quarter": Fraction(1, 4),
           "and three quarters": Fraction(3, 4)},
    before={"half past": Fraction(1, 2), "quarter past": Fraction(1, 4),
            "quarter to": Fraction(-1, 4)},
    articles=("a", "an", "one"),
    unsure=("first", "once", "single", "both", "pair", "couple", "double", "triple", "dozen",
            "half", "halves", "quarter", "quarters", "zero", "fortnight", "two fold", "twofold",
            "every other", "a second", "noon", "midday", "midnight", "every second day",
            "every second week"),
    not_numbers=("per second", "each second", "every second", "split second",
                 "seconds"),
)  # fmt: skip
