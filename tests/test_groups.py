"""The groups that come with the product."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection

migration = import_module("patientinfo.migrations.0003_groups")


def make() -> None:
    migration.make_groups(apps, SimpleNamespace(connection=connection))


def permissions_of(name: str) -> set[tuple[str, str]]:
    """Without the right to choose pictures and files: Wagtail gives it to all who may enter."""
    given = Group.objects.get(name=name).permissions.exclude(codename__startswith="choose_")
    return set(given.values_list("content_type__app_label", "codename"))


@pytest.mark.django_db
def test_every_group_may_enter_and_clinicians_approve() -> None:
    make()  # a flushed test database has none
    enter = ("wagtailadmin", "access_admin")
    for name in ("Translators", "Checkers", "Translation approvers"):
        assert permissions_of(name) == {enter}
    assert permissions_of("Clinical approvers") == {enter, ("patientinfo", "add_clinicalapproval")}


@pytest.mark.django_db
def test_a_second_time_adds_nothing_and_takes_nothing() -> None:
    make()
    mine = Permission.objects.get(codename="add_image", content_type__app_label="wagtailimages")
    Group.objects.get(name="Checkers").permissions.add(mine)
    before = Group.objects.count(), Permission.objects.count()
    make()
    assert (Group.objects.count(), Permission.objects.count()) == before
    assert ("wagtailimages", "add_image") in permissions_of("Checkers")


@pytest.mark.django_db
def test_permissions_that_are_not_there_yet_are_made() -> None:
    Permission.objects.filter(codename__in=("access_admin", "add_clinicalapproval")).delete()
    make()
    assert len(permissions_of("Clinical approvers")) == 2
