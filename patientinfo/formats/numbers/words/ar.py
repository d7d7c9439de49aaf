"""
Arabic: words are written with "and", "with" and "the" in front, units come before tens, and two of
a thing is an ending of the thing (`يومان`, `يومين`: two days).
"""

from fractions import Fraction

from patientinfo.formats.numbers.words.lexicon import Vocabulary, numbered

_UNITS = numbered(
    "صفر واحد/واحدة/واحدا/أحد/إحدى اثنان/اثنين/اثنتان/اثنتين/اثنا/اثني/اثنتا/اثنتي "
    "ثلاث/ثلاثة/ثلاثا أربع/أربعة/أربعا خمس/خمسة/خمسا ست/ستة/ستا سبع/سبعة/سبعا "
    "ثمان/ثماني/ثمانية/ثمانيا تسع/تسعة/تسعا عشر/عشرة/عشرا"
)
_TENS = numbered(
    "عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين "
    "تسعون/تسعين",
    20,
    10,
)
_BELOW_TEN = {word: value for word, value in _UNITS.items() if 1 <= value <= 9}
_TEENS = {f"{w} {ten}": 10 + value for w, value in _BELOW_TEN.items() for ten in ("عشر", "عشرة")}
_COMPOUNDS = {
    f"{unit} و {ten}": high + low for unit, low in _BELOW_TEN.items() for ten, high in _TENS.items()
}
_HUNDREDS = {
    "مئتان": 200, "مئتين": 200, "مائتان": 200, "مائتين": 200, "مئتا": 200, "مئتي": 200,
    "ألفان": 2000, "ألفين": 2000, "ألفي": 2000,
} | {
    unit + hundred: value * 100
    for unit, value in {"ثلاث": 3, "أربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثمان": 8, "ثماني": 8,
                        "تسع": 9}.items()
    for hundred in ("مئة", "مائة")
}  # fmt: skip
_ORDINALS = numbered(
    "أول/أولى/أولا ثان/ثاني/ثانية ثالث/ثالثة رابع/رابعة خامس/خامسة سادس/سادسة سابع/سابعة "
    "ثامن/ثامنة تاسع/تاسعة عاشر/عاشرة",
    1,
)
_ORDINALS |= {"حادي عشر": 11, "حادية عشرة": 11} | {
    f"{word} {ten}": 10 + value
    for word, value in _ORDINALS.items()
    if 2 <= value <= 9
    for ten in ("عشر", "عشرة")
}
_ORDINALS |= {
    f"{word} و {ten}": high + value
    for word, value in (_ORDINALS | {"حادي": 1, "حادية": 1}).items()
    if value <= 9 and " " not in word
    for ten, high in _TENS.items()
}
#: Nouns that stand for one without a number, and their duals: (singular, stem of the dual, unit).
_COUNTED = (
    ("يوم", "يوم", "day"), ("ساعة", "ساعت", "hour"), ("دقيقة", "دقيقت", "minute"),
    ("ثانية", "ثانيت", "second"), ("أسبوع", "أسبوع", "week"), ("شهر", "شهر", "month"),
    ("سنة", "سنت", "year"), ("عام", "عام", "year"), ("ليلة", "ليلت", "night"),
    ("مرة", "مرت", "times"), ("جرعة", "جرعت", "dose"), ("حبة", "حبت", "tablet"),
    ("قرص", "قرص", "tablet"), ("كبسولة", "كبسولت", "capsule"), ("قطرة", "قطرت", "drop"),
    ("بخة", "بخت", "puff"), ("ملعقة", "ملعقت", ""), ("كوب", "كوب", ""), ("إبرة", "إبرت", ""),
    ("جلسة", "جلست", ""), ("دورة", "دورت", ""), ("حقنة", "حقنت", ""), ("لتر", "لتر", "liter"),
    ("غرام", "غرام", "gram"), ("جرام", "جرام", "gram"),
)  # fmt: skip
_SINGULARS = {noun: (1, unit) for noun, _, unit in _COUNTED if noun != "ثانية"}
#: As an object ("take a tablet") a masculine noun ends in an alef.
_SINGULARS |= {noun + "ا": said for noun, said in _SINGULARS.items() if not noun.endswith("ة")}
_DUALS = {stem + end: (2, unit) for _, stem, unit in _COUNTED for end in ("ان", "ين")}
_SPOONS = {"صغيرة": "teaspoon", "شاي": "teaspoon", "كبيرة": "tablespoon", "طعام": "tablespoon"}
_SINGULARS |= {f"ملعقة {kind}": (1, unit) for kind, unit in _SPOONS.items()}
_DUALS |= {
    f"ملعقت{end} {kind}ت{end}": (2, unit)
    for end in ("ان", "ين")
    for kind, unit in (("صغير", "teaspoon"), ("كبير", "tablespoon"))
} | {
    f"ملعقت{end} {kind}": (2, unit)
    for end in ("ا", "ي")
    for kind, unit in (("شاي", "teaspoon"), ("طعام", "tablespoon"))
}
#: Two of what is measured; one of it is not said without a number.
_MEASURES = {
    "milligram": "مليغرام ملليغرام ميليغرام مليجرام ملليجرام ميليجرام ملغرام",
    "microgram": "ميكروغرام ميكروجرام مايكروغرام مايكروجرام",
    "kilogram": "كيلوغرام كيلوجرام",
    "milliliter": "مليلتر ملليلتر ميليلتر",
    "centimeter": "سنتيمتر",
    "millimeter": "مليمتر ملليمتر",
    "unit": "وحدت",
    "degree": "درجت",
}
_DUALS |= {
    stem + end: (2, unit)
    for unit, stems in _MEASURES.items()
    for stem in stems.split()
    for end in ("ان", "ين")
}
_DUALS |= {f"وحدت{end} دوليت{end}": (2, "international unit") for end in ("ان", "ين")}
_ALTERNATE = {"يوما بعد يوم": (2, "day"), "يوم بعد يوم": (2, "day"), "يوم ويوم": (2, "day")}

VOCABULARY = Vocabulary(
    low=_UNITS | _TEENS | _TENS | _COMPOUNDS,
    hundreds=_HUNDREDS,
    multipliers={"مئة": 100, "مائة": 100, "ألف": 1000, "آلاف": 1000, "ألفا": 1000,
                 "مليون": 10**6, "ملايين": 10**6, "مليار": 10**9},
    alone={"ألفا": 2000},
    joiners=("و",),
    ordinals=_ORDINALS,
    wholes={"الاثنين": 2,
            "ضعف": 2, "ضعفين": 2, "مضاعف": 2, "مضاعفة": 2, "ضعفي": 2, "مزدوج": 2,
            "مزدوجة": 2, "كلا": 2, "كلتا": 2, "كلاهما": 2, "كليهما": 2, "زوج": 2, "وحيدة": 1,
            "وحيد": 1},
    fractions={"نصف": Fraction(1, 2), "ثلثا": Fraction(2, 3), "ثلثي": Fraction(2, 3),
               "ثلثين": Fraction(2, 3), "ثلثان": Fraction(2, 3)},
    denominators={"ثلث": 3, "أثلاث": 3, "ربع": 4, "أرباع": 4, "أخماس": 5, "أعشار": 10},
    added={"و نصف": Fraction(1, 2), "و نصفا": Fraction(1, 2), "و ربع": Fraction(1, 4),
           "و ثلث": Fraction(1, 3)},
    nouns=_SINGULARS | _DUALS | _ALTERNATE,
    articles=("واحد", "واحدة", "واحدا", "أحد", "إحدى"),
    unsure=("الاثنين",
            "أول", "أولى", "أولا", "ثانية", "ثان", "صفر", "ضعف", "ضعفين", "ضعفي", "مزدوج", "مزدوجة",
            "كلا", "كلتا", "كلاهما", "كليهما", "زوج", "وحيدة", "وحيد", "نصف", "ربع", "ثلث", "عامين",
            "عامان", "ست", "بخت", "مضاعف", "مضاعفة", *_ALTERNATE),
    dual_endings=("ان", "ين"),
    proclitics=("وال", "فال", "بال", "كال", "ولل", "وبال", "ال", "لل", "وب", "ول", "و", "ف", "ب",
                "ل", "ك"),
)  # fmt: skip
