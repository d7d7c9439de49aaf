"""What changed between two texts, word by word, as safe HTML."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: Runs of spaces, whole tags (a link that changes is one change), single signs, and words.
_WORDS = re.compile(r"\s+|</?[A-Za-z][^<>]*>|[^\s\w]|\w+")
MOST_WORDS = 2000  # of one text; longer ones are shown whole, before and after


def word_diff(before: str, after: str) -> SafeString:
    """`after` with what is new in `<ins>` and what is gone in `<del>`; both texts are escaped."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return format_html("<del>{}</del> <ins>{}</ins>", before, after)
    parts: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            parts.append(("", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            parts.append(("del", "".join(old[i1:i2])))
        if kind == "replace":
            parts.append(("", " "))  # 1 that became 3 is not to be read as 13
        if j2 > j1:
            parts.append(("ins", "".join(new[j1:j2])))
    return format_html_join("", "{}", ((_mark(tag, text),) for tag, text in parts))


def _mark(tag: str, text: str) -> SafeString:
    if not tag:
        return format_html("{}", text)
    return format_html("<{0}>{1}</{0}>", tag, text)
