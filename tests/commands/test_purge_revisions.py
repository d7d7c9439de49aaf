"""Wagtail's command takes away old revisions, but none that a page still needs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from patientinfo.leaflets.approval import approve
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.pages import released_draft
from patientinfo.translation.releases import release_draft
from tests import builders
from tests.builders import fresh

# Each revision is deleted in a transaction of its own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page() -> LeafletPage:
    """Live, with a draft."""
    made = builders.make_leaflet(builders.make_site())
    return draft_again(made, "A first draft.")


def draft_again(page: LeafletPage, words: str) -> LeafletPage:
    return builders.reword(fresh(page), {"cramps/text": f"<p>{words}</p>"}, publish=False)


def test_what_is_live_stays_so_when_its_next_draft_is_planned(page: LeafletPage) -> None:
    call_command("purge_revisions")
    draft = fresh(page).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=2)
    approve(draft, builders.approver())
    draft.save_revision().publish()
    assert fresh(page).live


def test_translators_keep_the_draft_that_they_were_given(page: LeafletPage) -> None:
    release_draft(page, User.objects.create_superuser("root"))
    page = draft_again(page, "A second draft.")
    call_command("purge_revisions")
    assert released_draft(fresh(page))


def test_what_nobody_needs_goes_and_all_of_it_with_the_page(page: LeafletPage) -> None:
    draft_again(page, "A second draft.")
    call_command("purge_revisions")
    assert fresh(page).revisions.count() == 2
    fresh(page).delete()
    assert not LeafletPage.objects.exists()
