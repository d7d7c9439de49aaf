"""Signing off: what it takes, and what comes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from wagtail.blocks import StreamValue
from wagtail.models import Task, Workflow, WorkflowTask

from patientinfo.editions.actions import issue_edition
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.leaflets.approval_task import ClinicalApprovalTask
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.gate import NotReadyToPublish, problems_of
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import write_draft
from patientinfo.translation.board import load_board
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.editing import Edit, check_segment, save_segment
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.progress import refresh_progress
from patientinfo.translation.sign_off import sign_off, signer
from tests import bodies, builders
from tests.fixtures_desk import Team, finish, make_member, row, segment

PATH = "trigger/text"


def messages(page: LeafletPage, user: Any, **more: Any) -> list[str]:
    with pytest.raises(NotReadyToPublish) as refused:
        sign_off(page, user, **more)
    return [problem.message for problem in refused.value.problems]


def editions(locale: str = "nl") -> int:
    return Edition.objects.filter(locale=locale).count()


def test_a_finished_translation_is_issued_with_its_people(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    signed = sign_off(dutch, team.signer, seen=load_board(dutch).stamp)
    assert signed.live
    people = Edition.objects.get(locale="nl").data["people"]
    assert [person["name"] for person in people["approvers"]] == ["Signe (fictional)"]
    progress = TranslationProgress.objects.get(key=page.translation_key, locale="nl")
    assert progress.signed_off
    assert progress.percent == 100


def test_what_is_missing_is_listed(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    finish(page, dutch, team, but=(PATH, "title", "odds-r-1/odds-c-2"))
    save_segment(dutch, segment(page, PATH), Edit("Een knoop.", 0, state="draft"), team.translator)
    save_segment(dutch, segment(page, "odds-r-1/odds-c-2"), Edit("bij 30 %", 0), team.translator)
    said = messages(dutch, team.translator)
    assert "1 segment is not translated." in said
    assert "1 segment is a draft." in said
    assert "1 segment is not checked yet." in said
    assert any(message.startswith("“bij 30 %”: ") for message in said)
    assert "You may not sign off translations into this language." in said
    assert editions() == 0
    assert not builders.fresh(dutch).live


def test_the_signer_is_somebody_else_with_a_name(
    page: LeafletPage, dutch: LeafletPage, team: Team, settings: Any
) -> None:
    finish(page, dutch, team)
    nameless = make_member("nameless", "nl", "sign_off")
    assert "no person with recorded consent" in messages(dutch, nameless)[0]
    team.translator.groups.add(*team.signer.groups.all())
    assert "somebody else must sign it off" in messages(dutch, team.translator)[0]
    settings.PATIENTINFO = {**settings.PATIENTINFO, "SELF_SIGN_OFF": True}
    assert sign_off(dutch, team.translator).live


def test_nobody_signs_words_that_changed_since_they_read_them(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    seen = load_board(dutch).stamp
    other: Any = save_segment(
        dutch, segment(page, PATH), Edit("Een heel andere knoop.", 2), team.translator
    )
    check_segment(dutch, segment(page, PATH), other.row.version, team.checker)
    assert messages(dutch, team.signer, seen=seen) == [
        "The words have changed since you read them: read them again, then sign."
    ]
    assert sign_off(dutch, team.signer, seen=load_board(dutch).stamp).live


def test_later_words_are_not_covered_by_the_signature(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    sign_off(dutch, team.signer)
    version = row(PATH).version
    saved: Any = save_segment(
        dutch, segment(page, PATH), Edit("Een knoop.", version), team.translator
    )
    check_segment(dutch, segment(page, PATH), saved.row.version, team.checker)
    refresh_progress(page.translation_key)
    progress = TranslationProgress.objects.get(key=page.translation_key, locale="nl")
    assert progress.ready
    assert not progress.signed_off
    assert Edition.objects.get(locale="nl").data["title"]
    sign_off(dutch, team.signer)
    assert editions() == 2


def test_who_wrote_what_waits_is_not_named(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    """An edition that is issued again for another reason names those whose words stand in it."""
    finish(page, dutch, team)
    sign_off(dutch, team.signer)
    before = Edition.objects.get(locale="nl").data["people"]
    other = make_member("jet", "nl", "translate", person=True)
    save_segment(dutch, segment(page, PATH), Edit("Een knoop.", row(PATH).version), other)
    LeafletPage.objects.filter(pk=dutch.pk).update(review_due=date(2037, 1, 1))
    issue_edition(dutch.pk)
    issued = Edition.objects.get(locale="nl", number=2).data
    assert issued["people"] == before
    assert issued["source"]["edition"] == 1


def test_publishing_past_the_desk_is_refused_in_the_same_words(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team, but=(PATH,))
    said = [problem.message for problem in problems_of(builders.fresh(dutch), team.admin)]
    assert "1 segment is not translated." in said


# -- what goes round the desk ---------------------------------------------------------------------


def published_in_page_editor(page: LeafletPage, body: list[Any], user: Any) -> list[str]:
    """What a publish of `body`, saved as a draft by `user`, is refused with."""
    draft = builders.fresh(page).get_latest_revision_as_object()
    draft.body = StreamValue(LeafletBody(), body, is_lazy=True)
    revision = draft.save_revision(user=user)
    with pytest.raises(NotReadyToPublish) as refused:
        revision.publish(user=user, skip_permission_checks=True)
    assert editions() == 1
    return list(refused.value.messages)


OTHER_WORDS = "These words are not those of the translation desk: save and check them there."


def test_sections_added_or_dropped_in_the_page_editor_are_not_published(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    sign_off(dutch, team.signer)
    both = make_member("solo", "nl", "translate", "sign_off", person=True)
    body = raw_body(builders.fresh(dutch))
    extra = bodies.section("Extra", bodies.paragraph("Neem 500 gram per dag."), key="extra")
    assert published_in_page_editor(dutch, [*body, extra], both) == [OTHER_WORDS]
    assert OTHER_WORDS in published_in_page_editor(dutch, body[:1] + body[2:], both)


def test_nobody_signs_past_the_desk_what_is_incomplete(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    """Publishing again what was signed before signs nothing that lies in drafts."""
    finish(page, dutch, team)
    sign_off(dutch, team.signer)
    builders.reword(page, {PATH: "<p>A knot that hurts for 7 days.</p>"}, significance="safety")
    revision = builders.fresh(dutch).get_latest_revision()
    assert signer(revision.as_object(), team.signer) is None
    revision.publish(user=team.signer, skip_permission_checks=True)
    assert editions() == 1
    assert CatalogueEntry.objects.get(locale="nl").status == "held"


def test_a_signature_does_not_cover_a_later_source(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    sign_off(dutch, team.signer)
    page = builders.reword(page, {PATH: "<p>A knot that hurts.</p>"}, significance="safety")
    text, version = row(PATH).text, row(PATH).version
    saved: Any = save_segment(dutch, segment(page, PATH), Edit(text, version), team.translator)
    check_segment(dutch, segment(page, PATH), saved.row.version, team.checker)
    refresh_progress(page.translation_key)
    progress = TranslationProgress.objects.get(key=page.translation_key, locale="nl")
    assert (progress.ready, progress.signed_off) == (True, False)
    sign_off(dutch, team.signer)
    assert CatalogueEntry.objects.get(locale="nl").status == "current"
    assert TranslationProgress.objects.get(key=page.translation_key, locale="nl").signed_off


def test_who_translated_a_segment_that_is_gone_may_sign(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    """Desk, page editor and workflow agree on who translated what is published."""
    finish(page, dutch, team)
    old = row(PATH)
    SegmentTranslation.objects.create(
        key=old.key, locale="nl", path="gone/text", text="Weg.", translated_by=team.signer
    )
    draft = write_draft(dutch)
    assert signer(draft, team.signer) is not None


def test_words_are_not_signed_beside_a_source_that_was_not_issued(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    LeafletPage.objects.filter(pk=page.pk).update(summary="Words that no edition has.")
    finish(builders.fresh(page), dutch, team)
    assert messages(dutch, team.signer) == [
        "The newest words of the leaflet that this page translates have not been issued yet: "
        "publish it again first."
    ]


def test_the_workflow_asks_what_the_desk_asks(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    sign_off(dutch, team.signer)
    task = ClinicalApprovalTask.objects.create(name="Clinical approval")
    task.groups.add(*team.signer.groups.all())
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=task.pk))
    draft = builders.fresh(dutch).get_latest_revision_as_object()
    draft.summary = "Neemnl 500 mgnl."
    draft.save_revision(user=team.translator)
    workflow.start(builders.fresh(dutch), team.translator)
    state = builders.fresh(dutch).current_workflow_task_state
    with pytest.raises(NotReadyToPublish, match="not those of the translation desk"):
        state.specific.approve(user=team.signer)
    assert editions() == 1
