"""
The text message of a leaflet: how long it becomes on its way to a phone.

It is written for that, in a field of its own; a message cut from a long text leaves out what
matters. What is counted is the longest that is sent: the words, the credit line with the number
that a partner's licence adds to it, and the leaflet's address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel

from patientinfo.conf import public_url
from patientinfo.formats.inline import clean_text
from patientinfo.formats.sms import MANY, UCS_2, Length, measure, message_of
from patientinfo.leaflets.snippets import in_language

if TYPE_CHECKING:
    from patientinfo.leaflets.leaflet_page import LeafletPage

SHOWN_STRANGERS = 10
#: As long as a licence's number, in its letters; licences are made above this stage.
ANY_NUMBER = "P00-0000-0000"


def length_of(page: LeafletPage) -> Length | None:
    """What the page's message costs as it will be sent; None when it has none."""
    text = clean_text(page.short_text)
    if not text:
        return None
    holder = in_language(page.rights_holder, page.locale)
    address = public_url(f"/{page.locale.language_code}/{page.slug}/")
    credit = f"{holder.credit_line if holder else ''} ({ANY_NUMBER})"
    return measure(message_of(text, credit, address))


def short_text_advice(page: LeafletPage) -> Iterator[str]:
    """What an editor should know of a message that is long, and why it is."""
    length = length_of(page)
    if length is None or not length.long:
        return
    yield _(
        "With its credit and address the text message takes more than %(many)d messages "
        "(%(count)d): shorten it."
    ) % {"count": length.messages, "many": MANY}
    if length.strangers and page.locale.language_code != "ar":
        yield _("These characters make every message hold half as much: %(characters)s") % {
            "characters": " ".join(length.strangers[:SHOWN_STRANGERS])
        }


def length_line(length: Length) -> str:
    """A length in words."""
    said = ngettext(
        "%(count)d message of %(units)d characters with its credit and address",
        "%(count)d messages, %(units)d characters in all, with its credit and address",
        length.messages,
    ) % {"count": length.messages, "units": length.units}
    if length.encoding == UCS_2:
        return f"{said} ({_('70 characters a message')})"
    return f"{said} ({_('160 characters a message')})"


class ShortTextPanel(Panel):
    """Says below the field how long the saved message is."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "patientinfo/leaflets/short_text.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            length = length_of(self.instance) if self.instance.pk else None
            advice = list(short_text_advice(self.instance)) if length else []
            return {**context, "length": length and length_line(length), "advice": advice}
