"""
A leaflet's description for search engines and whoever gathers leaflets; `parts.schema_org` says
what stands in it. It has none of the words, so nothing of it is ever withheld.
"""

from __future__ import annotations

import orjson
from django.utils.translation import gettext_lazy as _

from patientinfo.channels.base import Channel, Context, Document
from patientinfo.channels.parts.schema_org import page_of, whereabouts_of
from patientinfo.licensing.terms import LICENSABLE


class JsonLdChannel(Channel):
    """What a leaflet is, for machines that read about it."""

    name = "jsonld"
    label = _("Description for search engines (JSON-LD)")
    media_type = "application/ld+json"
    extension = "jsonld"
    version = "3"
    needs = frozenset[str]()
    uses = frozenset(LICENSABLE)

    def render(self, document: Document, context: Context) -> bytes:
        page = page_of(document, whereabouts_of(context.sheet))
        return orjson.dumps(page, option=orjson.OPT_INDENT_2)
