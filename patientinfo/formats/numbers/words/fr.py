"""French: seventy is sixty-ten, eighty is four-twenties."""

from fractions import Fraction

from patientinfo.formats.numbers.words.lexicon import Vocabulary, numbered, tens_and_units

_UNITS = numbered(
    "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize dix_sept dix_huit dix_neuf"
)
_TENS = numbered("vingt trente quarante cinquante soixante", 20, 10)
_TEENS = {word: value for word, value in _UNITS.items() if value >= 1}
_HIGH = {
    f"{ten} {word}": base + value
    for ten, base, last in (("soixante", 60, 19), ("quatre vingt", 80, 19))
    for word, value in _TEENS.items()
    if (10 if base == 60 else 1) <= value <= last
}
_ELSEWHERE = numbered("septante huitante/octante nonante", 70, 10) | {"huitante": 80, "nonante": 90}
_LOW = (
    _UNITS
    | _TENS
    | tens_and_units(_TENS | _ELSEWHERE, _UNITS, "{ten} {unit}")
    | tens_and_units(_TENS | _ELSEWHERE, {"un": 1, "une": 1}, "{ten} et {unit}")
    | _ELSEWHERE
    | _HIGH
    | {"soixante et onze": 71, "quatre vingts": 80, "quatre vingt": 80}
)
_ORDINALS = numbered(
    "premier/première/premiers/premières deuxième/second/seconde troisième quatrième cinquième "
    "sixième septième huitième neuvième dixième onzième douzième treizième quatorzième quinzième "
    "seizième dix_septième dix_huitième dix_neuvième vingtième",
    1,
)
_FIRST = ("premier", "première", "premiers", "premières")

VOCABULARY = Vocabulary(
    low=_LOW,
    multipliers={"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6,
                 "milliard": 10**9, "milliards": 10**9},
    ordinals=_ORDINALS,
    wholes={"paire": 2, "double": 2, "douzaine": 12, "quinzaine": 15, "seul": 1, "seule": 1},
    also={"quinzaine": (14, 2)},
    fractions={"demi": Fraction(1, 2), "demie": Fraction(1, 2), "moitié": Fraction(1, 2)},
    denominators={"tiers": 3, "quart": 4, "quarts": 4, "cinquièmes": 5, "dixièmes": 10},
    added={"et demi": Fraction(1, 2), "et demie": Fraction(1, 2), "et quart": Fraction(1, 4)},
    articles=("un", "une"),
    unsure=(*_FIRST, "neuf", "seconde", "paire", "double", "douzaine", "quinzaine", "seul", "seule",
            "demi", "demie", "moitié", "quart", "tiers", "zéro"),
)  # fmt: skip
