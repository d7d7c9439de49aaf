"""Spanish."""

from fractions import Fraction

from patientinfo.formats.numbers.words.lexicon import Vocabulary, numbered, tens_and_units

_UNITS = numbered(
    "cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
    "quince dieciséis diecisiete dieciocho diecinueve"
)
_TWENTIES = numbered(
    "veinte veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro veinticinco veintiséis "
    "veintisiete veintiocho veintinueve",
    20,
)
_TENS = numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
_ORDINALS = numbered(
    "primero/primera/primer/primeros/primeras segundo/segunda tercero/tercera/tercer cuarto/cuarta "
    "quinto/quinta sexto/sexta séptimo/séptima octavo/octava noveno/novena décimo/décima",
    1,
)
_ORDINALS |= numbered("undécimo/undécima duodécimo/duodécima", 11) | {
    f"décim{end}{gap}{word}": 10 + value
    for word, value in _ORDINALS.items()
    if value < 10
    for end in ("o", "a")
    for gap in ("", " ")
}
_FIRST = ("primero", "primera", "primer", "primeros", "primeras")
#: The lower parts of fractions that are said as "the fourth part".
_PARTS = {
    f"{word}{end} parte{end}": under
    for word, under in {"tercera": 3, "cuarta": 4, "quinta": 5, "sexta": 6, "octava": 8,
                        "décima": 10}.items()
    for end in ("", "s")
}  # fmt: skip
#: One and a half without a "one".
_ONE_AND_A_HALF = {
    said: (Fraction(3, 2), unit)
    for said, unit in {
        "litro y medio": "liter", "kilo y medio": "kilogram", "hora y media": "hour",
        "día y medio": "day", "semana y media": "week", "mes y medio": "month",
        "año y medio": "year", "comprimido y medio": "tablet", "pastilla y media": "tablet",
        "tableta y media": "tablet", "cucharada y media": "tablespoon",
        "cucharadita y media": "teaspoon",
    }.items()
}  # fmt: skip
#: Every two of them.
_ALTERNATE = {
    "días alternos": (Fraction(2), "day"), "un día sí y otro no": (Fraction(2), "day"),
    "un día sí y un día no": (Fraction(2), "day"), "semanas alternas": (Fraction(2), "week"),
}  # fmt: skip
_BOTH = ("ambos", "ambas", "par", "doble")

VOCABULARY = Vocabulary(
    low=_UNITS | _TWENTIES | _TENS | tens_and_units(_TENS, _UNITS, "{ten} y {unit}"),
    hundreds=numbered(
        "doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas "
        "quinientos/quinientas seiscientos/seiscientas setecientos/setecientas "
        "ochocientos/ochocientas novecientos/novecientas",
        200,
        100,
    ),
    multipliers={"cien": 100, "ciento": 100, "mil": 1000, "millón": 10**6, "millones": 10**6},
    ordinals=_ORDINALS,
    wholes={"docena": 12, "quincena": 15, **dict.fromkeys(_BOTH, 2), "sola": 1, "solo": 1,
            "único": 1, "única": 1, "mediodía": 12, "medianoche": 12},
    also={"quincena": (14, 2), "medianoche": (24, 0)}
    | {part: (under,) for part, under in _PARTS.items()},
    fractions={"medio": Fraction(1, 2), "media": Fraction(1, 2), "mitad": Fraction(1, 2)},
    denominators={"tercio": 3, "tercios": 3, "cuarto": 4, "cuartos": 4, "quintos": 5,
                  "décimos": 10} | _PARTS,
    prefixes={"quince": 15},
    nouns=_ONE_AND_A_HALF | _ALTERNATE,
    added={"y medio": Fraction(1, 2), "y media": Fraction(1, 2), "y cuarto": Fraction(1, 4)},
    articles=("uno", "un", "una"),
    unsure=(*_FIRST, *_BOTH, "docena", "quincena", "sola", "solo", "único", "única", "medio",
            "media", "mitad", "cuarto", "cuarta", "segundo", "cero", "mediodía", "medianoche",
            *_ALTERNATE),
)  # fmt: skip
