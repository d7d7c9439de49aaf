"""
The seed leaflet's page, as its readers print it, to PDF by WeasyPrint: what Typst is measured
against. Its fonts are read once, as ours are, and its words differ each time, as ours do.

Run by `runs` in a process of its own; prints JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import process_time

import django

from bench.channels.renditions import LOCALES, SLUG


def main(seconds: float) -> None:
    django.setup()
    print(json.dumps({locale: rate(locale, seconds) for locale in LOCALES}))


def rate(locale: str, seconds: float) -> float:
    """PDFs a second, tagged like ours; the first one is not counted."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    page, fonts = printed_page(locale), FontConfiguration()

    def make(number: int) -> bytes:
        words = page.replace("</p>", f" {number}</p>")
        made = HTML(string=words, base_url="file:///").write_pdf(
            font_config=fonts, pdf_variant="pdf/ua-1"
        )
        assert made.startswith(b"%PDF-")
        return bytes(made)

    make(999)
    made, began = 0, process_time()
    while process_time() - began < seconds:
        make(1000 + made)
        made += 1
    return made / (process_time() - began)


def printed_page(locale: str) -> str:
    """The reader's page with its styles in it, so that nothing is fetched."""
    import re

    from django.test import Client

    from patientinfo.editions.models import CatalogueEntry

    entry = CatalogueEntry.objects.get(slug=SLUG, locale=locale)
    answer = Client().get(entry.html_path, secure=True, headers={"host": "127.0.0.1"})
    assert answer.status_code == 200, answer.status_code
    html = answer.content.decode()
    html = re.sub(r"<link[^>]*rel=\"stylesheet\"[^>]*>", "", html)
    # The pictures of the sample are drawings of a few hundred bytes; neither side reads them here.
    html = re.sub(r"<img[^>]*>", "", html)
    folder = Path(django.apps.apps.get_app_config("patientinfo").path) / "static" / "patientinfo"
    sheets = ("frame.css", "reader.css", "blocks.css", "record.css", "print.css")
    styles = "\n".join((folder / name).read_text(encoding="utf-8") for name in sheets)
    return html.replace("</head>", f"<style>{styles}</style></head>")


if __name__ == "__main__":
    main(float(sys.argv[1]))
