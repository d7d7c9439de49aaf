"""Marks at the end of a text, and marks of the wrong script in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import language_of
from patientinfo.translation.checks.base import Context, Finding, Message, say

_STOP, _QUESTION, _EXCLAMATION, _COLON, _MORE, _COMMA, _SEMICOLON = (
    ".",
    "?",
    "!",
    ":",
    "…",
    ",",
    ";",
)
_KINDS = {
    _STOP: ".。．｡।॥۔።։", _QUESTION: "?؟？⁇՞፧\u037e", _EXCLAMATION: "!！՜", _COLON: ":：፡",
    _MORE: "…", _COMMA: ",،、，", _SEMICOLON: ";؛；",
}  # fmt: skip
_KIND = {mark: kind for kind, marks in _KINDS.items() for mark in marks}
_CLOSING = "\"'”’»›“‘)]）］」』〉》\u200e\u200f\u061c \u00a0\u202f"
#: Languages that end a sentence with nothing.
_NO_STOP = frozenset({"th", "lo", "km"})
#: Marks of another script, and what the language writes instead.
_FOREIGN = {
    "ar": {",": "،", ";": "؛", "?": "؟"}, "fa": {",": "،", ";": "؛", "?": "؟"},
    "ur": {",": "،", ";": "؛", "?": "؟", ".": "۔"}, "ps": {",": "،", ";": "؛", "?": "؟"},
    "ckb": {",": "،", ";": "؛", "?": "؟"},
    "zh": {",": "，", "?": "？", ";": "；", "!": "！", ".": "。", ":": "："},
    "ja": {",": "、", "?": "？", ".": "。", "!": "！"},
    "el": {"?": ";"},
}  # fmt: skip
_INVERTED = {"?": "¿", "!": "¡"}


def check_end_punctuation(context: Context) -> Iterator[Finding]:
    """The text ends like its source, with the marks of its language."""
    source, target = context.readings
    language = language_of(context.locale)
    before = _end(source.plain, language_of(context.source_locale))
    after = _end(target.plain, language)
    if before != after and not (language in _NO_STOP and {before, after} == {_STOP, ""}):
        yield Finding("end_punctuation", _ending(before, after), None, _last(target.plain))
    if language == "es":
        yield from _not_opened(target.plain)
    yield from _foreign_marks(target.prose, language)


def _end(text: str, language: str) -> str:
    """The kind of mark that a text ends with; empty for none."""
    bare = text.rstrip(_CLOSING)
    if bare.endswith("..."):
        return _MORE
    if language == "el" and bare.endswith(";"):  # the Greek question mark
        return _QUESTION
    return _KIND.get(bare[-1:], "")


def _ending(before: str, after: str) -> Message:
    if not after:
        return say(_("The source ends with “{mark}”, the translation with no mark."), mark=before)
    if not before:
        return say(_("The source ends with no mark, the translation with “{mark}”."), mark=after)
    return say(
        _("The source ends with “{source}”, the translation with “{target}”."),
        source=before,
        target=after,
    )


def _last(text: str) -> tuple[int, int]:
    end = len(text.rstrip(_CLOSING))
    return max(0, end - 1), end


def _not_opened(text: str) -> Iterator[Finding]:
    """Spanish questions and exclamations have a mark at both ends."""
    for mark, opening in _INVERTED.items():
        if text.count(mark) > text.count(opening):
            at = text.rindex(mark)
            message = say(_("“{mark}” has no “{opening}” before it."), mark=mark, opening=opening)
            yield Finding("end_punctuation", message, None, (at, at + 1))


def _foreign_marks(text: str, language: str) -> Iterator[Finding]:
    """Marks of another script after a letter of this one."""
    marks = _FOREIGN.get(language)
    if not marks or not any(mark in text for mark in marks):
        return
    pattern = rf"(?<=[^\W\d_A-Za-z])[{re.escape(''.join(marks))}](?![\d.])"
    for match in re.finditer(pattern, text):
        message = say(
            _("“{mark}” is written “{right}” in this language."),
            mark=match[0],
            right=marks[match[0]],
        )
        yield Finding("end_punctuation", message, None, match.span())
