"""Characters that no text of a leaflet may have, and marks of direction that do not pair."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from patientinfo.translation.checks.base import Context, Finding, Message, say
from patientinfo.translation.checks.scripts import JOINING, script_of_letter

#: Everything that may be wrong: a quick look before a long one.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u115f\u1160\u180e\u200b-\u200d\u202a-\u202e\u2028\u2029"
    "\u2060-\u2069\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_EMBEDDINGS, _OVERRIDES, _ISOLATES = "\u202a\u202b", "\u202d\u202e", "\u2066\u2067\u2068"
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_DIRECTIONS = _EMBEDDINGS + _OVERRIDES + _ISOLATES + _POP + _POP_ISOLATE
_JOINERS = "\u200c\u200d"


def check_forbidden_characters(context: Context) -> Iterator[Finding]:
    """Control characters, invisible ones and those that no font has or that turn figures round."""
    plain = context.readings[1].plain
    if _SUSPECT.search(plain) is None:
        return
    suspects = list(_SUSPECT.finditer(plain))
    for match in suspects:
        message = _wrong(match[0], plain, match.start())
        if message:
            yield Finding("forbidden_characters", message, None, match.span())
    if any(match[0] in _DIRECTIONS for match in suspects):
        yield from _unpaired(plain)


def _wrong(character: str, text: str, at: int) -> Message | None:
    code = f"U+{ord(character):04X}"
    if character in _OVERRIDES:
        return say(_("{code} turns figures round."), code=code)
    if character in _DIRECTIONS:
        return None
    if character in _JOINERS and _joins(text, at):
        return None
    return say(_("The character {code} is not allowed here."), code=code)


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands after a letter of a script that needs it, or within an emoji."""
    before = text[at - 1 : at]
    letter = next((c for c in reversed(text[:at]) if not unicodedata.combining(c)), "")
    if _is_indic_or_arabic(before) or _is_indic_or_arabic(letter):
        return True
    after = text[at + 1 : at + 2]
    return text[at] == "\u200d" and all(_is_symbol(neighbour) for neighbour in (letter, after))


@lru_cache(maxsize=1024)
def _is_indic_or_arabic(character: str) -> bool:
    if not character:
        return False
    if script_of_letter(character) in JOINING:
        return True
    return unicodedata.name(character, "").split(" ")[0] in JOINING


def _is_symbol(character: str) -> bool:
    return bool(character) and (
        unicodedata.category(character) in {"So", "Sk"} or character == "\ufe0f"
    )


def _unpaired(text: str) -> Iterator[Finding]:
    """Marks of direction that are not closed, or close nothing (UAX #9)."""
    opened: list[tuple[str, int]] = []
    for at, character in enumerate(text):
        if character in _ISOLATES:
            opened.append((_POP_ISOLATE, at))
        elif character in _EMBEDDINGS or character in _OVERRIDES:
            opened.append((_POP, at))
        elif character in {_POP, _POP_ISOLATE}:
            if opened and opened[-1][0] == character:
                opened.pop()
            else:
                opened.append(("", at))
    for _closing, at in opened:
        said = say(_("A mark of direction ({code}) has no partner."), code=f"U+{ord(text[at]):04X}")
        yield Finding("forbidden_characters", said, None, (at, at + 1))
