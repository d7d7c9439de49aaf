"""
The memory remembers who made its words and whether a machine did; segments remember everybody who
wrote at them. Entries that a segment uses get both from that segment, in two statements.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Subquery


def fill(apps, schema_editor):
    entries = apps.get_model("patientinfo", "MemoryEntry").objects
    uses = apps.get_model("patientinfo", "MemoryUse").objects
    rows = apps.get_model("patientinfo", "SegmentTranslation").objects
    of_use = rows.filter(
        key=OuterRef("key"), locale=OuterRef("locale"), path=OuterRef("path"), state="checked"
    )
    machine = uses.filter(Exists(of_use.filter(origin="machine"))).values("entry")
    entries.filter(pk__in=machine).update(origin="machine")
    maker = of_use.filter(translated_by__isnull=False).values("translated_by")[:1]
    makers = (
        uses.filter(entry=OuterRef("pk"))
        .annotate(maker=Subquery(maker))
        .filter(maker__isnull=False)
        .order_by("-pk")
        .values("maker")[:1]
    )
    entries.update(made_by=Subquery(makers))


class Migration(migrations.Migration):
    dependencies = [
        ("patientinfo", "0010_sms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="memoryentry",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="memoryentry",
            name="origin",
            field=models.CharField(
                choices=[
                    ("human", "Written by a person"),
                    ("machine", "Machine-made"),
                    ("memory", "From the translation memory"),
                    ("import", "From a file"),
                ],
                default="human",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="segmenttranslation",
            name="helpers",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
