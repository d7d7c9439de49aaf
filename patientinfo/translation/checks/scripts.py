"""Which script a letter belongs to, and which scripts a language is written in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from patientinfo.formats.numbers import script_of

#: ISO 15924 codes that are more than one script of Unicode, or that Unicode calls otherwise.
_NAMES = {
    "Latn": {"LATIN"}, "Arab": {"ARABIC"}, "Cyrl": {"CYRILLIC"}, "Grek": {"GREEK"},
    "Deva": {"DEVANAGARI"}, "Hans": {"CJK"}, "Hant": {"CJK", "BOPOMOFO"}, "Hani": {"CJK"},
    "Jpan": {"CJK", "HIRAGANA", "KATAKANA"}, "Kore": {"HANGUL", "CJK"}, "Hebr": {"HEBREW"},
    "Thai": {"THAI"}, "Beng": {"BENGALI"}, "Taml": {"TAMIL"}, "Telu": {"TELUGU"},
    "Gujr": {"GUJARATI"}, "Guru": {"GURMUKHI"}, "Knda": {"KANNADA"}, "Mlym": {"MALAYALAM"},
    "Orya": {"ORIYA"}, "Sinh": {"SINHALA"}, "Armn": {"ARMENIAN"}, "Geor": {"GEORGIAN"},
    "Ethi": {"ETHIOPIC"}, "Khmr": {"KHMER"}, "Laoo": {"LAO"}, "Mymr": {"MYANMAR"},
    "Tibt": {"TIBETAN"}, "Mong": {"MONGOLIAN", "CYRILLIC"}, "Thaa": {"THAANA"},
    "Syrc": {"SYRIAC"}, "Tfng": {"TIFINAGH"}, "Nkoo": {"NKO"}, "Cher": {"CHEROKEE"},
}  # fmt: skip
#: Scripts in which a joiner changes what is read: joined and unjoined letters, conjuncts.
JOINING = frozenset(
    {"ARABIC", "DEVANAGARI", "BENGALI", "GUJARATI", "GURMUKHI", "KANNADA", "MALAYALAM", "ORIYA",
     "SINHALA", "TAMIL", "TELUGU", "MONGOLIAN", "SYRIAC", "NKO", "KHMER", "MYANMAR", "TIBETAN"}
)  # fmt: skip
_LATIN = frozenset({"LATIN"})
_ASCII_LETTER = re.compile("[A-Za-z]")
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@lru_cache(maxsize=4096)
def script_of_letter(letter: str) -> str:
    """The script of a letter as the first word of its Unicode name; empty for what has none."""
    if letter.isascii():
        return "LATIN" if letter.isalpha() else ""
    if not letter.isalpha():
        return ""
    first = unicodedata.name(letter, "").split(" ")[0].partition("-")[0]
    return "" if first in {"MICRO", "MODIFIER", "FEMININE", "MASCULINE", "SUPERSCRIPT"} else first


def scripts_of_text(text: str) -> frozenset[str]:
    """The scripts of the letters of a text; an empty one among them for letters that have none."""
    if text.isascii():
        return _LATIN if _ASCII_LETTER.search(text) else frozenset()
    return frozenset(map(script_of_letter, filter(str.isalpha, set(text))))


@lru_cache(maxsize=64)
def scripts_of_language(locale: str) -> frozenset[str]:
    """The scripts that a text in a language may be in; empty when that is not known."""
    return frozenset(_NAMES.get(script_of(locale), ()))


def letters_without_spaces(text: str) -> int:
    """How many letters are of scripts that put no spaces between words."""
    return 0 if text.isascii() else len(_WITHOUT_SPACES.findall(text))
