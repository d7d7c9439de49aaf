"""Autosave writes over its own draft, and over none that was published or handed on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision, Task, Workflow, WorkflowTask

from patientinfo.leaflets.approval_task import ClinicalApprovalTask
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.pages import for_translators
from patientinfo.translation.releases import release_draft
from tests.builders import fresh
from tests.leaflets.edit_form import form_of


def type_on(client: Client, page: LeafletPage, summary: str, over: Any = "") -> int:
    """The editor goes on writing, and the page saves by itself; the draft that it did so in."""
    sent = {**form_of(page, summary=summary), "overwrite_revision_id": over}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, sent, headers={"accept": "application/json"})
    assert answer.json()["success"] is True, answer.json()
    made: int = answer.json()["revision_id"]
    return made


def publish(draft: Revision, editor: AbstractUser, clinician: AbstractUser) -> None:
    draft.publish(user=clinician)


def submit(draft: Revision, editor: AbstractUser, clinician: AbstractUser) -> None:
    task = ClinicalApprovalTask.objects.create(name="Clinical approval")
    task.groups.add(*editor.groups.all())
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=task.pk), sort_order=0)
    workflow.start(fresh(draft.content_object), editor)


def give(draft: Revision, editor: AbstractUser, clinician: AbstractUser) -> None:
    release_draft(fresh(draft.content_object), editor)


def test_it_writes_over_its_own_draft(as_editor: Client, live: LeafletPage) -> None:
    first = type_on(as_editor, live, "It helps")
    assert type_on(as_editor, live, "It helps most people.", over=first) == first


@pytest.mark.parametrize("act", [publish, submit, give])
def test_it_writes_over_none_that_something_rests_upon(
    as_editor: Client,
    live: LeafletPage,
    editor: AbstractUser,
    clinician: AbstractUser,
    act: Callable[[Revision, AbstractUser, AbstractUser], None],
) -> None:
    first = type_on(as_editor, live, "It helps most people.")
    act(Revision.objects.get(pk=first), editor, clinician)
    second = type_on(as_editor, live, "It helps most people, but nev", over=first)
    assert second != first
    assert Revision.objects.get(pk=first).content["summary"] == "It helps most people."
    assert type_on(as_editor, live, "It helps most people, but never", over=second) == second


def test_translators_have_what_they_were_given(
    as_editor: Client, live: LeafletPage, editor: AbstractUser
) -> None:
    first = type_on(as_editor, live, "It helps most people.")
    release_draft(fresh(live), editor)
    type_on(as_editor, live, "It helps most people, but nev", over=first)
    assert for_translators(fresh(live)).summary == "It helps most people."


def test_what_somebody_else_wrote_since_is_still_not_written_over(
    live: LeafletPage, editor: AbstractUser, clinician: AbstractUser
) -> None:
    draft = live.get_latest_revision_as_object()
    mine = draft.save_revision(user=editor)
    mine.publish(user=clinician)
    draft.save_revision(user=clinician)
    with pytest.raises(PermissionDenied, match="not the latest"):
        fresh(live).save_revision(user=editor, overwrite_revision=mine)
