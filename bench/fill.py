"""
Fills the installation: the sample clinic, and copies of its leaflet through the real publish path.

Run by `installation` in a process of its own, as `python -m bench.fill COPIES FILE`; writes to FILE
what there is to read, as JSON: a list of `Leaf`'s fields, one for each leaflet and language.
"""

from __future__ import annotations

import io
import json
import secrets
import sys
from pathlib import Path
from typing import Any

import django


def main(copies: int, output: Path) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    call_command("load_sample", password=secrets.token_urlsafe(16), stdout=io.StringIO())
    sample = sample_pages()
    for number in range(1, copies + 1):
        with transaction.atomic():
            copy_leaflet(sample, number)
    gather_statistics(connection)
    output.write_text(json.dumps(what_is_there(copies)))


def gather_statistics(connection: Any) -> None:
    """
    As autovacuum does on PostgreSQL by itself. On SQLite nobody does: what was true of one licence
    would stay in the servers' open connections when there are ten thousand, and each read would go
    through all of them.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def sample_pages() -> dict[str, Any]:
    """The sample's page of the seed leaflet in each language, the source first."""
    from home.loading import read
    from patientinfo.leaflets.leaflet_page import LeafletPage

    pages = LeafletPage.objects.filter(translation_key=read("dry-needling")["key"])
    found = {page.locale.language_code: page for page in pages.select_related("locale")}
    return dict(sorted(found.items(), key=lambda item: item[1].source_locale != ""))


def copy_leaflet(sample: dict[str, Any], number: int) -> None:
    """One more leaflet with the sample's words in every language, issued as an editor would."""
    from patientinfo.translation.actions import put_translations
    from patientinfo.translation.models import SegmentTranslation
    from patientinfo.translation.shelf import Said
    from patientinfo.translation.states import Stored

    (_locale, original), *others = sample.items()
    attributes = {
        "title": f"{original.title} {number}",
        "slug": f"{original.slug}-{number}",
        "live": False,
    }
    source = original.copy(update_attrs=attributes, copy_revisions=False, keep_live=False)
    publish(source)
    for locale, translated in others:
        rows = SegmentTranslation.objects.filter(key=original.translation_key, locale=locale)
        texts = dict(rows.values_list("path", "text"))
        texts["title"] += f" {number}"
        copy = source.copy_for_translation(translated.locale)
        page = put_translations(copy, texts, said=Said(state=Stored.CHECKED))
        page.contributors = [copied(row) for row in translated.contributors.all()]
        page.save()
        publish(page)


def copied(contributor: Any) -> Any:
    """The same person in the same role, for another page."""
    return type(contributor)(
        role=contributor.role, person=contributor.person, done_on=contributor.done_on
    )


def publish(page: Any) -> None:
    """Approved and published; the signal's receiver issues the Edition."""
    from patientinfo.leaflets.approval import approve
    from patientinfo.leaflets.snippets import Person

    person = Person.objects.filter(consent_on__isnull=False).order_by("pk")[0]
    revision = page.save_revision()
    approve(revision.as_object(), person)
    revision.publish()


def what_is_there(copies: int) -> list[dict[str, Any]]:
    """The seed leaflet and its copies; `RuntimeError` when they are not all issued."""
    from home.loading import read
    from patientinfo.editions.models import CatalogueEntry
    from patientinfo.leaflets.leaflet_page import LeafletPage

    short = read("dry-needling-and-acupuncture-compared")["key"]
    pages = LeafletPage.objects.exclude(translation_key=short)
    page_ids = {
        (key, locale): pk
        for key, locale, pk in pages.values_list("translation_key", "locale__language_code", "pk")
    }
    entries = CatalogueEntry.objects.available().exclude(key=short).select_related("edition")
    leaves = [
        {
            "key": str(entry.key),
            "locale": entry.locale,
            "title": entry.title,
            "digest": entry.edition.digest,
            "page_id": page_ids[entry.key, entry.locale],
        }
        for entry in entries.order_by("key", "locale")
    ]
    locales = {leaf["locale"] for leaf in leaves}
    if not len(leaves) == len(page_ids) == (copies + 1) * len(locales):
        raise RuntimeError(f"{len(page_ids)} pages, but {len(leaves)} issued: see the log above")
    return leaves


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
