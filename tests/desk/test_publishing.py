"""An Edition comes of it, or nothing happens."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from patientinfo.desk.matrix import rows_of
from patientinfo.desk.publishing import is_up_to_date, publish_together, publish_translation
from patientinfo.editions import actions
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.leaflets.approval import ClinicalApproval
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.board import load_board
from patientinfo.translation.editing import Edit, check_segment, save_segment
from patientinfo.translation.sending import send_for_translation
from patientinfo.translation.sign_off import sign_off
from tests import builders
from tests.builders import Clinic
from tests.fixtures_desk import Team, finish, row, segment

TRIGGER, CRAMPS = "trigger/text", "cramps/text"
HOURS = "<p>Cramps are gone within 7 hours.</p>"
MAY_CAUSE = "<p>It may cause small temporary muscle cramps.</p>"
MAY_CAUSE_SO = "<p>It may cause small, temporary muscle cramps.</p>"


def test_when_no_edition_can_be_issued_nothing_is_published(
    page: LeafletPage, dutch: LeafletPage, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(page, dutch, team)
    signatures = ClinicalApproval.objects.count()

    def disk_full(*args: Any, **kwargs: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(actions, "schema_problems", disk_full)
    with pytest.raises(NotReadyToPublish, match="nothing was published"):
        publish_translation(dutch, team.signer)
    monkeypatch.undo()
    assert not builders.fresh(dutch).live
    assert ClinicalApproval.objects.count() == signatures
    publish_translation(dutch, team.signer)
    assert Edition.objects.filter(locale="nl").count() == 1


@pytest.fixture
def unpublished(clinic: Clinic, team: Team) -> tuple[LeafletPage, LeafletPage]:
    """A source that is not live, finished in Dutch; `team.admin` may publish and approve."""
    person = builders.make_person("R. Oot (fictional)")
    person.user = team.admin
    person.save()
    source = builders.make_leaflet(clinic, title="Cupping", publish=False)
    target = send_for_translation(source, Locale.objects.get(language_code="nl"), team.translator)
    finish(source, target, team)
    return source, target


def lock(page: LeafletPage, user: Any) -> LeafletPage:
    page.locked, page.locked_by, page.locked_at = True, user, timezone.now()
    page.save(update_fields=["locked", "locked_by", "locked_at"])
    return builders.fresh(page)


def test_a_translation_that_somebody_has_locked_is_signed_by_nobody_else(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    with pytest.raises(NotReadyToPublish, match="locked"):
        publish_translation(lock(dutch, team.admin), team.signer)
    assert not builders.fresh(dutch).live
    publish_translation(lock(dutch, team.signer), team.signer)
    assert builders.fresh(dutch).live


def test_nor_is_a_locked_source_published_together(
    unpublished: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    source, target = unpublished
    with pytest.raises(NotReadyToPublish, match="locked"):
        publish_together(lock(source, team.signer), [target], team.admin)
    assert not builders.fresh(source).live


def issued(page: LeafletPage) -> set[str]:
    """The languages of a leaflet's editions."""
    return {edition.locale for edition in Edition.objects.filter(key=page.translation_key)}


def test_source_and_translations_appear_together(
    unpublished: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    source, target = unpublished
    publish_together(source, [target], team.admin)
    assert issued(source) == {"en", "nl"}
    assert Edition.objects.get(locale="nl").source_edition == 1


def test_what_is_not_ready_is_left_out_and_named(
    unpublished: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    source, target = unpublished
    spanish = send_for_translation(source, Locale.objects.get(language_code="es"), team.admin)
    done = publish_together(source, [spanish, target], team.admin)
    assert done.published == [target]
    ((left_out, refused),) = done.left_out
    assert left_out == spanish
    assert "not translated" in refused.messages[0]
    assert issued(source) == {"en", "nl"}
    assert not builders.fresh(spanish).live


def test_a_source_that_is_not_ready_publishes_nothing(
    unpublished: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    source, target = unpublished
    builders.reword(source, {}, publish=False, summary="")
    with pytest.raises(NotReadyToPublish, match="Write a summary"):
        publish_together(builders.fresh(source), [target], team.admin)
    assert not issued(source)


def test_a_changed_live_source_leaves_its_translations_behind(
    unpublished: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    source, target = unpublished
    publish_together(source, [target], team.admin)
    new = {"cramps/text": "<p>Cramps may last for 3 days.</p>"}
    builders.reword(builders.fresh(source), new, publish=False, significance="safety")
    done = publish_together(builders.fresh(source), [builders.fresh(target)], team.admin)
    ((_left_out, refused),) = done.left_out
    assert refused.messages[0] == "1 segment is made from older words of the source."
    assert CatalogueEntry.objects.get(locale="nl").status == "held"


def test_what_readers_have_already_is_not_issued_again(
    unpublished: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    source, target = unpublished
    assert not is_up_to_date(target)
    publish_together(source, [target], team.admin)
    source, target = builders.fresh(source), builders.fresh(target)
    assert is_up_to_date(target)
    done = publish_together(source, [target], team.admin)
    assert (done.published, done.left_out, done.source_published) == ([], [], False)
    assert Edition.objects.filter(locale="nl").count() == 1


def test_what_is_withdrawn_or_reworded_is_not_up_to_date(
    unpublished: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    source, target = unpublished
    publish_together(source, [target], team.admin)
    actions.withdraw_leaflet(target.translation_key, "nl", "A mistake.")
    assert not is_up_to_date(builders.fresh(target))
    publish_together(builders.fresh(source), [builders.fresh(target)], team.admin)
    assert is_up_to_date(builders.fresh(target))
    save_segment(
        target,
        segment(source, CRAMPS),
        Edit("Krampen duren kort.", version=row(CRAMPS).version),
        team.translator,
    )
    assert not is_up_to_date(builders.fresh(target))


def test_who_may_not_publish_the_source_publishes_nothing(
    unpublished: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    source, target = unpublished
    with pytest.raises(NotReadyToPublish, match="may not publish the source"):
        publish_together(source, [target], team.signer)
    assert not issued(source)


def test_the_signer_is_asked_whether_new_words_went_ahead_of_the_source(
    client: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    sign_off(dutch, team.signer)
    client.force_login(team.signer)
    desk = reverse("patientinfo_desk", args=[dutch.pk])
    assert 'name="ahead"' not in client.get(desk).content.decode()
    edit = Edit("Een heel ander woord.", row(TRIGGER).version)
    save_segment(dutch, segment(page, TRIGGER), edit, team.translator)
    check_segment(dutch, segment(page, TRIGGER), row(TRIGGER).version, team.checker)
    assert 'name="ahead"' in client.get(desk).content.decode()
    client.post(
        reverse("patientinfo_desk_sign", args=[dutch.pk]),
        {"stamp": load_board(dutch).stamp, "ahead": "1"},
    )
    entry = CatalogueEntry.objects.get(locale="nl")
    assert (entry.number, entry.status) == (2, "ahead")
    assert builders.fresh(dutch).significance == ""


def test_words_of_a_source_that_nobody_has_issued_are_not_signed(
    page: LeafletPage, signed: LeafletPage, team: Team
) -> None:
    """Its translators work on the newest draft of a source that is not live."""
    page.unpublish()
    builders.reword(page, {CRAMPS: "<p>Cramps are gone within 7 hours.</p>"}, publish=False)
    source = builders.fresh(page).get_latest_revision_as_object()
    edit = Edit("Krampen zijn weg in 7 uur.", row(CRAMPS).version)
    save_segment(signed, segment(source, CRAMPS), edit, team.translator)
    check_segment(signed, segment(source, CRAMPS), row(CRAMPS).version, team.checker)
    with pytest.raises(NotReadyToPublish, match="have not been issued yet"):
        publish_translation(signed, team.signer)
    assert Edition.objects.filter(locale="nl").count() == 1


@pytest.mark.parametrize(
    ("between", "after", "status", "cell"),
    [
        ("content", "content", "current", "done"),
        ("content", "safety", "held", "waiting"),
        ("safety", "content", "held", "waiting"),
    ],
)
def test_words_that_the_source_says_again_are_signed_unless_it_was_for_safety(
    page: LeafletPage, signed: LeafletPage, between: str, after: str, status: str, cell: str
) -> None:
    for text, significance in ((HOURS, between), (MAY_CAUSE, after), (MAY_CAUSE_SO, "cosmetic")):
        builders.reword(builders.fresh(page), {CRAMPS: text}, significance=significance)
    assert CatalogueEntry.objects.get(locale="nl").status == status
    (row_of_page,) = rows_of([page])
    assert [found.state for found in row_of_page.cells if found.locale == "nl"] == [cell]
    assert is_up_to_date(builders.fresh(signed)) is (status == "current")
