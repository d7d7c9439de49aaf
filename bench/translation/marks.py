"""
The sample's leaflet over again, with words of its own: another name at the end of each text.

A name and no number: with a number in each, a text would be one in which numbers have to be
compared, and of the seed leaflet's one in nine is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from string import ascii_lowercase
from typing import Any


def mark_of(number: int) -> str:
    """The name of a number, below a hundred thousand: "Xaaab" of 1."""
    letters = ""
    for _place in range(4):
        number, letter = divmod(number, 26)
        letters = ascii_lowercase[letter] + letters
    return f"X{letters}"


def marked_text(text: str, mark: str) -> str:
    """`text`, plain or rich as it is stored, with the mark as its last word."""
    words, end, _rest = text.rpartition("</p>")
    return f"{words} {mark}{end}" if end else f"{text} {mark}"


def make_leaflet(slug: str, marks: Iterable[str]) -> Any:
    """The leaflet once for each of `marks`, one after the other in one page; published."""
    from wagtail.blocks import StreamValue

    from bench.fill import publish, sample_pages
    from patientinfo.leaflets.blocks import LeafletBody
    from patientinfo.leaflets.content import raw_body

    marks = list(marks)
    original = sample_pages()["en"]
    attributes = {"slug": slug, "title": marked_text(original.title, marks[0]), "live": False}
    page = original.copy(update_attrs=attributes, copy_revisions=False, keep_live=False)
    page.summary = marked_text(original.summary, marks[0])
    body = [part for mark in marks for part in marked_body(raw_body(original), mark)]
    page.body = StreamValue(LeafletBody(), body, is_lazy=True)
    publish(page)
    return type(page).objects.get(pk=page.pk)


def marked_body(body: list[Any], mark: str) -> list[Any]:
    """A copy of a stored body with the mark in every text of it."""
    from patientinfo.leaflets.slots import slots

    copied: list[Any] = json.loads(json.dumps(body))
    for slot in slots(copied):
        if slot.text:
            slot.fill(marked_text(slot.text, mark))
    return copied
