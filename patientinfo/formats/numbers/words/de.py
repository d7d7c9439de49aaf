"""German: numbers up to a million are one word, and adjectives have endings."""

from fractions import Fraction

from patientinfo.formats.numbers.words.lexicon import Vocabulary, numbered, tens_and_units

_UNITS = numbered(
    "null ein/eins zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn"
)
_TENS = numbered("zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10)
_COMPOUNDS = tens_and_units(
    _TENS, {k: v for k, v in _UNITS.items() if k != "eins"}, "{unit}und{ten}"
)
_ENDINGS = ("e", "en", "er", "es", "em")


def _declined(stem: str, value: int) -> dict[str, int]:
    return {stem + ending: value for ending in _ENDINGS}


_ORDINALS: dict[str, int] = {}
for _word, _value in (_UNITS | _TENS | _COMPOUNDS).items():
    if _value > 1 and _value not in {3, 7, 8}:
        _ORDINALS |= _declined(_word + ("st" if _value >= 20 else "t"), _value)
for _stem, _value in {"erst": 1, "dritt": 3, "siebt": 7, "siebent": 7, "acht": 8}.items():
    _ORDINALS |= _declined(_stem, _value)
_HALVES = {
    word: Fraction(2 * value + 1, 2)
    for stem, value in {"einein": 1, "zweiein": 2, "dreiein": 3, "vierein": 4}.items()
    for word in (f"{stem}halb", f"{stem}halbe")
}
#: A quarter before and after the hour; "ein Viertel nach drei Tagen" is another quarter.
_QUARTERS = {
    f"Viertel {side} {word}": Fraction(4 * hour + more, 4)
    for word, hour in _UNITS.items()
    for side, more in (("vor", -1), ("nach", 1))
    if 1 <= hour <= 12
} | {"ein Viertel": Fraction(1, 4), "einem Viertel": Fraction(1, 4)}
_HALF_YEARLY = ("halbjährlich", "halbjährliche", "halbjährlichen")
_QUARTERLY = ("vierteljährlich", "vierteljährliche", "vierteljährlichen")
_YEARLY = dict.fromkeys(_HALF_YEARLY, Fraction(1, 2)) | dict.fromkeys(_QUARTERLY, Fraction(1, 4))
_PAIRS = ("beide", "beiden", "beider", "beides", "Paar", "paar", "doppelt", "doppelte", "doppelten")

VOCABULARY = Vocabulary(
    low=_UNITS
    | _TENS
    | _COMPOUNDS
    | _declined("ein", 1)
    | {"zweier": 2, "zweien": 2, "dreier": 3, "dreien": 3},
    multipliers={"hundert": 100, "tausend": 1000, "Million": 10**6, "Millionen": 10**6,
                 "Milliarde": 10**9, "Milliarden": 10**9},
    joiners=("und",),
    ordinals=_ORDINALS,
    wholes={"einmal": 1, "zweimal": 2, "dreimal": 3, "viermal": 4, "fünfmal": 5, "Dutzend": 12,
            "Viertelstunde": Fraction(1, 4), "Dreiviertelstunde": Fraction(3, 4),
            "drei Viertelstunden": Fraction(3, 4), "Vierteljahr": Fraction(1, 4),
            "einzige": 1, "einzigen": 1, "einziger": 1, "einziges": 1, "einzeln": 1,
            "erstmals": 1, "Einzel": 1, "Mitternacht": 12, **_YEARLY, **dict.fromkeys(_PAIRS, 2)},
    also={"Mitternacht": (24, 0), **dict.fromkeys(_HALF_YEARLY, (6,)),
          **dict.fromkeys(_QUARTERLY, (3,)), "Viertelstunde": (15,), "Dreiviertelstunde": (45,),
          "drei Viertelstunden": (45,), "Vierteljahr": (3,)},
    fractions={
        "halb": Fraction(1, 2), "halbe": Fraction(1, 2), "halben": Fraction(1, 2),
        "halber": Fraction(1, 2), "halbes": Fraction(1, 2), "Hälfte": Fraction(1, 2),
        **{f"halb {word}": Fraction(2 * n - 1, 2) for word, n in _UNITS.items() if 1 <= n <= 12},
        "anderthalb": Fraction(3, 2), **_HALVES, "dreiviertel": Fraction(3, 4),
        **_QUARTERS,
    },
    denominators={"Drittel": 3, "Dritteln": 3, "Viertel": 4, "Vierteln": 4, "Fünftel": 5,
                  "Zehntel": 10, "Achtel": 8},
    added={"und eine halbe": Fraction(1, 2), "und ein halbes": Fraction(1, 2)},
    articles=("ein", "eins", *(f"ein{ending}" for ending in _ENDINGS)),
    unsure=("erste", "ersten", "erster", "erstes", "erstem", "acht", "achte", "achten", "achter",
            "achtes", "achtem", "einmal", "Dutzend", "Viertelstunde", "Dreiviertelstunde",
            "Vierteljahr", "Mitternacht", *_HALF_YEARLY, *_QUARTERLY,
            "einzige", "einzigen", "einziger", "einziges", "einzeln", "Einzel", "erstmals", "null",
            "halb", "halbe", "halben", "halber", "halbes", "Hälfte", "Viertel", "elf", *_PAIRS),
    prefixes={"ein": 1, "zwei": 2, "zweit": 2, "drei": 3, "dritt": 3, "vier": 4, "fünf": 5,
              "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12,
              "vierzehn": 14,
              "halb": Fraction(1, 2), "viertel": Fraction(1, 4), "doppel": 2, "erst": 1},
    glued=True,
)  # fmt: skip
