"""
A translation was approved twice at one moment: its words alone, and its words beside their source.
The first would free a copy of it that has no source, whatever the source says by now.
"""

from django.db import migrations
from django.db.models import Exists, OuterRef


def leave_the_approvals_beside_a_source(apps, schema_editor):
    """
    Both rows of a pair have the same person and the same microsecond; the words alone came first.
    """
    using = schema_editor.connection.alias
    approvals = apps.get_model("patientinfo", "ClinicalApproval").objects.using(using)
    beside = approvals.filter(
        person=OuterRef("person"), approved_at=OuterRef("approved_at"), pk__gt=OuterRef("pk")
    )
    approvals.filter(Exists(beside)).delete()


class Migration(migrations.Migration):
    dependencies = [("patientinfo", "0014_memory_inline")]

    operations = [
        migrations.RunPython(leave_the_approvals_beside_a_source, migrations.RunPython.noop),
    ]
