"""
Renditions a second of each channel: the seed leaflet in English and in Arabic.

Run by `runs` in a process of its own; prints JSON. Every rendition is made, none is found: the
words of each are a little different from those of the last, so that nothing that a typesetter
remembers of them helps. Time is the process's own, so that a busy machine changes little.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator, Mapping
from time import process_time
from typing import Any

import django

LOCALES = ("en", "ar")
SLUG = "dry-needling"


def main(seconds: float) -> None:
    django.setup()
    from patientinfo.channels.registry import channels

    found = {
        name: {locale: rate(channel, locale, seconds) for locale in LOCALES}
        for name, channel in channels().items()
    }
    print(json.dumps(found))


def rate(channel: Any, locale: str, seconds: float) -> float:
    """Renditions a second, the first one not counted: it reads the fonts."""
    from patientinfo.channels.base import Context
    from patientinfo.channels.renditions import order_of, picture_of
    from patientinfo.editions.models import CatalogueEntry
    from patientinfo.licensing.guard import EVERYTHING

    entry = CatalogueEntry.objects.select_related("edition").get(slug=SLUG, locale=locale)
    order = order_of(channel, entry, EVERYTHING)
    context = Context(order.sheet, picture_of, order.source)
    documents = others(order.document)
    channel.render(next(documents), context)
    made, began = 0, process_time()
    while process_time() - began < seconds:
        channel.render(next(documents), context)
        made += 1
    return made / (process_time() - began)


def others(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The Document again and again, each with a number of its own in every text of its body."""
    for number in range(1000, 1_000_000):
        other = copy.deepcopy(dict(document))
        for section in other["sections"]:
            section["heading"] += f" {number}"
            for block in section["blocks"]:
                for text in [block, *block.get("items", ())]:
                    if "text" in text:
                        text["text"] += f" {number}"
        yield other


if __name__ == "__main__":
    main(float(sys.argv[1]))
