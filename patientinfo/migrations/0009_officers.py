"""The group of people who decide on permission requests."""

from importlib import import_module

from django.db import migrations

GROUP = "Licensing"

permission = import_module("patientinfo.migrations.0003_groups").permission


def make_group(apps, schema_editor):
    """A group that is there already keeps its members and gains what it lacks."""
    using = schema_editor.connection.alias
    into_admin = permission(
        apps, using, ("wagtailadmin", "admin"), "access_admin", "Can access Wagtail admin"
    )
    decide = permission(
        apps,
        using,
        ("patientinfo", "permissionrequest"),
        "decide_permissionrequest",
        "Can decide on permission requests",
    )
    groups = apps.get_model("auth", "Group").objects.using(using)
    group, _made = groups.get_or_create(name=GROUP)
    group.permissions.add(into_admin, decide)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("patientinfo", "0008_redacted_status"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [
        # Going back leaves the group: it may have members by now.
        migrations.RunPython(make_group, migrations.RunPython.noop),
    ]
