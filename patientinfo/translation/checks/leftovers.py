"""Single words of the source that stand in a translation in letters that are not its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import language_of
from patientinfo.formats.numbers.units.names import EVERYWHERE
from patientinfo.formats.numbers.words.tokens import Word, fold_word
from patientinfo.translation.checks.base import Context, Finding, Message, say
from patientinfo.translation.checks.profiles import PROFILES
from patientinfo.translation.checks.reading import Reading, without_asides
from patientinfo.translation.checks.scripts import script_of_letter, scripts_of_language
from patientinfo.translation.checks.terms import without_terms

#: A shorter word may be a symbol, but for the small words of a language ("not").
_FEWEST, _FEWEST_OF_SMALL = 4, 3
_SYMBOLS = frozenset(symbol for listed in EVERYWHERE.values() for symbol in listed.split())

#: German writes every noun with a capital; one that follows such a word, or ends so, is no name.
_OF_GERMAN = """
    der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines
    dieser diese dieses diesen diesem jeder jede jedes jeden jedem ihr ihre ihren ihrem ihrer ihres
    sein seine seinen seinem seiner seines unser unsere unseren unserem unserer im am zum zur vom
    beim ins ans viel viele vielen wenig wenige wenigen mehr etwas genug alle allen einige einigen
    mehrere mehreren beide beiden
"""
_BEFORE_NOUNS = {"de": frozenset(_OF_GERMAN.split())}
_NOUN_ENDINGS = {"de": ("ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "tion")}

#: Whether a word, as it is written, counts.
Counts = Callable[[str, Word], bool]


def check_left_words(context: Context) -> Iterator[Finding]:
    """
    A word of the source was forgotten: "اشرب water". In brackets or quotes it explains what was
    translated; abbreviations and symbols (MRI, mmol) are the same in every script.
    """
    if not _has_foreign_letters(context):
        return iter(())
    small = PROFILES.get(language_of(context.source_locale), frozenset())

    def counts(written: str, word: Word) -> bool:
        if written != written.lower() and not _is_noun(context, written, word):
            return False
        if written in _SYMBOLS:
            return False
        fewest = _FEWEST_OF_SMALL if word.folded in small else _FEWEST
        return len(written) >= fewest

    message = _("“{words}” is left in the letters of the source.")
    return _left(context, "left_words", message, counts)


def check_left_names(context: Context) -> Iterator[Finding]:
    """A word with a capital may be a name, and a name may be left as it is or not."""
    if not _has_foreign_letters(context):
        return iter(())

    def counts(written: str, word: Word) -> bool:
        named = len(written) >= _FEWEST and written != written.lower() and written.istitle()
        return named and not _is_noun(context, written, word)

    message = _("“{words}” is left in the letters of the source: is it a name?")
    return _left(context, "left_names", message, counts)


def _is_noun(context: Context, written: str, word: Word) -> bool:
    """Whether a word with a capital is a noun of the source's language, and surely no name."""
    language = language_of(context.source_locale)
    if language not in _BEFORE_NOUNS or not written.istitle():
        return False
    if word.folded.endswith(_NOUN_ENDINGS[language]):
        return True
    words = context.readings[0].folded
    before = _BEFORE_NOUNS[language]
    return any(first in before and second == word.folded for first, second in pairwise(words))


def _has_foreign_letters(context: Context) -> bool:
    """Whether a translation into another script has letters that are not of that script."""
    expected = scripts_of_language(context.locale)
    if not expected or scripts_of_language(context.source_locale) <= expected:
        return False
    return bool(_foreign_letters(context.readings[1].prose, expected))


def _left(context: Context, check: str, message: Message, counts: Counts) -> Iterator[Finding]:
    """Words that stand in the source too, those beside one another as one finding."""
    source, target = context.readings
    foreign = _foreign_letters(target.prose, scripts_of_language(context.locale))
    text = _own(context, target)
    there = {word.folded for word in source.words}
    run: list[Word] = []
    for word in _runs(foreign, text):
        if word.folded not in there or not counts(text[word.start : word.end], word):
            continue
        if run and text[run[-1].end : word.start].strip():
            yield _finding(check, message, text, run)
            run = []
        run.append(word)
    if run:
        yield _finding(check, message, text, run)


@lru_cache(maxsize=256)
def _foreign_letters(text: str, expected: frozenset[str]) -> str:
    """The letters of a text that are not of the language."""
    known = {"", *expected}
    return "".join(letter for letter in set(text) if script_of_letter(letter) not in known)


def _runs(letters: str, text: str) -> Iterator[Word]:
    """Words of these letters alone: also where others are written to them without a space."""
    for match in re.finditer(f"[{re.escape(letters)}]+", text):
        yield Word(fold_word(match[0]), *match.span())


def _own(context: Context, target: Reading) -> str:
    """The translation with blanks for what may be in any letters."""
    approved = [form for term in context.glossary for form in (term.target, *term.also)]
    kept = (*context.do_not_translate, *context.names, *approved)
    return without_asides(without_terms(target.prose, kept))


def _finding(check: str, message: Message, text: str, run: list[Word]) -> Finding:
    span = run[0].start, run[-1].end
    return Finding(check, say(message, words=text[slice(*span)]), None, span)
