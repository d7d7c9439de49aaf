"""
Reader pages that the sample clinic does not have by itself: their HTML, made before a browser is
there, for `Page.route` to show at an address of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from patientinfo.channels.base import NotRenderable
from patientinfo.channels.text import TextChannel
from patientinfo.channels.web import cards
from patientinfo.editions.models import CatalogueEntry

SLUG = "dry-needling"
#: As little as a page of a partner's has around a fragment: its title, and docs/channels.md's rule.
_AROUND = """<!doctype html>
<html lang="{locale}" dir="{direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A partner</title>
<style>
.leaflet {{ overflow-wrap: anywhere; }}
.leaflet img {{ max-width: 100%; height: auto; }}
</style></head>
<body><main><h1>A partner</h1>
{fragment}</main></body></html>
"""


def staged_pages(locale: str) -> dict[str, bytes]:
    """The pages of a language by name; the sample is as it was before when they are made."""
    client, leaflet = Client(), f"/{locale}/{SLUG}/"
    pages = {"without a script": _without_script(client.get(leaflet).content)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cards, "CARDS_ON_A_PAGE", 1)
        patch.setattr(TextChannel, "render", _failing)
        pages |= {
            "second page": client.get(f"/{locale}/leaflets/?page=2").content,
            "not made": client.get(f"{leaflet}download/text/").content,
            "fragment": _fragment(client, locale),
        }
    entry = CatalogueEntry.objects.filter(slug=SLUG, locale=locale)
    before = entry.get()
    for status in _standings(before):
        entry.update(status=status)
        pages[status] = client.get(leaflet).content
    entry.update(status=before.status)
    return pages


def _standings(entry: CatalogueEntry) -> Iterator[str]:
    """Those that no page of the sample has; no original is ahead of itself."""
    if not entry.is_source:
        yield "ahead"
    yield "redacted"


def _without_script(page: bytes) -> bytes:
    """A page as it is where scripts are off, every menu open; axe is a script itself."""
    shown = page.replace(b"<noscript>", b"").replace(b"</noscript>", b"")
    return shown.replace(b'<details class="elsewhere">', b'<details class="elsewhere" open>')


def _fragment(client: Client, locale: str) -> bytes:
    key = CatalogueEntry.objects.get(slug=SLUG, locale=locale).key
    answer = client.get(f"/api/v1/pages/{key}/{locale}/renditions/fragment/")
    assert answer.status_code == 200
    direction = "rtl" if locale == "ar" else "ltr"
    fragment = answer.content.decode()
    return _AROUND.format(locale=locale, direction=direction, fragment=fragment).encode()


def _failing(self: Any, document: Any, context: Any) -> bytes:
    raise NotRenderable("missing_glyph", "a test")
