"""What the desk says of the edition that readers have, and what nobody signs from a list."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from patientinfo.desk.publishing import publish_together, publish_translation
from patientinfo.desk.standing import standing_of
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.board import load_board
from patientinfo.translation.editing import check_segment
from patientinfo.translation.overriding import override_picture
from patientinfo.translation.releases import release_draft
from patientinfo.translation.sending import send_for_translation
from patientinfo.translation.sign_off import sign_off
from tests import bodies, builders
from tests.builders import Clinic
from tests.fixtures_desk import Team, finish, row, segment


def status() -> str:
    return CatalogueEntry.objects.get(locale="nl").status


def to_dont(page: LeafletPage) -> None:
    """The source says “don't” where it said “do”, for safety: no word of it changes."""
    draft = builders.fresh(page).get_latest_revision_as_object()
    body = draft.body.get_prep_value()
    for section in body:
        for block in section["value"]["blocks"]:
            if block["type"] == "advice":
                block["value"]["kind"] = "dont"
    draft.body, draft.significance = body, "safety"
    builders.publish_page(draft)


def desk_of(page: LeafletPage, client: Client) -> str:
    answer = client.get(reverse("patientinfo_desk", args=[page.pk]))
    return " ".join(html.unescape(answer.content.decode()).split())


def test_a_change_beyond_words_is_told_and_signed_at_the_desk_only(
    page: LeafletPage, signed: LeafletPage, team: Team, client: Client
) -> None:
    client.force_login(team.signer)
    before = re.search(r'name="stamp" value="([^"]+)"', desk_of(signed, client))
    assert "Held back" not in desk_of(signed, client)
    to_dont(page)
    assert (status(), standing_of(signed).beyond_words) == ("held", True)
    with pytest.raises(NotReadyToPublish, match="Something other than words changed"):
        publish_translation(signed, team.signer)
    assert before is not None
    sign = reverse("patientinfo_desk_sign", args=[signed.pk])
    client.post(sign, {"stamp": before[1]})
    assert status() == "held"  # what was read then was read beside another source
    told = desk_of(signed, client)
    assert "Held back." in told
    assert "What are the risks?</q>" in told
    assert "Compare both before you sign." in told
    assert "The source has not changed since the last edition" not in told
    client.post(sign, {"stamp": load_board(builders.fresh(signed)).stamp})
    assert status() == "current"


def test_a_change_of_words_is_shown_by_its_segments(
    page: LeafletPage, signed: LeafletPage, team: Team, client: Client
) -> None:
    builders.reword(page, {"cramps/text": "<p>Cramps may last 3 days.</p>"}, significance="content")
    client.force_login(team.signer)
    told = desk_of(signed, client)
    assert "Behind its source." in told
    assert "Compare both before you sign." not in told
    assert not standing_of(signed).beyond_words


def test_a_change_of_words_hides_no_other_in_its_section(
    page: LeafletPage, signed: LeafletPage
) -> None:
    draft = builders.fresh(page).get_latest_revision_as_object()
    body = draft.body.get_prep_value()
    (advice,) = [b for s in body for b in s["value"]["blocks"] if b["type"] == "advice"]
    advice["value"]["lead_in"] = "<p>Before your visit:</p>"
    draft.body, draft.significance = body, "safety"
    builders.publish_page(draft)
    assert not standing_of(signed).beyond_words
    to_dont(page)
    assert standing_of(signed).beyond_words


def test_safety_that_is_said_after_a_draft_was_given_counts_for_it(
    page: LeafletPage, signed: LeafletPage, team: Team, client: Client
) -> None:
    person = builders.make_person("R. Oot (fictional)")
    person.user = team.admin
    person.save()
    new = {"cramps/text": "<p>Cramps may last 3 days.</p>"}
    builders.reword(page, new, publish=False)
    release_draft(builders.fresh(page), team.admin)
    client.force_login(team.admin)
    draft = reverse("patientinfo_draft", args=[page.pk])
    assert "Not said: counts as content" in client.get(draft).content.decode()
    builders.reword(
        builders.fresh(page), {}, publish=False, significance="safety", change_note="The days"
    )
    assert "Safety: translations are held back" in client.get(draft).content.decode()
    publish_together(builders.fresh(page), [builders.fresh(signed)], team.admin)
    issued = Edition.objects.get(locale="en", number=2).data
    assert (issued["significance"], issued["note"]) == ("safety", "The days")
    assert status() == "held"


def test_a_picture_of_its_own_is_looked_at_when_the_source_gets_another(
    clinic: Clinic, team: Team
) -> None:
    drawn = bodies.section("Look", bodies.picture(builders.make_image(), key="needle"), key="look")
    page = builders.make_leaflet(clinic, title="Look", sections=[*bodies.sample_sections(), drawn])
    dutch = send_for_translation(page, Locale.objects.get(language_code="nl"), team.admin)
    own = builders.make_image(title="Naald", colour="blue")
    override_picture(load_board(dutch), "needle", own, "", team.translator)
    finish(page, dutch, team)
    sign_off(dutch, team.signer)
    draft = builders.fresh(page).get_latest_revision_as_object()
    body = draft.body.get_prep_value()
    body[-1]["value"]["blocks"][0]["value"]["image"] = builders.make_image(colour="red").pk
    draft.body, draft.significance = body, "safety"
    builders.publish_page(draft)
    board = load_board(builders.fresh(dutch))
    assert (status(), board.outdated_pictures, board.complete) == ("held", ["needle"], False)
    with pytest.raises(NotReadyToPublish, match="choose again"):
        sign_off(builders.fresh(dutch), team.signer)
    override_picture(board, "needle", own, "", team.translator)
    for path in ("needle/alt", "needle/caption"):
        check_segment(dutch, segment(page, path), row(path).version, team.checker)
    sign_off(builders.fresh(dutch), team.signer)
    assert status() == "current"
