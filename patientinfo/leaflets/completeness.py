"""
What a stored body still lacks, in words for its editor.

Wagtail checks blocks in its edit form only, and a draft may be saved incomplete: a revision that
the scheduler or a client publishes can hold anything. Nothing that is left out in silence when a
page is read (a picture that is gone, a link to nowhere) may be missing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from patientinfo.formats.inline import clean_text, plain_text
from patientinfo.leaflets.content import leaflet_keys, raw_body
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.slots import TEXT_FIELDS, Raw, items_of

if TYPE_CHECKING:
    from patientinfo.leaflets.leaflet_page import LeafletPage

KINDS = {"advice": ("do", "dont"), "callout": ("note", "warning", "urgent")}
#: Text fields that may stay empty.
OPTIONAL = {"lead_in", "heading", "caption", "alt"}


def body_gaps(page: LeafletPage) -> Iterator[str]:
    """One message for each thing that keeps the body from being issued."""
    body = raw_body(page)
    if not body:
        yield _("Write at least one section.")
    there = _Targets(body)
    for section in body:
        value = section["value"]
        heading = clean_text(value.get("heading") or "")
        if not heading:
            yield _("Give every section a heading.")
        blocks = value.get("blocks") or []
        if not blocks:
            yield _("Write something in the section “%(heading)s”.") % {"heading": heading}
        for block in blocks:
            for gap in _block_gaps(block["type"], block["value"], there):
                yield _("In the section “%(heading)s”: %(gap)s") % {"heading": heading, "gap": gap}


class _Targets:
    """The pictures and leaflets that a body points at and that are there."""

    def __init__(self, body: list[Raw]) -> None:
        blocks = [block for section in body for block in section["value"].get("blocks") or []]
        images = {block["value"].get("image") for block in blocks} - {None}
        self.images = set(LeafletImage.objects.filter(pk__in=images).values_list("pk", flat=True))
        self.pages = set(leaflet_keys(block["value"].get("page") for block in blocks))


def _block_gaps(kind: str, value: Raw, there: _Targets) -> Iterator[str]:
    if kind not in TEXT_FIELDS:
        yield _("remove the block of the unknown kind “%(kind)s”.") % {"kind": kind}
        return
    for field in TEXT_FIELDS[kind].keys() - OPTIONAL:
        if not plain_text(value.get(field) or ""):
            yield _("write the text of the empty paragraph or link, or remove it.")
    if value.get("kind") not in KINDS.get(kind, (value.get("kind"),)):
        yield _("choose the kind of every do, don't and call-out.")
    if kind == "table":
        yield from _table_gaps(value)
    elif kind == "image" and value.get("image") not in there.images:
        yield _("choose a picture, or remove the empty one.")
    elif kind == "leaflet_link" and value.get("page") not in there.pages:
        yield _("choose the leaflet that the link leads to, or remove the link.")
    elif kind in ("list", "steps", "advice", "callout"):
        items = items_of(value, "items")
        if not items or not all(plain_text(item.get("text") or "") for item in items):
            yield _("write every item of the list, or remove the empty ones.")


def _table_gaps(value: Raw) -> Iterator[str]:
    columns, rows = items_of(value, "columns"), items_of(value, "rows")
    if not columns or not rows:
        yield _("give the table columns and rows, or remove it.")
    if not all(plain_text(column.get("text") or "") for column in columns):
        yield _("write the heading of every column.")
    if any(len(row.get("cells") or []) != len(columns) for row in rows):
        yield _("give every row of the table as many cells as there are columns.")
