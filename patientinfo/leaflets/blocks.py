"""
The block vocabulary of a leaflet.

Closed and typed, so that every channel can render every leaflet. Each block and each list item
carries a hidden `key`: its identity in translations, which survives rewording, moving and clients
that make Wagtail's own block ids anew. `keys.py` fills and de-duplicates keys when a page is saved.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

INLINE_FEATURES = ["bold", "italic", "link", "superscript", "subscript"]

#: A block whose one field needs no label on the screen: the block's own says it.
WORDS_ONLY = "struct-block patientinfo-words"


class KeyBlock(blocks.CharBlock):
    """A hidden identity; empty until the page is saved for the first time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, max_length=80, label="", form_classname="patientinfo-key", **kwargs
        )
        self.field.widget = forms.HiddenInput()


def _rich(label: Any, *, required: bool = True, help_text: Any = "") -> blocks.RichTextBlock:
    return blocks.RichTextBlock(
        features=INLINE_FEATURES, label=label, required=required, help_text=help_text
    )


class ItemBlock(blocks.StructBlock):
    """One entry of a list: its identity and its words."""

    key = KeyBlock()
    text = _rich(_("Text"))

    class Meta:
        label_format = "{text}"
        form_classname = WORDS_ONLY


class ParagraphBlock(blocks.StructBlock):
    key = KeyBlock()
    text = _rich(_("Text"))

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        label_format = "{text}"
        form_classname = WORDS_ONLY


class ListBlock(blocks.StructBlock):
    key = KeyBlock()
    lead_in = _rich(_("Lead-in"), required=False, help_text=_("The line that introduces the list."))
    items = blocks.ListBlock(ItemBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("List")
        label_format = "{lead_in}"


class StepsBlock(ListBlock):
    class Meta:
        icon = "list-ol"
        label = _("Steps in order")


class AdviceBlock(blocks.StructBlock):
    key = KeyBlock()
    kind = blocks.ChoiceBlock(
        choices=[("do", _("Do")), ("dont", _("Do not"))], default="do", label=_("Kind")
    )
    lead_in = _rich(_("Lead-in"), required=False)
    items = blocks.ListBlock(ItemBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "check"
        label = _("Do or don't list")
        label_format = "{kind}: {lead_in}"


class CalloutBlock(blocks.StructBlock):
    key = KeyBlock()
    kind = blocks.ChoiceBlock(
        choices=[
            ("note", _("Note")),
            ("warning", _("Warning")),
            ("urgent", _("Get help now")),
        ],
        default="note",
        label=_("Kind"),
        help_text=_("“Get help now” is for signs that need care at once."),
    )
    heading = blocks.CharBlock(required=False, max_length=200, label=_("Heading"))
    items = blocks.ListBlock(ItemBlock(), label=_("Paragraphs"), min_num=1)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        label_format = "{kind}: {heading}"


class ColumnBlock(blocks.StructBlock):
    key = KeyBlock()
    text = _rich(_("Column heading"))

    class Meta:
        label_format = "{text}"


class RowBlock(blocks.StructBlock):
    key = KeyBlock()
    cells = blocks.ListBlock(_rich(_("Cell"), required=False), label=_("Cells"))

    class Meta:
        label_format = "{cells}"


class TableBlock(blocks.StructBlock):
    key = KeyBlock()
    caption = blocks.CharBlock(
        required=False, max_length=300, label=_("Caption"), help_text=_("What the table shows.")
    )
    columns = blocks.ListBlock(ColumnBlock(), label=_("Columns"), min_num=1)
    rows = blocks.ListBlock(RowBlock(), label=_("Rows"), min_num=1)

    class Meta:
        icon = "table"
        label = _("Table")
        label_format = "{caption}"

    def clean(self, value: Any) -> Any:
        """Refuses a row whose number of cells is not that of the columns."""
        cleaned = super().clean(value)
        wanted = len(cleaned["columns"])
        for number, row in enumerate(cleaned["rows"], start=1):
            if len(row["cells"]) != wanted:
                message = _("Row %(row)d has %(cells)d cells; the table has %(columns)d columns.")
                params = {"row": number, "cells": len(row["cells"]), "columns": wanted}
                raise blocks.StructBlockValidationError(
                    block_errors={"rows": ValidationError(message, params=params)}
                )
        return cleaned


class ImageBlock(blocks.StructBlock):
    key = KeyBlock()
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Description"),
        help_text=_("Read aloud to people who do not see the picture. Empty: the image's own."),
    )
    caption = blocks.CharBlock(
        required=False, max_length=500, label=_("Caption"), help_text=_("Empty: the image's own.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        label_format = "{image}"


class LeafletLinkBlock(blocks.StructBlock):
    key = KeyBlock()
    page = blocks.PageChooserBlock(page_type="patientinfo.LeafletPage", label=_("Leaflet"))
    text = blocks.CharBlock(max_length=200, label=_("Words of the link"))

    class Meta:
        icon = "link"
        label = _("Link to another leaflet")
        label_format = "{text}"


class SectionBlocks(blocks.StreamBlock):
    paragraph = ParagraphBlock()
    list = ListBlock()
    steps = StepsBlock()
    advice = AdviceBlock()
    callout = CalloutBlock()
    table = TableBlock()
    image = ImageBlock()
    leaflet_link = LeafletLinkBlock()

    class Meta:
        label = _("Content")


class SectionBlock(blocks.StructBlock):
    """A question and its answer. `key` is the section's id, in addresses and in translations."""

    key = KeyBlock()
    heading = blocks.CharBlock(
        max_length=200, label=_("Heading"), help_text=_("Best as the question a patient would ask.")
    )
    blocks = SectionBlocks()

    class Meta:
        icon = "title"
        label = _("Section")
        label_format = "{heading}"


class LeafletBody(blocks.StreamBlock):
    section = SectionBlock()

    class Meta:
        label = _("Sections")
        collapsed = True
