"""Approved words that an Edition has replaced are not put before patients again by the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone
from wagtail.models import Revision

from patientinfo.editions.models import Edition
from patientinfo.editions.reissue import reissue
from patientinfo.leaflets.approval import ClinicalApproval, approvals_of, approve, approver_of
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Contact
from tests import builders
from tests.builders import fresh

WORLD = "page"

LAPSED = "A later edition has replaced these words since they were approved."
NEW = {"cramps/text": "<p>Cramps go away within some hours.</p>"}


@pytest.fixture
def clinician(page: LeafletPage) -> User:
    """Somebody who may approve and is named as the approver of the first edition."""
    user = User.objects.create_superuser("prover")
    person = builders.approver()
    person.user = user
    person.save()
    assert approver_of(user, page) == person
    return user


@pytest.fixture
def first(page: LeafletPage) -> Revision:
    """The revision of edition 1, approved a day before edition 2 replaced it."""
    ClinicalApproval.objects.update(approved_at=F("approved_at") - timedelta(days=1))
    revision: Revision = page.live_revision
    builders.reword(page, NEW, significance="safety")
    return revision


def numbers() -> list[int]:
    return list(Edition.objects.order_by("number").values_list("number", flat=True))


def named() -> list[str]:
    """When each approver of the last edition approved."""
    last = Edition.objects.order_by("-number")[0].data
    return [person["on"] for person in last["people"]["approvers"]]


def test_replaced_words_need_another_approval(first: Revision) -> None:
    with pytest.raises(NotReadyToPublish, match=LAPSED):
        first.publish()
    assert numbers() == [1, 2]


def test_whoever_may_approve_publishes_them_under_the_day_of_today(
    first: Revision, clinician: User
) -> None:
    first.publish(user=clinician)
    assert numbers() == [1, 2, 3]
    assert named() == [timezone.now().date().isoformat()]


def test_somebody_else_who_approves_them_is_named_alone(first: Revision) -> None:
    other = builders.make_person("B. Other (fictional)")
    approve(first.as_object(), other)
    first.publish()
    last = Edition.objects.order_by("-number")[0].data
    assert [person["name"] for person in last["people"]["approvers"]] == [other.name]


def test_an_approval_given_again_counts(first: Revision) -> None:
    approve(first.as_object(), builders.approver())
    first.publish()
    assert numbers() == [1, 2, 3]
    assert named() == [timezone.now().date().isoformat()]


def test_words_that_were_withdrawn_are_published_again(page: LeafletPage) -> None:
    revision = page.live_revision
    page.unpublish()
    revision.publish()
    assert builders.fresh(page).live


def test_a_new_telephone_number_replaces_no_words(page: LeafletPage) -> None:
    """What was approved before it and is published after it is refused by nobody."""
    builders.reword(page, NEW, publish=False)
    draft = builders.fresh(page).get_latest_revision_as_object()
    approve(draft, builders.approver())
    contact = Contact.objects.get(locale__language_code="en")
    contact.phone = "+1 555 0199"
    contact.save()
    reissue(contact)
    assert numbers() == [1, 2]
    builders.fresh(page).latest_revision.publish()
    assert numbers() == [1, 2, 3]


def test_words_approved_before_an_urgent_change_are_looked_at_again(page: LeafletPage) -> None:
    """They would take back what was put right in between."""
    builders.reword(page, NEW, publish=False)
    prepared = builders.fresh(page).latest_revision
    approve(prepared.as_object(), builders.approver())
    ClinicalApproval.objects.update(approved_at=F("approved_at") - timedelta(hours=1))
    builders.reword(page, {"trigger/text": "<p>A knot, and no more.</p>"}, significance="safety")
    with pytest.raises(NotReadyToPublish, match=LAPSED):
        prepared.publish()


@pytest.mark.parametrize(("seconds", "counts"), [(8, True), (12, False)])
def test_words_of_two_who_publish_at_once_are_both_issued(
    page: LeafletPage, seconds: int, counts: bool
) -> None:
    """The second approved before the words of the first were issued, and publishes after."""
    builders.reword(page, NEW, publish=False)
    second = builders.fresh(page).latest_revision
    approve(second.as_object(), builders.approver())
    builders.reword(page, {"trigger/text": "<p>A knot, and no more.</p>"})
    issued_at = Edition.objects.order_by("-number")[0].issued_at
    mark = approvals_of(second.as_object())[0].pk
    moment = issued_at - timedelta(seconds=seconds)
    ClinicalApproval.objects.filter(pk=mark).update(approved_at=moment)
    assert bool(approvals_of(second.as_object())) is counts
    if counts:
        second.publish()
        assert numbers() == [1, 2, 3]


def copy_of(page: LeafletPage) -> LeafletPage:
    """A copy of what is live and was approved yesterday, as a draft."""
    ClinicalApproval.objects.update(approved_at=F("approved_at") - timedelta(days=1))
    copied: LeafletPage = fresh(page).copy(update_attrs={"slug": "copy"}, keep_live=False)
    return fresh(copied)


def test_a_copy_that_was_made_before_does_not_bring_replaced_words_back(page: LeafletPage) -> None:
    copied = copy_of(page)
    builders.reword(page, NEW, significance="safety")
    with pytest.raises(NotReadyToPublish, match=LAPSED):
        copied.latest_revision.publish()
    assert numbers() == [1, 2]


def test_a_copy_may_be_approved_for_itself(page: LeafletPage, clinician: User) -> None:
    copied = copy_of(page)
    builders.reword(page, NEW, significance="safety")
    copied.latest_revision.publish(user=clinician)
    assert fresh(copied).live


def test_a_copy_of_what_patients_have_keeps_its_approval(page: LeafletPage) -> None:
    builders.reword(page, NEW)
    copied = copy_of(page)
    copied.latest_revision.publish()
    assert fresh(copied).live


def test_words_that_another_leaflet_says_still_are_not_replaced(page: LeafletPage) -> None:
    first, second = copy_of(page), fresh(page).copy(update_attrs={"slug": "other"})
    assert second.live
    builders.reword(page, NEW)
    first.latest_revision.publish()
    assert fresh(first).live
