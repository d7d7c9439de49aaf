"""
Fills the installation with as many leaflets as are asked for, in five languages each.

One leaflet is made and issued by the real path; its texts all end in a name. The others are its
rows over again with another name and another key, written in bulk, digests and hashes reckoned
anew: a thousand leaflets by the real path would take longer than all that is measured.

Run by `runs` in a process of its own, as `python -m bench.translation.fill LEAFLETS`.
"""

from __future__ import annotations

import io
import json
import secrets
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import django

from bench.translation.marks import mark_of

MARK = mark_of(26**4 - 1)  # no word of the sample, so that replacing it replaces nothing else
BATCH = 25


def main(leaflets: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    call_command("load_sample", password=secrets.token_urlsafe(16), stdout=io.StringIO())
    with transaction.atomic():
        template = Template(make_template())
    numbers = list(range(1, leaflets + 1))
    for start in range(0, leaflets, BATCH):
        with transaction.atomic():
            template.write(numbers[start : start + BATCH])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_template() -> uuid.UUID:
    """The sample's leaflet with `MARK` at the end of each of its texts, issued everywhere."""
    from bench.fill import copied, publish, sample_pages
    from bench.translation.marks import make_leaflet, marked_text
    from patientinfo.translation.actions import put_translations
    from patientinfo.translation.models import SegmentTranslation
    from patientinfo.translation.pages import segments_of_page
    from patientinfo.translation.shelf import Said
    from patientinfo.translation.states import Stored

    (_code, original), *others = sample_pages().items()
    source = make_leaflet(f"leaflet-{MARK}", [MARK])
    # A picture's own description is not in the page, and has no mark to translate.
    marked = {p for p, segment in segments_of_page(source).items() if MARK in segment.text}
    for locale, translated in others:
        rows = SegmentTranslation.objects.filter(key=original.translation_key, locale=locale)
        texts = dict(rows.values_list("path", "text"))
        texts |= {path: marked_text(texts[path], MARK) for path in marked}
        page = source.copy_for_translation(translated.locale)
        page = put_translations(page, texts, said=Said(state=Stored.CHECKED))
        page.contributors = [copied(row) for row in translated.contributors.all()]
        page.save()
        publish(page)
    key: uuid.UUID = source.translation_key
    return key


class Template:
    """The rows of one leaflet, and as many more of them as are wanted."""

    def __init__(self, key: uuid.UUID) -> None:
        from patientinfo.editions.models import CatalogueEntry, Edition
        from patientinfo.leaflets.leaflet_page import LeafletPage
        from patientinfo.translation.desk_models import TranslationProgress
        from patientinfo.translation.models import SegmentTranslation

        self.key = key
        self.pages = list(LeafletPage.objects.filter(translation_key=key).order_by("pk"))
        self.editions = list(Edition.objects.filter(key=key))
        self.entries = list(CatalogueEntry.objects.filter(key=key))
        self.rows = [
            *SegmentTranslation.objects.filter(key=key),
            *TranslationProgress.objects.filter(key=key),
        ]

    def write(self, numbers: list[int]) -> None:
        """Leaflets of these numbers."""
        from patientinfo.editions.models import CatalogueEntry, Edition
        from patientinfo.formats.segments import segments_of
        from patientinfo.translation.models import SegmentTranslation

        keys = {number: uuid.uuid4() for number in numbers}
        self._write_pages(keys)
        editions = list(self._again(self.editions, keys))
        for edition in editions:
            edition.digest = _digest(edition.document)
        of = {(edition.key, edition.locale): edition for edition in editions}
        for edition in editions:
            if edition.source_locale:
                source = segments_of(of[edition.key, edition.source_locale].data)
                hashes = {segment.path: segment.hash for segment in source}
                edition.made_from = {path: hashes[path] for path in edition.made_from}
        Edition.objects.bulk_create(editions)
        entries = list(self._again(self.entries, keys))
        for entry in entries:
            entry.edition = of[entry.key, entry.locale]
        CatalogueEntry.objects.bulk_create(entries)
        rows = list(self._again(self.rows, keys))
        for row in rows:
            if isinstance(row, SegmentTranslation):
                row.set(row.source_text, row.text)
        for model in {type(row) for row in rows}:
            model.objects.bulk_create([r for r in rows if type(r) is model], batch_size=1000)

    def _again(self, rows: list[Any], keys: dict[int, uuid.UUID]) -> Iterator[Any]:
        """New rows, not stored: the number and the key are others, in every column."""
        for number, key in keys.items():
            for row in rows:
                fields = [field for field in row._meta.concrete_fields if not field.primary_key]
                values = {
                    f.attname: self._other(getattr(row, f.attname), number, key) for f in fields
                }
                yield type(row)(**values)

    def _other(self, value: Any, number: int, key: uuid.UUID) -> Any:
        if value == self.key:
            return key
        if isinstance(value, str):
            mark = mark_of(number)
            for old, new in ((MARK, mark), (MARK.lower(), mark.lower()), (str(self.key), str(key))):
                value = value.replace(old, new)
            return value
        if isinstance(value, dict | list):
            return json.loads(self._other(json.dumps(value), number, key))
        return value

    def _write_pages(self, keys: dict[int, uuid.UUID]) -> None:
        """
        Each language's pages below the template's parent, live as the template is; without drafts,
        people and topics, which no file has.
        """
        from wagtail.models import Page

        for page in self.pages:
            parent = Page.objects.get(pk=page.get_parent().pk)
            last = parent.get_last_child()
            leaflets = []
            for number, key in keys.items():
                last = Page(path=last._inc_path())  # noqa: SLF001  treebeard has no other word
                leaflets.append(self._page(page, number, key, last.path))
            names = [field.attname for field in Page._meta.concrete_fields]
            made = Page.objects.bulk_create(
                Page(**{name: getattr(leaflet, name) for name in names}) for leaflet in leaflets
            )
            for row, leaflet in zip(made, leaflets, strict=True):
                leaflet.pk = leaflet.id = row.pk
                leaflet.save_base(raw=True, force_insert=True)
            Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(made))

    def _page(self, page: Any, number: int, key: uuid.UUID, path: str) -> Any:
        own = ("id", "page_ptr_id", "latest_revision_id", "live_revision_id", "path")
        fields = [field for field in page._meta.concrete_fields if field.attname not in own]
        values = {field.attname: getattr(page, field.attname) for field in fields}
        values["body"] = page._meta.get_field("body").get_prep_value(page.body)
        others = {name: self._other(value, number, key) for name, value in values.items()}
        return type(page)(**others, path=path)


def _digest(document: str) -> str:
    from patientinfo.formats.canonical import digest_bytes

    return digest_bytes(document.encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
