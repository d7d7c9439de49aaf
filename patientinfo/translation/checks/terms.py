"""Words that a clinic has decided upon: what is not translated, and the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import language_of
from patientinfo.formats.numbers.words.tokens import fold_word, words_in
from patientinfo.translation.checks.base import Context, Finding, Span, Term, say

#: A word that long may lose so many letters at its end to a case or a plural.
_ENDINGS = ((8, 3), (6, 2), (4, 1))
#: What Arabic writes in one with a word: and, so, with, for, like, the.
_ARABIC_PREFIX = re.compile("^(?:[وف]?[بلك]?(?:ال|لل)?)(?=[\u0621-\u064a]{3})")


def check_do_not_translate(context: Context) -> Iterator[Finding]:
    """A name that stays as it is stands in the translation as it does in the source."""
    source, target = context.readings
    there = target.plain.casefold()
    for term in context.do_not_translate:
        span = term_span(term, source.plain)
        if span and term.casefold() not in there:
            said = say(_("“{term}” is not to be translated."), term=term)
            yield Finding("do_not_translate", said, span)


def check_glossary(context: Context) -> Iterator[Finding]:
    """A term of the glossary is translated as the glossary says, whatever its ending."""
    if not context.glossary:
        return
    source, target = context.readings
    words = list(target.folded)
    language = language_of(context.locale)
    for term, span in _terms_in(source.plain, context.glossary, context.source_locale):
        if not any(_stands_in(words, approved, language) for approved in (term.target, *term.also)):
            said = say(
                _("The glossary says “{target}” for “{source}”."),
                source=term.source,
                target=term.target,
            )
            yield Finding("glossary", said, span)


def term_span(term: str, text: str) -> Span | None:
    """Where a term stands as a word of its own, in any case."""
    match = _term_pattern(term).search(text) if term.strip() else None
    return match.span() if match else None


def without_terms(text: str, terms: Iterable[str]) -> str:
    """`text` with blanks for the terms."""
    for term in terms:
        if term.strip():
            text = _term_pattern(term).sub(lambda match: " " * len(match[0]), text)
    return text


@lru_cache(maxsize=2048)
def _term_pattern(term: str, plural: bool = False) -> re.Pattern[str]:
    spelt = r"\s+".join(re.escape(word) for word in term.split())
    ending = "(?:s|es|'s|’s)?" if plural else ""
    return re.compile(rf"(?<!\w){spelt}{ending}(?!\w)", re.IGNORECASE)


def _terms_in(text: str, glossary: Iterable[Term], locale: str) -> Iterator[tuple[Term, Span]]:
    """The terms of a text, the longest first: in "dry needling" there is no "needling"."""
    plural = language_of(locale) in {"en", "nl", "es", "fr"}
    taken: list[Span] = []
    for term in sorted(glossary, key=lambda term: -len(term.source)):
        if not term.source.strip():
            continue
        for match in _term_pattern(term.source, plural).finditer(text):
            start, end = match.span()
            if all(end <= other[0] or start >= other[1] for other in taken):
                taken.append((start, end))
                yield term, (start, end)
                break


def _stands_in(words: list[str], approved: str, language: str) -> bool:
    """Whether every word of the approved translation is there, up to its ending."""
    stems = [_stem(word.folded, language) for word in words_in(approved)]
    if language == "ar":
        words = [_ARABIC_PREFIX.sub("", word) for word in words]
    return all(any(stem in word for word in words) for stem in stems)


@lru_cache(maxsize=4096)
def _stem(word: str, language: str) -> str:
    folded = fold_word(word)
    if language == "ar":
        folded = _ARABIC_PREFIX.sub("", folded)
    for length, ending in _ENDINGS:
        if len(folded) >= length:
            return folded[:-ending]
    return folded
