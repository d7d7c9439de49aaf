"""The words of photos are searched apart, because a licence can cover the text without them."""

import json

from django.db import migrations, models

from patientinfo.formats.inline import plain_text
from patientinfo.formats.search_text import fold
from patientinfo.formats.segments import segments_of


def searchable(document):
    return fold(" ".join(plain_text(s.text) for s in segments_of(document)))


def part_words(apps, schema_editor):
    """What `catalogue.refresh` makes of an entry from now on, for those that are there."""
    entries = apps.get_model("patientinfo", "CatalogueEntry").objects
    rows = entries.using(schema_editor.connection.alias).select_related("edition")
    for entry in rows.order_by("pk").iterator(chunk_size=50):
        document = json.loads(entry.edition.document)
        entry.full_text = searchable({**document, "images": []})
        entry.photo_text = searchable(document)
        entry.save(update_fields=["full_text", "photo_text"])


class Migration(migrations.Migration):
    dependencies = [
        ("patientinfo", "0004_licensing"),
    ]

    operations = [
        migrations.AddField(
            model_name="catalogueentry",
            name="photo_text",
            field=models.TextField(blank=True, default="", help_text="with the words of photos"),
        ),
        migrations.AlterField(
            model_name="catalogueentry",
            name="full_text",
            field=models.TextField(blank=True, default="", help_text="without words of photos"),
        ),
        migrations.RunPython(part_words, migrations.RunPython.noop),
    ]
