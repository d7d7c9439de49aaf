"""Dutch: numbers up to a thousand are one word."""

from fractions import Fraction

from patientinfo.formats.numbers.words.lexicon import Vocabulary, numbered, tens_and_units

_UNITS = numbered(
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
    "zestien zeventien achttien negentien"
)
_TENS = numbered("twintig dertig veertig vijftig zestig zeventig tachtig negentig", 20, 10)
_COMPOUNDS = tens_and_units(_TENS, _UNITS, "{unit}en{ten}")
_LOW = _UNITS | _TENS | _COMPOUNDS
_ORDINALS = {
    f"{word}{'ste' if value >= 20 or value == 8 else 'de'}": value
    for word, value in _LOW.items()
    if value > 3
} | {"eerste": 1, "tweede": 2, "derde": 3, "honderdste": 100}
#: Every two of them.
_ALTERNATE = {
    "om de dag": (2, "day"), "om de andere dag": (2, "day"), "om de week": (2, "week"),
    "om de andere week": (2, "week"),
}  # fmt: skip

VOCABULARY = Vocabulary(
    low=_LOW | {"ene": 1, "eens": 1},
    multipliers={"honderd": 100, "duizend": 1000, "miljoen": 10**6, "miljard": 10**9},
    joiners=("en",),
    ordinals=_ORDINALS,
    wholes={
        "eenmaal": 1, "tweemaal": 2, "driemaal": 3, "viermaal": 4, "beide": 2, "beiden": 2,
        "allebei": 2, "paar": 2, "dubbel": 2, "dubbele": 2, "tweetal": 2, "drietal": 3,
        "enkele": 1, "enige": 1, "dozijn": 12, "kwartier": Fraction(1, 4),
        "halfuur": Fraction(1, 2), "twee kwartier": Fraction(1, 2),
        "drie kwartier": Fraction(3, 4), "middernacht": 12,
        "halfjaarlijks": Fraction(1, 2), "halfjaarlijkse": Fraction(1, 2),
    },
    also={"twee kwartier": (30,), "drie kwartier": (45,), "kwartier": (15,), "halfuur": (30,),
          "middernacht": (24, 0), "halfjaarlijks": (6,), "halfjaarlijkse": (6,)},
    nouns=_ALTERNATE,
    fractions={
        "half": Fraction(1, 2), "halve": Fraction(1, 2), "helft": Fraction(1, 2),
        "anderhalf": Fraction(3, 2), "anderhalve": Fraction(3, 2), "driekwart": Fraction(3, 4),
        "tweeenhalf": Fraction(5, 2), "tweeenhalve": Fraction(5, 2),
        **{f"half {word}": Fraction(2 * n - 1, 2) for word, n in _UNITS.items() if 1 <= n <= 12},
        "drieenhalf": Fraction(7, 2), "drieenhalve": Fraction(7, 2),
    },
    denominators={"derde": 3, "kwart": 4, "vierde": 4, "vijfde": 5, "tiende": 10, "achtste": 8},
    added={"en een half": Fraction(1, 2), "en een halve": Fraction(1, 2)},
    articles=("een", "ene"),
    unsure=("eens", "eerste", "acht", "eenmaal", "beide", "beiden", "allebei", "paar", "dubbel",
            "dubbele", "enkele", "enige", "half", "halve", "helft", "kwart", "kwartier", "halfuur",
            "nul", "tweetal", "drietal", "dozijn", "elf", "middernacht",
            "halfjaarlijks", "halfjaarlijkse", *_ALTERNATE),
    prefixes={"een": 1, "eenmalig": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6,
              "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "twaalf": 12, "veertien": 14,
              "half": Fraction(1, 2), "dubbel": 2},
    glued=True,
)  # fmt: skip
