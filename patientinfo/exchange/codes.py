"""
Inline codes of a translation: its tags must be those of its source.

A translator moves tags to where the target language wants them, but neither loses nor adds one nor
changes what it holds: a lost link is a patient who does not find the emergency number. A link may
lead to the page of its own language, as it may at the desk (the check “inline_codes”).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from patientinfo.formats.inline import TAGS, clean_inline
from patientinfo.formats.segments import Segment
from patientinfo.translation.checks.addresses import is_same_address

_TAG = re.compile(rf"</?(?:{'|'.join(sorted(TAGS))})(?:\s[^<>]*)?/?>")
_LINK = re.compile(r'<a href="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Words:
    """What the parts of a unit are called in a format, as its problems name them."""

    path: str
    source: str
    target: str


PO_WORDS = Words("msgctxt", "msgid", "msgstr")
OTHER_WORDS = Words("its name", "the source", "the translation")


@lru_cache(maxsize=64)
def words_for(name: str) -> Words:
    """The words for a file of this name."""
    return PO_WORDS if PurePath(name).suffix.lower() == ".po" else OTHER_WORDS


def code_problem(
    segment: Segment, target: str, words: Words = PO_WORDS, languages: tuple[str, str] = ("", "")
) -> str:
    """
    What is wrong with the tags of `target`, said to a translator; empty when nothing is.
    `languages` are those of the source and of `target`.
    """
    if "<" not in segment.text and "<" not in target:
        return ""
    wanted, found = Counter(_TAG.findall(segment.text)), Counter(_TAG.findall(target))
    if wanted != found:
        found = _with_links_of(wanted, found, languages)
    if wanted != found:
        lost, added = sorted((wanted - found).elements()), sorted((found - wanted).elements())
        parts = [f"lacks {' '.join(lost)}"] if lost else []
        parts += [f"adds {' '.join(added)}"] if added else []
        told = " and ".join(parts)
        return f"{words.target} {told}; tags and links must be those of {words.source}"
    if not segment.inline:
        return ""
    if "<" in _TAG.sub("", target):
        return f'{words.target} has a "<" that is no tag of {words.source}; write &lt; for the sign'
    if _TAG.findall(clean_inline(target)) != _TAG.findall(target):
        return f"{words.target} has tags that are not closed in the order they were opened"
    return ""


def _with_links_of(
    wanted: Counter[str], found: Counter[str], languages: tuple[str, str]
) -> Counter[str]:
    """The tags found, links as the source has them where they lead to the same page."""
    same, missing = wanted & found, list((wanted - found).elements())
    for tag in (found - wanted).elements():
        ours = next((one for one in missing if _is_same_link(one, tag, languages)), "")
        if ours:
            missing.remove(ours)
        same[ours or tag] += 1
    return same


def _is_same_link(source: str, target: str, languages: tuple[str, str]) -> bool:
    there, here = _LINK.fullmatch(source), _LINK.fullmatch(target)
    return there is not None and here is not None and is_same_address(there[1], here[1], *languages)
