"""A clinic, and the people who work on its leaflets."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AbstractUser, Group, Permission, User
from django.test import Client
from pytest_django import DjangoDbBlocker
from wagtail.models import GroupPagePermission

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Person
from tests import builders
from tests.builders import Clinic
from tests.worlds import built_once


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Clinic, LeafletPage, LeafletPage]]:
    """A clinic, a draft and a live leaflet, the same for all tests of a module."""

    def build() -> tuple[Clinic, LeafletPage, LeafletPage]:
        clinic = builders.make_site()
        draft = builders.make_leaflet(clinic, slug="draft", summary="A draft.", publish=False)
        return clinic, draft, builders.make_leaflet(clinic)

    with built_once(django_db_blocker, build) as made:
        yield made


@pytest.fixture
def clinic(built: tuple[Clinic, LeafletPage, LeafletPage], db: None) -> Clinic:
    return copy.deepcopy(built[0])


@pytest.fixture
def draft(built: tuple[Clinic, LeafletPage, LeafletPage], db: None) -> LeafletPage:
    """A leaflet that lacks nothing but an approval."""
    return builders.fresh(built[1])


@pytest.fixture
def live(built: tuple[Clinic, LeafletPage, LeafletPage], db: None) -> LeafletPage:
    """A leaflet with edition 1."""
    return builders.fresh(built[2])


def make_user(clinic: Clinic, name: str, *, group: str, may_approve: bool = False) -> AbstractUser:
    """Somebody of a group that may edit and publish every page."""
    found, made = Group.objects.get_or_create(name=group)
    if made:
        found.permissions.add(Permission.objects.get(codename="access_admin"))
        for kind in ("add", "change", "publish"):
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{kind}_page"
            )
            for home in clinic.homes.values():
                GroupPagePermission.objects.create(group=found, page=home, permission=permission)
        if may_approve:
            found.permissions.add(Permission.objects.get(codename="add_clinicalapproval"))
    user = User.objects.create_user(name, f"{name}@clinic.example", "a-password")
    user.groups.add(found)
    return user


@pytest.fixture
def editor(clinic: Clinic) -> AbstractUser:
    """May publish, may not approve."""
    return make_user(clinic, "editor", group="Writers")


@pytest.fixture
def clinician(clinic: Clinic) -> AbstractUser:
    """May publish and approve, as a person who agreed to be named."""
    user = make_user(clinic, "clinician", group="Clinicians", may_approve=True)
    person = builders.make_person("Dr. C. Linician (fictional)")
    person.user = user
    person.save()
    return user


@pytest.fixture
def nameless(clinic: Clinic, clinician: AbstractUser) -> AbstractUser:
    """May approve by permission, but there is no person to name."""
    return make_user(clinic, "nameless", group="Clinicians")


@pytest.fixture
def approver(clinician: AbstractUser) -> Person:
    return Person.objects.get(user=clinician)


@pytest.fixture
def as_editor(client: Client, editor: AbstractUser) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def as_clinician(client: Client, clinician: AbstractUser) -> Client:
    client.force_login(clinician)
    return client
