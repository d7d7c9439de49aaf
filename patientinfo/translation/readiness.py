"""
What keeps a translated page from patients.

The rule: a translated page is never live, and never issued, with a source-language sentence in it.
Wagtail copies a page with the source's words when a language is added, so "it has text" proves
nothing; what counts is where the text came from.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from patientinfo.formats.inline import plain_text
from patientinfo.formats.segments import OUTSIDE, Segment
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.gate import Problem
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.slots import slots
from patientinfo.translation.checks.reading import read
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import newest, segments_of_page, source_language, source_page

SENTENCE_WORDS = 4  # from this length on, words in the same order are a sentence, not a name
LOOKED_AT = 20  # revisions of the source, newest first, whose sentences are known too
_SENTENCE = re.compile(r"(.+?)(?:([.!?؟。]+)[\"')»”’\]]*(?:\s+|$)|[:;]\s+|\n|$)")
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")

Words = tuple[str, ...]


class SourceWords:
    """The sentences of a source, and whether a text of a translation has one of them in it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.short: set[Words] = set()
        self.long: dict[Words, set[Words]] = defaultdict(set)
        for text in texts:
            for words, ended in _sentences(prose(text)):
                with_letters = sum(bool(_LETTER.search(word)) for word in words)
                if with_letters >= SENTENCE_WORDS:
                    self.long[words[:2]].add(words)
                elif with_letters > 1 and ended:
                    self.short.add(words)

    def found_in(self, text: str) -> bool:
        """
        A sentence of four words or more is found anywhere, in any punctuation; a shorter one, which
        may be a name, only where it stands as a sentence, with its full stop.
        """
        plain = prose(text)
        if any(ended and words in self.short for words, ended in _sentences(plain)):
            return True
        every = _words(plain)
        return any(
            every[at : at + len(words)] == words
            for at in range(len(every))
            for words in self.long.get(every[at : at + 2], ())
        )


def prose(text: str) -> str:
    """Plain words; addresses, which are the same in every language, are left out."""
    return read(plain_text(text), inline=False, locale="").prose


def has_letters(text: str) -> bool:
    return _LETTER.search(text) is not None


def _words(text: str) -> Words:
    return tuple(_WORD.findall(text.casefold()))


def _sentences(plain: str) -> Iterator[tuple[Words, bool]]:
    """The words of each sentence, and whether a full stop or the like ends it."""
    for match in _SENTENCE.finditer(plain):
        words = _words(match.group(1))
        if words:
            yield words, bool(match.group(2))


def translation_problems(page: LeafletPage) -> Iterator[Problem]:
    """What is missing or still in the source language; nothing for a page that is a source."""
    if not source_language(page):
        return
    source = source_page(page)
    rows = SegmentTranslation.objects.filter(
        key=page.translation_key, locale=page.locale.language_code
    )
    stored = {row.path: row for row in rows}
    own = segments_of_page(page)
    if source is None:
        known = SourceWords(row.source_text for row in stored.values())
        yield from _unknown_words(own, stored)
        yield from _in_source_language(own, {}, stored, known)
        return
    segments = {**segments_of_page(newest(source)), **segments_of_page(source)}
    known = SourceWords(
        [
            *(segment.text for segment in segments.values()),
            *(row.source_text for row in stored.values()),
            *_earlier_words(source),
        ]
    )
    yield from _empty(page, own, segments)
    yield from _in_source_language(own, segments, stored, known)


def _earlier_words(source: LeafletPage) -> Iterator[str]:
    """The texts of the source's last revisions: a copy may have been made from any of them."""
    revisions = source.revisions.order_by("-created_at", "-pk")[:LOOKED_AT]
    for content in revisions.values_list("content", flat=True):
        yield content.get("title") or ""
        yield content.get("summary") or ""
        yield content.get("short_text") or ""
        try:
            body = json.loads(content.get("body") or "[]")
            texts = [slot.text for slot in slots(body)]
        except (TypeError, ValueError, AttributeError, KeyError):
            continue  # a revision from before this vocabulary
        yield from texts


def _unknown_words(
    own: Mapping[str, Segment], stored: Mapping[str, SegmentTranslation]
) -> Iterator[Problem]:
    for path, segment in own.items():
        if path not in stored or stored[path].text != segment.text:
            yield Problem(
                _field(path),
                _(
                    "The page that this one translates is gone, so new words cannot be compared "
                    "with it: “%(text)s”."
                )
                % {"text": shortened(segment.text)},
            )


def _empty(
    page: LeafletPage, own: Mapping[str, Segment], source: Mapping[str, Segment]
) -> Iterator[Problem]:
    """
    Empty places whose source has words. An empty description or caption would show the picture's
    own, which is in the source language.
    """
    places = [(slot.path, slot.text) for slot in slots(raw_body(page))]
    outside = [("summary", page.summary), ("short_text", page.short_text)]
    for path, text in [*outside, *places]:
        segment = source.get(path) or own.get(path)
        if segment is not None and not plain_text(text):
            yield Problem(
                _field(path),
                _("Not translated yet: “%(text)s”.") % {"text": shortened(segment.text)},
            )


def _in_source_language(
    own: Mapping[str, Segment],
    source: Mapping[str, Segment],
    stored: Mapping[str, SegmentTranslation],
    known: SourceWords,
) -> Iterator[Problem]:
    """Whole texts that nobody has put there as a translation, and sentences wherever they stand."""
    source_texts = {plain_text(segment.text) for segment in source.values()}
    for path, segment in own.items():
        words = plain_text(segment.text)
        said_so = path in stored and plain_text(stored[path].text) == words
        copied = words in source_texts and has_letters(words) and not said_so
        if copied or known.found_in(segment.text):
            yield Problem(
                _field(path),
                _("Still in the source language: “%(text)s”.") % {"text": shortened(words)},
            )


def _field(path: str) -> str:
    return path if path in OUTSIDE else "body"


def shortened(text: str) -> str:
    """The beginning of a text, for a message."""
    words = plain_text(text)
    return words if len(words) <= 80 else words[:79].rstrip() + "…"
