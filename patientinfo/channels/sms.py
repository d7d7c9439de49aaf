"""
A text message: the short text that a leaflet has for that, whose it is, and where the rest stands.

Never cut from the long text. What a reader must be able to see of a leaflet stands at its address,
which is the message's last line.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from patientinfo.channels.base import Channel, Context, Document, NothingToRender
from patientinfo.channels.parts.record import credit_of
from patientinfo.formats.sms import message_of
from patientinfo.licensing.terms import Use


class SmsChannel(Channel):
    """A leaflet's short text, to be sent to a phone."""

    name = "sms"
    label = _("Text message")
    media_type = "text/plain; charset=utf-8"
    extension = "sms.txt"
    uses = frozenset({Use.PORTAL, Use.EMAIL})
    version = "1"
    shown_by_browsers = True

    def gives(self, document: Document) -> bool:
        return bool(document.get("short_text"))

    def render(self, document: Document, context: Context) -> bytes:
        short = document.get("short_text")
        if not short:
            raise NothingToRender(
                "no_short_text",
                "This leaflet has no text for a message to a phone. Such a text is written by its "
                "clinic, never cut from the leaflet.",
            )
        sheet = context.sheet
        return message_of(short, credit_of(document, sheet.licence), sheet.url).encode()
