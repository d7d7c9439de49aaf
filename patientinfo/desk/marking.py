"""A source text as translators see it: inline codes as written, glossary terms marked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from patientinfo.formats.inline import plain_text
from patientinfo.translation.checks import Term

_TOKEN = re.compile(r"<[^>]*>|&#?\w+;|.", re.DOTALL)
Span = tuple[int, int, Term]  # characters of `plain_text`, as `TermIndex.highlights` counts them


def mark_terms(text: str, inline: bool, spans: Iterable[Span]) -> SafeString:
    """Safe HTML: tags of inline text in `<code>`, terms in `<mark>` with their translation."""
    places = {at: term for start, end, term in spans for at in range(start, end)}
    pieces = list(_pieces(text) if inline else ((letter, at) for at, letter in enumerate(text)))
    if inline and "".join(_counted(pieces)) != plain_text(text):
        places = {}  # not spelt as we spell it: better no marks than marks in the wrong place
    runs = groupby(
        pieces,
        key=lambda piece: (True, None) if piece[1] is None else (False, places.get(piece[1])),
    )
    drawn = (
        _drawn("".join(letters for letters, _at in run), is_code, term)
        for (is_code, term), run in runs
    )
    return format_html_join("", "{}", ((part,) for part in drawn))


def _drawn(letters: str, is_code: bool, term: Term | None) -> SafeString:
    if is_code:
        return format_html('<code class="pd-code" dir="ltr">{}</code>', letters)
    if term is not None:
        return format_html('<mark title="{}">{}</mark>', term.target, letters)
    return format_html("{}", letters)


def _pieces(text: str) -> Iterator[tuple[str, int | None]]:
    """Each letter with its place in `plain_text`, and each tag, which has none."""
    at, after_space = 0, True
    for found in _TOKEN.findall(text):
        if len(found) > 1 and found.startswith("<"):
            yield found, None
            if found == "<br>" and not after_space:
                at, after_space = at + 1, True
            continue
        letter = html.unescape(found)
        if letter == " " and after_space:
            yield letter, None if at == 0 else at - 1
            continue
        yield letter, at
        at, after_space = at + len(letter), letter == " "


def _counted(pieces: Iterable[tuple[str, int | None]]) -> Iterator[str]:
    """The letters that count as plain text, a line break as the space that it is read as."""
    last = -1
    for letters, at in pieces:
        if at is None or at == last:
            continue
        if at > last + 1:
            yield " "
        yield letters
        last = at + len(letters) - 1
