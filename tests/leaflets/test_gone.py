"""A leaflet opens, and can be mended, when something that its draft shows was deleted or lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from patientinfo.leaflets.approval import approve
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.leaflet_parts import Contributor
from patientinfo.leaflets.snippets import Contact, Person, RightsHolder
from tests import bodies, builders
from tests.builders import fresh


def edit_url(page: LeafletPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def with_contact(draft: LeafletPage) -> Contact:
    draft.contact = Contact.objects.create(name="Another desk", locale=draft.locale)
    return draft.contact


def with_owner(draft: LeafletPage) -> RightsHolder:
    draft.rights_holder = RightsHolder.objects.create(name="Somebody", locale=draft.locale)
    return draft.rights_holder


def with_author(draft: LeafletPage) -> Person:
    person = builders.make_person("Ann Other (fictional)")
    draft.contributors = [*draft.contributors.all(), Contributor(person=person)]
    return person


@pytest.mark.parametrize("add", [with_contact, with_owner, with_author])
def test_a_draft_that_names_what_was_deleted_opens(
    as_editor: Client, live: LeafletPage, add: Callable[[LeafletPage], Any]
) -> None:
    draft = live.get_latest_revision_as_object()
    named = add(draft)
    draft.save_revision()
    named.delete()
    response = as_editor.get(edit_url(live))
    assert response.status_code == 200
    assert [row.person.name for row in response.context["page"].contributors.all()] == [
        "W. Riter (fictional)"
    ]
    earlier = reverse("wagtailadmin_pages:revisions_compare", args=[live.pk, "earliest", "latest"])
    assert as_editor.get(earlier).status_code == 200


def test_it_is_not_published_without_the_contact_that_was_approved(live: LeafletPage) -> None:
    draft = live.get_latest_revision_as_object()
    contact = with_contact(draft)
    revision = draft.save_revision()
    approve(draft, builders.approver())
    contact.delete()
    with pytest.raises(NotReadyToPublish, match="was deleted"):
        revision.publish()
    draft = fresh(live).get_latest_revision_as_object()
    draft.save_revision().publish()
    assert fresh(live).contact is None


def test_a_leaflet_whose_picture_the_library_has_lost_opens(
    as_editor: Client, live: LeafletPage
) -> None:
    image = builders.make_image()
    sections = bodies.sample_sections()
    sections[0]["value"]["blocks"].append(bodies.picture(image))
    live.body = sections
    live.save_revision()
    default_storage.delete(image.file.name)
    assert as_editor.get(edit_url(live)).status_code == 200
