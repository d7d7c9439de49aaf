"""What changed in the source that no segment shows is signed at the desk, and from no list."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from patientinfo.desk import publishing
from patientinfo.desk.publishing import publish_translation
from patientinfo.editions.models import Edition
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.board import load_board
from patientinfo.translation.editing import Edit, check_segment, save_segment
from patientinfo.translation.sending import send_for_translation
from patientinfo.translation.sign_off import sign_off
from tests import bodies, builders
from tests.builders import fresh
from tests.desk.test_standing import status, to_dont
from tests.fixtures_desk import Team, finish, row, segment

BEYOND = "Something other than words changed"


def say(page: LeafletPage, dutch: LeafletPage, team: Team, path: str, text: str) -> None:
    """Written and checked at the desk."""
    of = segment(fresh(page), path)
    saved: Any = save_segment(dutch, of, Edit(text, row(path).version), team.translator)
    check_segment(dutch, of, saved.row.version, team.checker)


def change(page: LeafletPage, significance: str, act: Any, **fields: Any) -> None:
    """Publishes the source with a body that `act` has changed, and with other fields."""
    draft = fresh(page).get_latest_revision_as_object()
    body = draft.body.get_prep_value()
    draft.body, draft.significance = act(body) or body, significance
    for name, value in fields.items():
        setattr(draft, name, value)
    builders.publish_page(draft)


def move_callout(body: Any) -> None:
    blocks = body[-1]["value"]["blocks"]
    (callout,) = [block for block in blocks if block["type"] == "callout"]
    blocks.remove(callout)
    body[0]["value"]["blocks"].append(callout)


def test_a_block_moved_between_sections_is_signed_from_no_list(
    page: LeafletPage, signed: LeafletPage, team: Team, client: Client
) -> None:
    change(page, "safety", move_callout)
    assert status() == "held"
    assert {line.state for line in load_board(fresh(signed))} == {"checked"}  # none shows it
    client.force_login(team.signer)
    form = {"action": "publish", "leaflet": page.pk, "language": "nl"}
    client.post(reverse("patientinfo_matrix_act"), form)
    assert status() == "held"


def test_an_item_moved_from_do_to_dont_beside_a_changed_word(
    clinic: builders.Clinic, team: Team
) -> None:
    do = bodies.advice("do", "Do this:", "rest at home", "drive a car", key="do")
    dont = bodies.advice("dont", "Leave this:", "swim in a lake", key="dont")
    after = bodies.section("After", do, dont, key="after")
    page = builders.make_leaflet(clinic, title="After", sections=[*bodies.sample_sections(), after])
    dutch = send_for_translation(page, Locale.objects.get(language_code="nl"), team.admin)
    finish(page, dutch, team)
    sign_off(dutch, team.signer)

    def move(body: Any) -> None:
        first, second = (block["value"] for block in body[-1]["value"]["blocks"])
        second["items"].append(first["items"].pop())
        first["lead_in"] = "<p>Do these things:</p>"

    change(page, "safety", move)
    changed = [line.path for line in load_board(fresh(dutch)) if line.state == "fuzzy"]
    assert changed == ["do/lead_in"]
    say(page, dutch, team, "do/lead_in", "Doe deze dingen:")
    with pytest.raises(NotReadyToPublish, match=BEYOND):
        publish_translation(fresh(dutch), team.signer)


@pytest.mark.parametrize("how", ["audience", "order"])
def test_a_word_hides_no_change_outside_its_section(
    page: LeafletPage, signed: LeafletPage, team: Team, how: str
) -> None:
    def act(body: Any) -> Any:
        return [body[1], body[0], *body[2:]] if how == "order" else None

    more = {"audience": ["children"]} if how == "audience" else {}
    change(page, "safety", act, summary="Other words for the summary.", **more)
    say(page, signed, team, "summary", "Andere woorden voor de samenvatting.")
    with pytest.raises(NotReadyToPublish, match=BEYOND):
        publish_translation(fresh(signed), team.signer)


def test_withdrawing_opens_no_way_round(page: LeafletPage, signed: LeafletPage, team: Team) -> None:
    to_dont(page)
    fresh(signed).unpublish(user=team.admin)
    with pytest.raises(NotReadyToPublish, match=BEYOND):
        publish_translation(fresh(signed), team.signer)


@pytest.mark.parametrize("said", ["", "cosmetic"])
def test_sections_in_another_order_leave_translations_behind(
    page: LeafletPage, signed: LeafletPage, said: str
) -> None:
    change(page, said, lambda body: [body[1], body[0], *body[2:]])
    newest = Edition.objects.filter(locale="en").order_by("-number")[0]
    assert (newest.number, newest.data["significance"], status()) == (2, "content", "behind")


def test_what_is_issued_while_somebody_signs_from_a_list_is_not_signed(
    page: LeafletPage, signed: LeafletPage, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(page, signed, team, "summary", "Andere woorden voor de samenvatting.")
    asked = publishing.standing_of

    def meanwhile(translation: LeafletPage) -> Any:
        found = asked(translation)
        to_dont(page)
        return found

    monkeypatch.setattr(publishing, "standing_of", meanwhile)
    with pytest.raises(NotReadyToPublish, match=BEYOND):
        publish_translation(fresh(signed), team.signer)
    assert Edition.objects.filter(locale="nl").count() == 1
