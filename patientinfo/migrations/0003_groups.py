"""The groups of people who work on leaflets, so that nobody has to invent them."""

from django.db import migrations

#: Group → whether its members approve in clinical matters (of the source). What they may do in a
#: language is a language right, which a clinic gives as its languages come.
GROUPS = {
    "Translators": False,
    "Checkers": False,
    "Translation approvers": False,
    "Clinical approvers": True,
}


def make_groups(apps, schema_editor):
    """A group that is there already keeps its members and gains what it lacks."""
    using = schema_editor.connection.alias
    into_admin = permission(
        apps, using, ("wagtailadmin", "admin"), "access_admin", "Can access Wagtail admin"
    )
    approve = permission(
        apps,
        using,
        ("patientinfo", "clinicalapproval"),
        "add_clinicalapproval",
        "Can add clinical approval",
    )
    groups = apps.get_model("auth", "Group").objects.using(using)
    for name, approves in GROUPS.items():
        group, _made = groups.get_or_create(name=name)
        group.permissions.add(into_admin, *([approve] if approves else []))


def permission(apps, using, model, codename, name):
    """Django makes permissions after all migrations; on a new database they are not there yet."""
    app_label, model_name = model
    types = apps.get_model("contenttypes", "ContentType").objects.using(using)
    kind, _made = types.get_or_create(app_label=app_label, model=model_name)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    found, _made = permissions.get_or_create(
        content_type=kind, codename=codename, defaults={"name": name}
    )
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("patientinfo", "0002_translation_desk"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [
        # Going back leaves the groups: they may have members by now.
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
