"""
What keeps a front page or an index of another language from patients.

Sending into a language makes them as copies with the source's words, and there is no desk for them:
somebody rewrites them in the page editor. Until then each has a sentence of its source in it, or a
title that is the same. A name that stays the same is known from the glossary (not to be translated,
or translated by the same word), or because the clinic or a contact is called that in this language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from patientinfo.formats.inline import clean_text, plain_text
from patientinfo.formats.numbers import language_of
from patientinfo.leaflets.front_page import WORDS, FrontPage
from patientinfo.leaflets.gate import Problem
from patientinfo.leaflets.snippets import Contact, RightsHolder
from patientinfo.translation.checks.reading import blanked
from patientinfo.translation.checks.scripts import scripts_of_language
from patientinfo.translation.checks.terms import without_terms
from patientinfo.translation.glossary import TermIndex
from patientinfo.translation.readiness import LOOKED_AT, SourceWords, has_letters, prose, shortened

_BLOCK = re.compile(r"</?(?:p|ol|ul|li|h[1-6]|br|hr|blockquote|div)\b[^>]*>", re.IGNORECASE)


def front_page_problems(page: FrontPage) -> Iterator[Problem]:
    """Fields with words of a page that this one may have been copied from, each once."""
    waiting = {name: text for name, text in page.words().items() if has_letters(plain_text(text))}
    names = _names(page) if waiting else []
    for source in _sources(page) if waiting else ():
        language = source.locale.language_code
        same = _Same(TermIndex.load(language, page.locale.language_code), names)
        words = same.left_of(_texts_of(source))
        known, whole = SourceWords(words), {_letters(text) for text in words}
        for name, text in list(waiting.items()):
            blocks = same.left_of(_blocks(text))
            if _letters(" ".join(blocks)) in whole or any(map(known.found_in, blocks)):
                del waiting[name]
                yield Problem(name, _said(page, name, text, source))


def is_copied(page: FrontPage) -> bool:
    """Whether there is a page in another language that this one was made from."""
    return bool(_sources(page))


def _sources(page: FrontPage) -> list[FrontPage]:
    """
    Pages in other languages that were there before this one, the first one first: a copy is younger
    than what it was made of.
    """
    pages = type(page).objects.filter(translation_key=page.translation_key, alias_of=None)
    if page.pk:
        pages = pages.filter(pk__lt=page.pk)
    own = _written(page.locale.language_code)
    others = pages.select_related("locale").order_by("pk")
    return [other for other in others if _written(other.locale.language_code) != own]


def _written(locale: str) -> tuple[str, frozenset[str]]:
    """Languages that share this may share their words: British and American English."""
    return language_of(locale), scripts_of_language(locale)


def _texts_of(source: FrontPage) -> Iterator[str]:
    """What the source says and has said, whole and in parts: a copy may be made of any of it."""
    revisions = source.revisions.order_by("-created_at", "-pk")[:LOOKED_AT]
    contents = [source.words(), *revisions.values_list("content", flat=True)]
    for text in dict.fromkeys(str(c.get(name) or "") for c in contents for name in WORDS):
        blocks = _blocks(text)
        yield from dict.fromkeys([" ".join(blocks), *blocks])


def _blocks(text: str) -> list[str]:
    """The paragraphs and items of rich text, plain; of plain text its lines."""
    parts = (plain_text(part) for part in _BLOCK.sub("\n", text).split("\n"))
    return [part for part in parts if part]


class _Same:
    """What may stay the same between two languages."""

    def __init__(self, terms: TermIndex, names: Iterable[str]) -> None:
        self.terms, self.names = terms, list(names)

    def left_of(self, texts: Iterable[str]) -> list[str]:
        """Texts without it, and without addresses; those of which letters are left."""
        left = (self._without(clean_text(prose(text))) for text in texts)
        return [text for text in left if has_letters(text)]

    def _without(self, text: str) -> str:
        spans = [
            (start, end)
            for start, end, term in self.terms.highlights(text)
            if _letters(text[start:end]) in map(_letters, (term.target, *term.also))
        ]
        return without_terms(blanked(text, spans), self.names)


def _names(page: FrontPage) -> list[str]:
    """What the clinic and others are called in this language, and where they are."""
    holders = RightsHolder.objects.filter(locale=page.locale).values_list("name", flat=True)
    contacts = Contact.objects.filter(locale=page.locale).values_list("name", "address")
    found = {*holders}
    for name, address in contacts:
        found |= {name, *address.splitlines()}
    return sorted((name.strip() for name in found), key=len, reverse=True)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _said(page: FrontPage, name: str, text: str, source: FrontPage) -> str:
    return _(
        "“%(text)s” (%(field)s) is still in %(source)s. Write it in %(language)s on this page. A "
        "name that stays as it is belongs in the glossary under Directory, as not to be translated."
    ) % {
        "text": shortened(" ".join(_blocks(text))),
        "field": page._meta.get_field(name).verbose_name,
        "source": source.locale.get_display_name(),
        "language": page.locale.get_display_name(),
    }
