"""
A page of a leaflet's shape, as a site with wagtail-localize would have it.

The blocks are those of `patientinfo.leaflets.blocks` without the hidden keys, which that plug-in
would send to translators; pictures are left out on this side, for it costs nothing to have none.
"""

from __future__ import annotations

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class ItemsBlock(blocks.StructBlock):
    """A list, steps, advice or a call-out: a line above, and items."""

    lead_in = blocks.RichTextBlock(required=False)
    items = blocks.ListBlock(blocks.RichTextBlock())


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(required=False)
    columns = blocks.ListBlock(blocks.RichTextBlock())
    rows = blocks.ListBlock(blocks.ListBlock(blocks.RichTextBlock(required=False)))


class PartsBlock(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock()
    items = ItemsBlock()
    table = TableBlock()
    words = blocks.CharBlock()


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock()
    blocks = PartsBlock()


class SectionsBlock(blocks.StreamBlock):
    section = SectionBlock()


class LeafletPage(Page):
    """A title, a summary and sections."""

    summary = models.TextField(blank=True)
    body = StreamField(SectionsBlock())
