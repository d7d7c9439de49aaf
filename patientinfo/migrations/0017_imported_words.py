from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patientinfo", "0016_emptied_at")]

    operations = [
        migrations.AddField(
            model_name="segmenttranslation",
            name="imported",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
    ]
