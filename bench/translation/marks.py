"""The sample's leaflet over again, with words of its own: a number at the end of each text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any


def marked_text(text: str, mark: int) -> str:
    """`text`, plain or rich as it is stored, with the mark as its last word."""
    words, end, _rest = text.rpartition("</p>")
    return f"{words} {mark}{end}" if end else f"{text} {mark}"


def make_leaflet(slug: str, marks: Iterable[int]) -> Any:
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


def marked_body(body: list[Any], mark: int) -> list[Any]:
    """A copy of a stored body with the mark in every text of it."""
    from patientinfo.leaflets.slots import slots

    copied: list[Any] = json.loads(json.dumps(body))
    for slot in slots(copied):
        if slot.text:
            slot.fill(marked_text(slot.text, mark))
    return copied
