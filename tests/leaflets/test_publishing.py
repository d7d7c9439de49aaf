"""No way of publishing goes round the gate, and each refusal says what is missing and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.edit_page import EditPageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import PageLogEntry

from patientinfo.leaflets import approval
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Person
from tests import builders
from tests.builders import Clinic, fresh

NO_SUMMARY = "Write a summary: patients and search results see it first."
LONG_AGO, LAST_YEAR = date(2024, 1, 1), date(2025, 1, 1)


@pytest.fixture
def bad(draft: LeafletPage) -> LeafletPage:
    """A draft without a summary whose words were approved all the same."""
    draft.summary = ""
    approval.approve(draft, builders.approver())
    draft.save_revision()
    return fresh(draft)


def assert_refused(page: LeafletPage, refusal: pytest.ExceptionInfo[ValidationError]) -> None:
    assert refusal.value.message_dict == {"summary": [NO_SUMMARY]}
    assert not fresh(page).live


# -- ways of publishing ---------------------------------------------------------------------------


def test_a_revision_is_refused(bad: LeafletPage) -> None:
    with pytest.raises(NotReadyToPublish) as refusal:
        bad.get_latest_revision().publish()
    assert_refused(bad, refusal)


def test_wagtails_publish_action_is_refused(bad: LeafletPage) -> None:
    with pytest.raises(ValidationError) as refusal:
        PublishPageRevisionAction(bad.get_latest_revision()).execute(skip_permission_checks=True)
    assert_refused(bad, refusal)


def test_making_a_saved_page_live_is_refused(bad: LeafletPage) -> None:
    bad = bad.get_latest_revision_as_object()
    bad.live = True
    with pytest.raises(ValidationError) as refusal:
        bad.save()
    assert_refused(bad, refusal)


def test_a_page_born_live_is_refused(clinic: Clinic) -> None:
    page = LeafletPage(title="Born live", slug="born-live", locale=clinic.homes["en"].locale)
    with pytest.raises(ValidationError) as refusal:
        clinic.homes["en"].add_child(instance=page)
    assert "summary" in refusal.value.message_dict
    assert not LeafletPage.objects.filter(slug="born-live").exists()


def test_a_page_born_live_needs_an_approval(clinic: Clinic) -> None:
    with pytest.raises(ValidationError, match="Nobody has approved"):
        builders.make_leaflet(clinic, title="Born live", publish=False, live=True)


def test_wagtails_edit_action_is_refused(bad: LeafletPage, clinician: AbstractUser) -> None:
    draft = bad.get_latest_revision_as_object()
    with pytest.raises(ValidationError) as refusal:
        EditPageAction(draft, user=clinician, publish=True).execute()
    assert_refused(bad, refusal)


def test_wagtails_edit_action_is_refused_for_a_live_page(
    live: LeafletPage, clinician: AbstractUser
) -> None:
    live.summary = ""
    with pytest.raises(ValidationError) as refusal:
        EditPageAction(live, user=clinician, publish=True).execute()
    assert refusal.value.message_dict == {"summary": [NO_SUMMARY]}
    assert fresh(live).summary


def test_the_bad_copy_of_a_good_page_is_refused(live: LeafletPage) -> None:
    with pytest.raises(ValidationError, match="Nobody has approved"):
        live.copy(update_attrs={"slug": "copy", "title": "Words that nobody approved"})
    assert not LeafletPage.objects.filter(slug="copy").exists()


# -- who approves by publishing -------------------------------------------------------------------


def test_a_publisher_who_may_approve_does_so(
    draft: LeafletPage, clinician: AbstractUser, approver: Person
) -> None:
    draft.get_latest_revision().publish(user=clinician)
    page = fresh(draft)
    assert page.live
    assert [a.person for a in approval.approvals_of(page)] == [approver]
    assert [a.user for a in approval.approvals_of(page)] == [clinician]


def test_the_edit_action_publishes_for_who_may_approve(
    live: LeafletPage, clinician: AbstractUser, approver: Person
) -> None:
    live.summary = "Quite another summary."
    EditPageAction(live, user=clinician, publish=True).execute()
    page = fresh(live)
    assert page.summary == "Quite another summary."
    assert [a.person for a in approval.approvals_of(page)] == [approver]


def test_a_publisher_who_may_not_approve_is_refused(
    draft: LeafletPage, editor: AbstractUser, nameless: AbstractUser
) -> None:
    for user in (editor, nameless):
        with pytest.raises(NotReadyToPublish, match="Nobody has approved"):
            draft.get_latest_revision().publish(user=user)
    assert not fresh(draft).live


def test_an_approver_who_took_consent_back_approves_nothing(
    draft: LeafletPage, clinician: AbstractUser, approver: Person
) -> None:
    approver.consent_on = None
    approver.save()
    with pytest.raises(NotReadyToPublish, match="Nobody has approved"):
        draft.get_latest_revision().publish(user=clinician)


# -- what is no publication -----------------------------------------------------------------------


def test_a_draft_of_a_live_page_may_be_saved_incomplete(live: LeafletPage) -> None:
    live.summary = ""
    live.save_revision()
    live.save_revision(clean=False)
    assert fresh(live).summary
    assert fresh(live).get_latest_revision_as_object().summary == ""


@pytest.fixture
def overdue(live: LeafletPage) -> LeafletPage:
    """A live leaflet whose review date has passed since it was published."""
    LeafletPage.objects.filter(pk=live.pk).update(reviewed_on=LONG_AGO, review_due=LAST_YEAR)
    return fresh(live)


def test_an_overdue_page_can_be_locked_moved_and_unpublished(
    overdue: LeafletPage, clinic: Clinic
) -> None:
    overdue.locked = True
    overdue.save(update_fields=["locked"])
    overdue.move(clinic.homes["nl"], pos="last-child")
    assert fresh(overdue).locked
    assert fresh(overdue).get_parent().pk == clinic.homes["nl"].pk
    fresh(overdue).unpublish()
    assert not fresh(overdue).live


def test_an_overdue_page_is_not_published_again(overdue: LeafletPage) -> None:
    with pytest.raises(NotReadyToPublish, match="review date has passed"):
        builders.publish_page(overdue)


# -- the scheduler --------------------------------------------------------------------------------


def schedule(page: LeafletPage) -> None:
    """As if somebody had scheduled the newest draft yesterday for an hour ago."""
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
    revision.save()


def refusals(page: LeafletPage) -> list[list[str]]:
    entries = PageLogEntry.objects.filter(page=page, action="patientinfo.publish_refused")
    return [entry.data["reasons"] for entry in entries]


@pytest.fixture
def good(clinic: Clinic) -> LeafletPage:
    page = builders.make_leaflet(clinic, title="A good leaflet", publish=False)
    approval.approve(page, builders.approver())
    return page


def test_one_bad_page_does_not_stop_the_scheduler(bad: LeafletPage, good: LeafletPage) -> None:
    schedule(bad)
    schedule(good)
    call_command("publish_scheduled")
    assert not fresh(bad).live
    assert fresh(good).live
    assert refusals(bad) == [[NO_SUMMARY]]
    assert refusals(good) == []


def test_a_page_that_wagtail_refuses_does_not_stop_the_scheduler(
    clinic: Clinic, bad: LeafletPage, good: LeafletPage
) -> None:
    """The slug of its revision has been given to another page since."""
    twin = builders.make_leaflet(clinic, title="A twin", publish=False, slug="twin")
    approval.approve(twin, builders.approver())
    twin.slug = good.slug
    twin.save_revision(clean=False)
    schedule(twin)
    schedule(good)
    call_command("publish_scheduled")
    assert fresh(good).live
    assert not fresh(twin).live
    assert "already in use" in refusals(twin)[0][0]


def test_a_broken_page_does_not_stop_the_scheduler(draft: LeafletPage, good: LeafletPage) -> None:
    """Its stored body is no JSON that the vocabulary could have written."""
    approval.approve(draft, builders.approver())
    revision = draft.get_latest_revision()
    revision.content["body"] = '[{"type": "section", "value": {"blocks": [7]}}]'
    revision.save()
    schedule(draft)
    schedule(good)
    call_command("publish_scheduled")
    assert fresh(good).live
    assert not fresh(draft).live
    assert len(refusals(draft)) == 1


def test_a_live_page_stays_live_when_an_older_draft_is_planned(draft: LeafletPage) -> None:
    """Written before the page went live, while an earlier draft waited for its approval."""
    approval.approve(draft, builders.approver())
    first = draft.get_latest_revision()
    draft.save_revision()
    first.publish()
    later = fresh(draft).get_latest_revision_as_object()
    later.go_live_at = timezone.now() + timedelta(days=2)
    later.save_revision().publish()
    assert fresh(draft).live
    assert fresh(draft).live_revision == first


def test_the_same_refusal_is_written_down_once(bad: LeafletPage) -> None:
    schedule(bad)
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    assert len(refusals(bad)) == 1


def test_a_refused_page_goes_live_when_it_is_mended(draft: LeafletPage) -> None:
    schedule(draft)
    call_command("publish_scheduled")
    assert not fresh(draft).live
    approval.approve(draft, builders.approver())
    call_command("publish_scheduled")
    assert fresh(draft).live


def test_the_audit_log_can_be_read(bad: LeafletPage) -> None:
    schedule(bad)
    call_command("publish_scheduled")
    entry = PageLogEntry.objects.get(page=bad, action="patientinfo.publish_refused")
    assert entry.message == f"Scheduled publishing refused: {NO_SUMMARY}"
