"""
Number words by language: tables, and the grammar that reads them in a text.

A language without a table is read by its figures alone; what another language says in words is then
not asked of it.
"""

from __future__ import annotations

from functools import lru_cache

from patientinfo.formats.numbers.words import ar, de, en, es, fr, hi, nl, tr, uk
from patientinfo.formats.numbers.words.lexicon import Lexicon, compile_lexicon

_TABLES = {
    "ar": ar.VOCABULARY,
    "de": de.VOCABULARY,
    "en": en.VOCABULARY,
    "es": es.VOCABULARY,
    "fr": fr.VOCABULARY,
    "hi": hi.VOCABULARY,
    "nl": nl.VOCABULARY,
    "tr": tr.VOCABULARY,
    "uk": uk.VOCABULARY,
}
LANGUAGES = frozenset(_TABLES)


@lru_cache(maxsize=len(_TABLES) + 1)
def lexicon_of(language: str) -> Lexicon | None:
    """The number words of a language; None for one that has no table."""
    table = _TABLES.get(language)
    return None if table is None else compile_lexicon(table)
