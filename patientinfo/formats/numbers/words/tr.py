"""Turkish."""

from fractions import Fraction

from patientinfo.formats.numbers.words.lexicon import Vocabulary, numbered, tens_and_units

_UNITS = numbered("sıfır bir iki üç dört beş altı yedi sekiz dokuz")
_TENS = numbered("on yirmi otuz kırk elli altmış yetmiş seksen doksan", 10, 10)
_ORDINALS = numbered(
    "birinci/ilk ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu", 1
)

_TEEN_ORDINALS = {
    f"on{gap}{word}": 10 + n for word, n in _ORDINALS.items() if n < 10 for gap in ("", " ")
}

VOCABULARY = Vocabulary(
    low=_UNITS
    | _TENS
    | tens_and_units(_TENS, _UNITS, "{ten} {unit}")
    | {f"on{gap}{word}": 10 + n for word, n in _UNITS.items() if n for gap in ("", " ")},
    multipliers={"yüz": 100, "bin": 1000, "milyon": 10**6, "milyar": 10**9},
    ordinals=_ORDINALS | _TEEN_ORDINALS,
    wholes={"çift": 2, "her iki": 2, "ikisi": 2, "ikişer": 2, "birer": 1, "düzine": 12, "tek": 1},
    fractions={"yarım": Fraction(1, 2), "yarısı": Fraction(1, 2), "yarı": Fraction(1, 2),
               "çeyrek": Fraction(1, 4), "üçte bir": Fraction(1, 3), "üçte iki": Fraction(2, 3),
               "dörtte bir": Fraction(1, 4), "dörtte üç": Fraction(3, 4)},
    added={"buçuk": Fraction(1, 2)},
    articles=("bir",),
    unsure=("birinci", "ilk", "altı", "yedi", "on", "kırk", "yüz", "bin", "elli", "çift", "her iki",
            "ikisi", "ikişer", "birer", "düzine", "tek", "yarım", "yarısı", "yarı", "çeyrek",
            "sıfır"),
    glued=True,
)  # fmt: skip
