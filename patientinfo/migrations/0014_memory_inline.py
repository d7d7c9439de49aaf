"""
The memory holds inline HTML: what it has of plain segments is escaped, so that no word of it is
taken for a tag.

Confirmed words were in one spelling when they were stored, so those that are no inline HTML in that
spelling are plain. Of words that a file brought nobody knows; those with a tag that leaflets have
stay as they are.
"""

import re

from django.db import migrations
from django.db.models import F, Q

from patientinfo.formats.inline import TAGS, clean_inline
from patientinfo.formats.inline_codes import spell_words
from patientinfo.formats.segments import source_hash

TAG = re.compile(rf"</?(?:{'|'.join(sorted(TAGS))})\b[^<>]*>")
MARKED = [Q(**{f"{name}__contains": mark}) for name in ("source_text", "text") for mark in "<>&"]


def is_plain(entry):
    both = entry.source_text, entry.text
    if all(clean_inline(text) == text for text in both):
        return False
    return entry.key is not None or not any(TAG.search(text) for text in both)


def escape(apps, schema_editor):
    entries = apps.get_model("patientinfo", "MemoryEntry").objects
    marked = Q()
    for one in MARKED:
        marked |= one
    ids = list(entries.filter(marked).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        for entry in entries.filter(pk__in=ids[start : start + 500]):
            if is_plain(entry):
                change(apps, entry)


def change(apps, entry):
    """Escapes an entry, or gives its uses to the one that says the same already."""
    entry.source_text, entry.text = spell_words(entry.source_text), spell_words(entry.text)
    entry.source_hash, entry.text_hash = source_hash(entry.source_text), source_hash(entry.text)
    names = ("source_hash", "locale", "source_locale", "text_hash")
    same = type(entry).objects.filter(**{name: getattr(entry, name) for name in names})
    other = same.exclude(pk=entry.pk).first()
    if other is None:
        entry.save(update_fields=["source_text", "text", "source_hash", "text_hash"])
        return
    apps.get_model("patientinfo", "MemoryUse").objects.filter(entry=entry).update(entry=other)
    postings = apps.get_model("patientinfo", "MemoryPosting").objects.filter(entry=entry)
    words = apps.get_model("patientinfo", "MemoryWord").objects
    words.filter(pk__in=postings.values("word"), count__gt=0).update(count=F("count") - 1)
    entry.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("patientinfo", "0013_emptied_segments"),
    ]

    operations = [
        migrations.RunPython(escape, migrations.RunPython.noop),
    ]
