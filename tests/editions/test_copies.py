"""A copy of a translation has no source: what was signed beside one does not free it."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import GroupPagePermission

from patientinfo.editions.actions import issue_edition
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.editions.reconcile import reconcile
from patientinfo.leaflets.approval import ClinicalApproval, approvals_of
from patientinfo.leaflets.content import fingerprint
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import fresh, reword

WORLD = "dutch"
NEW = {"cramps/text": "<p>Cramps may last for 3 days.</p>"}
NOBODY = "Nobody has approved these words"

migration = import_module("patientinfo.migrations.0015_approvals_of_translations")


@pytest.fixture
def held(page: LeafletPage, dutch: LeafletPage) -> LeafletPage:
    reword(page, NEW, significance="safety")
    assert CatalogueEntry.objects.get(locale="nl").status == "held"
    return fresh(dutch)


@pytest.fixture
def publisher(dutch: LeafletPage) -> User:
    """Somebody who may make and publish pages, and approves nothing."""
    group = Group.objects.create(name="Publishers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=dutch.get_parent(),
            permission=Permission.objects.get(
                codename=codename, content_type__app_label="wagtailcore"
            ),
        )
    user = User.objects.create_user("pip")
    user.groups.add(group)
    return user


def issued_in_dutch() -> int:
    return Edition.objects.filter(locale="nl").count()


def test_a_held_translation_is_not_copied_live(held: LeafletPage) -> None:
    with pytest.raises(ValidationError, match=NOBODY):
        held.copy(update_attrs={"slug": "kopie"})
    assert not LeafletPage.objects.filter(slug="kopie").exists()
    assert issued_in_dutch() == 1


def test_the_copy_view_publishes_no_copy_of_it(held: LeafletPage, publisher: User) -> None:
    browser = Client()
    browser.force_login(publisher)
    form = {
        "new_title": held.title,
        "new_slug": "kopie",
        "new_parent_page": held.get_parent().pk,
        "publish_copies": "on",
    }
    address = reverse("wagtailadmin_pages:copy", args=[held.pk])
    answer = browser.post(address, form, follow=True)
    assert NOBODY in answer.content.decode()
    assert not LeafletPage.objects.filter(slug="kopie", live=True).exists()
    assert issued_in_dutch() == 1


def test_a_copied_branch_issues_no_translation(held: LeafletPage) -> None:
    """Wagtail asks nothing of what lies below the page that is copied, so issuing does."""
    held.get_parent().specific.copy(recursive=True, update_attrs={"slug": "kopie"})
    copied = LeafletPage.objects.exclude(translation_key=held.translation_key).get()
    assert issued_in_dutch() == 1
    assert Client().get(copied.url, secure=True).status_code == 404
    assert "refused" in [finding.done for finding in reconcile()]
    assert issued_in_dutch() == 1


def test_a_detached_alias_issues_nothing(held: LeafletPage) -> None:
    alias = held.create_alias(update_slug="spiegel")
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    assert fresh(alias).live
    with pytest.raises(NotReadyToPublish):
        issue_edition(alias.pk)
    assert issued_in_dutch() == 1


@pytest.mark.parametrize("gone", ["key", "source_locale"])
def test_a_page_that_lost_its_source_is_not_issued(held: LeafletPage, gone: str) -> None:
    """A script gave it another key, or said that it is nobody's translation."""
    lost: dict[str, object] = {"translation_key": "3d1ba1b8-51bd-4de5-8a2c-0f3d0f1a1b1c"}
    if gone == "source_locale":
        lost["source_locale"] = ""
    LeafletPage.objects.filter(pk=held.pk).update(**lost)
    with pytest.raises(NotReadyToPublish):
        issue_edition(held.pk)
    assert issued_in_dutch() == 1


def test_a_copy_with_an_approval_of_its_own_is_a_leaflet_of_its_own(dutch: LeafletPage) -> None:
    copied = dutch.copy(update_attrs={"slug": "kopie"}, keep_live=False)
    copied = builders.publish_page(fresh(copied), by=builders.approver())
    edition = Edition.objects.get(key=copied.translation_key)
    assert edition.data["source"] is None
    assert edition.data["source_title"] is None
    assert CatalogueEntry.objects.get(key=copied.translation_key).is_source


def test_approvals_of_before_free_no_copies(page: LeafletPage, dutch: LeafletPage) -> None:
    """They were given twice: to the words alone, and after that to the words beside the source."""
    (beside,) = approvals_of(dutch)
    beside.delete()
    same = {"person": beside.person, "approved_at": beside.approved_at}
    ClinicalApproval.objects.create(fingerprint=fingerprint(dutch), **same)
    ClinicalApproval.objects.create(fingerprint=beside.fingerprint, **same)
    migration.leave_the_approvals_beside_a_source(apps, SimpleNamespace(connection=connection))
    assert [approval.fingerprint for approval in approvals_of(dutch)] == [beside.fingerprint]
    assert approvals_of(page)
    with pytest.raises(ValidationError, match=NOBODY):
        dutch.copy(update_attrs={"slug": "kopie"})
