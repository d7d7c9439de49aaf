"""Translators have a draft of a live leaflet for as long as it was given to them, no longer."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation import releases
from patientinfo.translation.board import load_board
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.pages import for_translators, released_draft
from patientinfo.translation.release_models import ReleasedDraft
from patientinfo.translation.releases import NothingToRelease, release_draft, take_back
from patientinfo.translation.states import State
from tests import builders
from tests.fixtures_desk import Team

CRAMPS = "cramps/text"


@pytest.fixture
def dutch(page: LeafletPage) -> LeafletPage:
    return builders.translate(page, "nl")


@pytest.fixture
def drafted(page: LeafletPage, dutch: LeafletPage) -> LeafletPage:
    builders.reword(page, {CRAMPS: "<p>Cramps may last for 3 days.</p>"}, publish=False)
    return builders.fresh(page)


def fuzzy() -> int:
    return TranslationProgress.objects.get(locale="nl").fuzzy


def test_translators_get_the_draft_when_it_is_given_and_not_before(
    drafted: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    assert for_translators(drafted) is drafted
    assert load_board(dutch).lines[CRAMPS].state == State.CHECKED
    release_draft(drafted, team.admin)
    assert "3 days" in load_board(dutch).lines[CRAMPS].segment.text
    assert fuzzy() == 1
    actions = PageLogEntry.objects.filter(page=drafted).values_list("action", flat=True)
    assert releases.RELEASED in actions


def test_taking_it_back_loses_nothing(drafted: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    release_draft(drafted, team.admin)
    assert take_back(drafted, team.admin)
    assert load_board(dutch).lines[CRAMPS].state == State.CHECKED
    assert fuzzy() == 0
    assert not take_back(drafted, team.admin)


def test_a_newer_draft_takes_the_place_of_an_older_one(
    drafted: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    release_draft(drafted, team.admin)
    builders.reword(drafted, {CRAMPS: "<p>Cramps may last for 5 days.</p>"}, publish=False)
    assert "3 days" in load_board(dutch).lines[CRAMPS].segment.text
    release_draft(drafted, team.admin)
    assert "5 days" in load_board(dutch).lines[CRAMPS].segment.text
    assert ReleasedDraft.objects.count() == 1


@pytest.mark.parametrize("how", ["publish", "unpublish"])
def test_publishing_the_source_in_any_way_ends_it(
    drafted: LeafletPage, dutch: LeafletPage, team: Team, how: str
) -> None:
    release_draft(drafted, team.admin)
    if how == "publish":
        builders.publish_page(builders.fresh(drafted).get_latest_revision_as_object())
        assert not ReleasedDraft.objects.exists()
    else:
        builders.fresh(drafted).unpublish()
        builders.reword(drafted, {CRAMPS: "<p>Cramps may last for 5 days.</p>"}, publish=False)
        assert "5 days" in load_board(dutch).lines[CRAMPS].segment.text
    assert not load_board(dutch).next_edition


def test_a_draft_that_was_given_before_the_last_publishing_counts_no_more(
    drafted: LeafletPage, team: Team
) -> None:
    given = release_draft(drafted, team.admin)
    page = builders.fresh(drafted)
    page.last_published_at = given.released_at.replace(year=given.released_at.year + 1)
    assert released_draft(page) is None


def test_what_cannot_be_given_is_refused_in_words(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    with pytest.raises(NothingToRelease, match="no draft that is newer"):
        release_draft(page, team.admin)
    with pytest.raises(NothingToRelease, match="no translators of its own"):
        release_draft(dutch, team.admin)
    page.unpublish()
    with pytest.raises(NothingToRelease, match="newest draft already"):
        release_draft(page, team.admin)
    with pytest.raises(PermissionDenied):
        release_draft(page, team.translator)
    assert not ReleasedDraft.objects.exists()


def test_who_gave_it_may_leave(drafted: LeafletPage, team: Team) -> None:
    release_draft(drafted, team.admin)
    User.objects.filter(pk=team.admin.pk).delete()
    found = released_draft(builders.fresh(drafted))
    assert found is not None
    assert found.released_by is None
