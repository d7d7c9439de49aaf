"""
Text folded for search: what a patient types finds what a leaflet says.

The same folding is done to the words that are stored and to the words that are looked for. It drops
case, accents, Arabic vowel signs and tatweel, and the differences between forms of alef, ya and
ta marbuta that are often left out in typing; digits of every script become 0 to 9.
"""

from __future__ import annotations

import re
import unicodedata

#: After decomposition, in which the hamza and madda of `أ إ آ ؤ ئ` are signs of their own.
_ARABIC = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_NOT_WORD = re.compile(r"[^\w]+")


def _decompose(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def fold(text: str) -> str:
    """Folded words with one space between them."""
    # Case folding can make composed letters and decomposition capital ones (Unicode, D146).
    decomposed = _decompose(_decompose(_decompose(text).casefold()).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ARABIC)
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in bare)
    return _NOT_WORD.sub(" ", digits).strip()
