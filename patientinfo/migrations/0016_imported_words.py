from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patientinfo", "0015_approvals_of_translations")]

    operations = [
        migrations.AddField(
            model_name="segmenttranslation",
            name="imported",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
    ]
