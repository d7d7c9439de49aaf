"""Parts of a leaflet that a language has of its own; translators may choose pictures for it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def let_translators_choose(apps, schema_editor):
    """
    As Wagtail gives it to its own groups: the pictures of the root collection, and those below it.
    """
    using = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(using)
    kind, _made = types.get_or_create(app_label="wagtailimages", model="image")
    choose, _made = (
        apps.get_model("auth", "Permission")
        .objects.using(using)
        .get_or_create(
            content_type=kind, codename="choose_image", defaults={"name": "Can choose image"}
        )
    )
    root = apps.get_model("wagtailcore", "Collection").objects.using(using).filter(depth=1).first()
    group = apps.get_model("auth", "Group").objects.using(using).filter(name="Translators").first()
    if root is not None and group is not None:
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.using(
            using
        ).get_or_create(group=group, collection=root, permission=choose)


class Migration(migrations.Migration):
    dependencies = [
        ("wagtailcore", "0066_collection_management_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("patientinfo", "0006_renditions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PartOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("locale", models.CharField(max_length=100)),
                ("path", models.CharField(max_length=200)),
                ("link", models.CharField(blank=True, default="", max_length=500)),
                ("href", models.CharField(blank=True, default="", max_length=500)),
                ("replaces", models.CharField(blank=True, default="", max_length=71)),
                ("caption", models.CharField(blank=True, default="", max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "image",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="patientinfo.leafletimage",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "part of its own",
                "verbose_name_plural": "parts of their own",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "locale", "path", "link"), name="one_override_a_part"
                    )
                ],
            },
        ),
        # Going back leaves the permission: somebody may rely on it by now.
        migrations.RunPython(let_translators_choose, migrations.RunPython.noop),
    ]
