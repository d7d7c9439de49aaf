"""Clinical approval as a workflow task: the approver in the Document is who approved."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser, Group
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page, Task, Workflow, WorkflowPage, WorkflowTask

from patientinfo.editions.actions import last_edition
from patientinfo.leaflets import approval
from patientinfo.leaflets.approval import ClinicalApproval
from patientinfo.leaflets.approval_task import ClinicalApprovalTask
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.middleware import RefusedPublishMiddleware
from patientinfo.leaflets.snippets import Person
from tests import builders
from tests.builders import Clinic, fresh
from tests.leaflets.edit_form import form_of

SUBMIT = {"action-submit": "action-submit"}


@pytest.fixture(autouse=True)
def workflow(clinic: Clinic, clinician: AbstractUser) -> Workflow:
    """Every page is submitted to the clinicians."""
    task = ClinicalApprovalTask.objects.create(name="Clinical approval")
    task.groups.add(Group.objects.get(name="Clinicians"))
    made = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=made, task=Task.objects.get(pk=task.pk), sort_order=0)
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": made})
    return made


def edit_url(page: LeafletPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def save(client: Client, page: LeafletPage, **changes: Any) -> HttpResponse:
    return client.post(edit_url(page), form_of(page, **changes))


def told(response: HttpResponse) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.fixture
def submitted(draft: LeafletPage, editor: AbstractUser, workflow: Workflow) -> LeafletPage:
    workflow.start(draft, editor)
    return fresh(draft)


def act_url(page: LeafletPage, action: str) -> str:
    state = page.current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])


# -- submitting -----------------------------------------------------------------------------------


def test_words_that_nobody_approved_can_be_submitted(as_editor: Client, draft: LeafletPage) -> None:
    response = save(as_editor, draft, **SUBMIT)
    assert response.status_code == 302, response.context["form"].errors
    assert fresh(draft).workflow_in_progress


def test_an_incomplete_page_is_not_submitted(as_editor: Client, draft: LeafletPage) -> None:
    response = save(as_editor, draft, summary="", **SUBMIT)
    assert response.status_code == 200
    assert "Write a summary" in str(response.context["form"].errors["summary"])
    assert not fresh(draft).workflow_in_progress


def test_submitting_approves_nothing(as_clinician: Client, draft: LeafletPage) -> None:
    assert save(as_clinician, draft, **SUBMIT).status_code == 302
    assert not ClinicalApproval.objects.filter(user__isnull=False).exists()


# -- approving ------------------------------------------------------------------------------------


def test_who_approves_is_the_approver_in_the_document(
    as_clinician: Client, submitted: LeafletPage, approver: Person
) -> None:
    assert as_clinician.post(act_url(submitted, "approve"), {}).status_code in (200, 302)
    page = fresh(submitted)
    assert page.live
    edition = last_edition(page.translation_key, "en")
    assert edition is not None
    approvers = edition.data["people"]["approvers"]
    assert [(p["id"], p["name"]) for p in approvers] == [(str(approver.uid), approver.name)]


def test_approving_from_the_edit_view_approves_what_was_edited(
    as_clinician: Client, submitted: LeafletPage, approver: Person
) -> None:
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    response = save(as_clinician, submitted, summary="The clinician's own words.", **action)
    assert response.status_code == 302, response.context["form"].errors
    page = fresh(submitted)
    assert page.live
    assert page.summary == "The clinician's own words."
    assert [a.person for a in approval.approvals_of(page)] == [approver]


def test_an_approver_without_a_person_is_told_why(
    client: Client, nameless: AbstractUser, submitted: LeafletPage
) -> None:
    client.force_login(nameless)
    response = client.post(act_url(submitted, "approve"), {})
    assert response.status_code == 302
    assert response.url == edit_url(submitted)
    assert "a person (under Directory, People) with recorded consent" in told(response)
    assert not fresh(submitted).live
    assert fresh(submitted).workflow_in_progress
    assert not ClinicalApproval.objects.filter(user__isnull=False).exists()


def test_the_workflow_dialog_is_told_where_to_go(
    client: Client, nameless: AbstractUser, submitted: LeafletPage
) -> None:
    client.force_login(nameless)
    ajax = {"x-requested-with": "XMLHttpRequest"}
    response = client.post(act_url(submitted, "approve"), {}, headers=ajax)
    assert response.json() == {"step": "success", "redirect": edit_url(submitted)}


def test_a_page_that_lacks_something_by_now_is_not_approved(
    as_clinician: Client, clinic: Clinic, submitted: LeafletPage
) -> None:
    clinic.rights_holder.get_translations().delete()
    draft = submitted.get_latest_revision_as_object()
    draft.review_due = None
    draft.save_revision()
    response = as_clinician.post(act_url(submitted, "approve"), {})
    assert response.status_code == 302
    assert "Say when the next review is due." in told(response)
    assert not fresh(submitted).live
    assert not ClinicalApproval.objects.filter(user__isnull=False).exists()
    assert fresh(submitted).workflow_in_progress


def test_an_incomplete_page_can_be_rejected(as_clinician: Client, submitted: LeafletPage) -> None:
    draft = submitted.get_latest_revision_as_object()
    draft.review_due = None
    draft.save_revision()
    action = {"action-workflow-action": "1", "workflow-action-name": "reject"}
    response = save(as_clinician, submitted, **action)
    assert response.status_code == 302, response.context["form"].errors
    assert fresh(submitted).current_workflow_state.status == "needs_changes"
    assert not ClinicalApproval.objects.filter(user__isnull=False).exists()


def test_another_group_does_not_approve(as_editor: Client, submitted: LeafletPage) -> None:
    response = as_editor.post(act_url(submitted, "approve"), {})
    assert response.status_code in (302, 403)
    assert not fresh(submitted).live
    assert not ClinicalApproval.objects.filter(user__isnull=False).exists()


# -- publishing many ------------------------------------------------------------------------------


def bulk_publish(client: Client, *pages: LeafletPage) -> HttpResponse:
    ids = "&".join(f"id={page.pk}" for page in pages)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?{ids}&next=/admin/", {})


def test_bulk_publishing_is_refused_with_a_message(
    as_clinician: Client, clinic: Clinic, draft: LeafletPage
) -> None:
    bad = builders.make_leaflet(clinic, title="A bad one", publish=False, summary="")
    response = bulk_publish(as_clinician, draft, bad)
    assert response.status_code == 302
    assert "Write a summary" in told(response)
    assert not fresh(bad).live


def test_bulk_publishing_publishes_what_is_ready(as_clinician: Client, draft: LeafletPage) -> None:
    assert bulk_publish(as_clinician, draft).status_code == 302
    assert fresh(draft).live


def test_a_refusal_outside_the_admin_is_not_ours(client: Client, live: LeafletPage) -> None:
    """The middleware answers for the admin only; elsewhere an error is an error."""
    middleware = RefusedPublishMiddleware(lambda _request: HttpResponse())
    elsewhere = RequestFactory().get("/en/")
    assert middleware.process_exception(elsewhere, ValidationError("no")) is None
    admin = RequestFactory().get(edit_url(live))
    assert middleware.process_exception(admin, KeyError("no")) is None
