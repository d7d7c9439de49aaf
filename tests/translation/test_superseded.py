"""Words that were signed once, and replaced since, are not published again by the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from wagtail.models import Revision

from patientinfo.editions.models import Edition
from patientinfo.editions.reissue import reissue
from patientinfo.leaflets.approval import ClinicalApproval, approve
from patientinfo.leaflets.content import fingerprint, fingerprint_of_document
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Contact
from patientinfo.translation.actions import store_translations, write_draft
from patientinfo.translation.editing import Edit, check_segment, save_segment
from patientinfo.translation.sign_off import sign_off
from tests import builders
from tests.fixtures_desk import Team, finish, row, segment

PATH = "trigger/text"
OTHER_WORDS = "These words are not those of the translation desk: save and check them there."


def issued() -> list[int]:
    return sorted(Edition.objects.filter(locale="nl").values_list("number", flat=True))


def say(page: LeafletPage, dutch: LeafletPage, team: Team, text: str) -> None:
    """Written and checked at the desk."""
    edit = Edit(text, row(PATH).version)
    saved: Any = save_segment(dutch, segment(page, PATH), edit, team.translator)
    check_segment(dutch, segment(page, PATH), saved.row.version, team.checker)


@pytest.fixture
def first(page: LeafletPage, dutch: LeafletPage, team: Team) -> Revision:
    """Signed and issued an hour ago."""
    finish(page, dutch, team)
    signed: Revision = sign_off(dutch, team.signer).live_revision
    ClinicalApproval.objects.update(approved_at=F("approved_at") - timedelta(hours=1))
    return signed


def test_words_that_the_desk_has_replaced_are_refused(
    page: LeafletPage, dutch: LeafletPage, team: Team, first: Revision
) -> None:
    say(page, dutch, team, "Een knoop.")
    sign_off(builders.fresh(dutch), team.signer)
    with pytest.raises(NotReadyToPublish) as refused:
        first.publish(user=team.admin)
    assert OTHER_WORDS in refused.value.messages
    assert issued() == [1, 2]


def test_words_that_the_desk_says_again_are_issued_when_they_are_checked(
    page: LeafletPage, dutch: LeafletPage, team: Team, first: Revision
) -> None:
    old = row(PATH).text
    say(page, dutch, team, "Een knoop.")
    sign_off(builders.fresh(dutch), team.signer)
    store_translations(dutch, {PATH: old})
    with pytest.raises(NotReadyToPublish, match="not checked yet"):
        first.publish(user=team.admin)
    check_segment(dutch, segment(page, PATH), row(PATH).version, team.checker)
    sign_off(builders.fresh(dutch), team.signer)
    assert issued() == [1, 2, 3]


def test_withdrawn_words_are_published_again_while_the_desk_works_on(
    page: LeafletPage, dutch: LeafletPage, team: Team, first: Revision
) -> None:
    say(page, dutch, team, "Een knoop.")
    builders.fresh(dutch).unpublish()
    first.publish(user=team.admin)
    assert issued() == [1, 2]


def test_signed_words_go_out_after_the_desk_has_moved_on(
    page: LeafletPage, dutch: LeafletPage, team: Team, first: Revision
) -> None:
    """As when they were planned for tonight."""
    draft = builders.reword(builders.fresh(dutch), {PATH: "<p>Een knoop.</p>"}, publish=False)
    draft = draft.get_latest_revision_as_object()
    approve(draft, builders.approver())
    ClinicalApproval.objects.filter(person=builders.approver()).update(
        approved_at=Edition.objects.get(locale="nl").issued_at + timedelta(seconds=1)
    )
    say(page, dutch, team, "Een heel andere knoop.")
    Revision.objects.get(pk=draft.latest_revision_id).publish(user=team.admin)
    assert issued() == [1, 2]


def test_what_was_issued_has_the_fingerprint_of_its_page(
    page: LeafletPage, dutch: LeafletPage, first: Revision
) -> None:
    for shown in (page, builders.fresh(dutch)):
        edition = Edition.objects.get(locale=shown.locale.language_code)
        assert fingerprint_of_document(edition.data) == fingerprint(shown)


def test_replaced_words_stay_replaced_when_the_source_is_deleted(
    page: LeafletPage, dutch: LeafletPage, team: Team, first: Revision
) -> None:
    say(page, dutch, team, "Een knoop.")
    newest = sign_off(builders.fresh(dutch), team.signer).live_revision
    builders.fresh(page).delete()
    with pytest.raises(NotReadyToPublish, match="Publish the words of the last edition"):
        Revision.objects.get(pk=first.pk).publish(user=team.admin)
    assert issued() == [1, 2]
    Revision.objects.get(pk=newest.pk).publish(user=team.admin)
    assert issued() == [1, 2]


def test_who_signs_words_again_is_named_with_that_day(
    page: LeafletPage, dutch: LeafletPage, team: Team, first: Revision
) -> None:
    ClinicalApproval.objects.update(approved_at=F("approved_at") - timedelta(days=400))
    old = row(PATH).text
    for text in ("Een knoop.", old):
        say(page, dutch, team, text)
        sign_off(builders.fresh(dutch), team.signer)
    (named,) = Edition.objects.get(locale="nl", number=3).data["people"]["approvers"]
    assert named["on"] == timezone.localdate().isoformat()
    sign_off(builders.fresh(dutch), team.signer)
    assert issued() == [1, 2, 3]


def test_words_planned_for_tonight_outlive_a_new_telephone_number(
    page: LeafletPage, dutch: LeafletPage, team: Team, first: Revision
) -> None:
    say(page, dutch, team, "Een knoop.")
    draft = write_draft(builders.fresh(dutch), user=team.signer)
    approve(draft, builders.approver())
    Contact.objects.update(phone="+1 555 0199")
    reissue(Contact.objects.get(locale__language_code="nl"))
    assert issued() == [1, 2]
    say(page, dutch, team, "Een heel andere knoop.")
    Revision.objects.get(pk=draft.latest_revision_id).publish(user=team.admin)
    assert issued() == [1, 2, 3]
