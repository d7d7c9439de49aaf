"""The group that comes with the product."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import connection

from patientinfo.desk.permissions.access import is_officer

migration = import_module("patientinfo.migrations.0009_officers")


def make() -> None:
    migration.make_group(apps, SimpleNamespace(connection=connection))


@pytest.mark.django_db
def test_its_members_enter_and_decide() -> None:
    make()
    user = User.objects.create_user("olga")
    user.groups.add(Group.objects.get(name="Licensing"))
    assert is_officer(user)
    assert user.has_perm("wagtailadmin.access_admin")


@pytest.mark.django_db
def test_a_group_that_is_there_keeps_what_it_has_and_gains_what_it_lacks() -> None:
    make()
    mine = Permission.objects.get(codename="add_image", content_type__app_label="wagtailimages")
    group = Group.objects.get(name="Licensing")
    group.permissions.set([mine])
    before = Group.objects.count(), Permission.objects.count()
    make()
    assert (Group.objects.count(), Permission.objects.count()) == before
    assert {"add_image", "access_admin", "decide_permissionrequest"} <= set(
        group.permissions.values_list("codename", flat=True)
    )
