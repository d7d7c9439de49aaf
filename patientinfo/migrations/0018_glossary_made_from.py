"""Definitions that are there count as made from their original as it is."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce


def remember_originals(apps, schema_editor):
    terms = apps.get_model("patientinfo", "GlossaryTerm").objects
    own = terms.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE
    ).order_by()
    originals = Coalesce(Subquery(own.values("definition")[:1]), Value(""))
    terms.exclude(definition="").update(made_from=originals)


class Migration(migrations.Migration):
    dependencies = [("patientinfo", "0017_imported_words")]

    operations = [
        migrations.AddField(
            model_name="glossaryterm",
            name="made_from",
            field=models.TextField(blank=True, default="", editable=False, max_length=1000),
        ),
        migrations.RunPython(remember_originals, migrations.RunPython.noop),
    ]
