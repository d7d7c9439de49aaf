"""The next edition of a live leaflet, translated before readers have it and published at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from patientinfo.desk.publishing import publish_together
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import write_draft
from patientinfo.translation.board import load_board
from patientinfo.translation.editing import Edit, check_segment, save_segment
from patientinfo.translation.pages import for_translators
from patientinfo.translation.releases import release_draft
from tests import builders
from tests.fixtures_desk import Team, row

CRAMPS = "cramps/text"
NEW = {CRAMPS: "<p>Cramps may last for 3 days.</p>"}
DUTCH = "Krampen kunnen 3 dagen duren."


@pytest.fixture
def published(page: LeafletPage, team: Team) -> tuple[LeafletPage, LeafletPage]:
    """A leaflet and its Dutch translation, both live; `team.admin` may publish the source."""
    person = builders.make_person("R. Oot (fictional)")
    person.user = team.admin
    person.save()
    return page, builders.translate(page, "nl")


@pytest.fixture
def drafted(published: tuple[LeafletPage, LeafletPage]) -> tuple[LeafletPage, LeafletPage]:
    """The same with a draft of the source that matters to safety."""
    page, dutch = published
    builders.reword(page, NEW, publish=False, significance="safety")
    return builders.fresh(page), builders.fresh(dutch)


def catch_up(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    """Translates and checks the sentence that the draft changes."""
    segment = load_board(dutch).lines[CRAMPS].segment
    saved: Any = save_segment(dutch, segment, Edit(DUTCH, row(CRAMPS).version), team.translator)
    check_segment(dutch, segment, saved.row.version, team.checker)


def numbers() -> dict[str, tuple[int, str]]:
    return {e.locale: (e.number, e.status) for e in CatalogueEntry.objects.all()}


def test_a_changed_leaflet_and_its_translation_appear_at_one_moment(
    drafted: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    page, dutch = drafted
    release_draft(page, team.admin)
    assert load_board(dutch).lines[CRAMPS].previous_source
    catch_up(page, dutch, team)
    assert numbers() == {"en": (1, "current"), "nl": (1, "current")}
    done = publish_together(page, [dutch], team.admin)
    assert done.published == [dutch]
    assert numbers() == {"en": (2, "current"), "nl": (2, "current")}
    assert DUTCH in Edition.objects.get(locale="nl", number=2).document
    assert not load_board(dutch).next_edition


def test_nothing_of_the_next_edition_can_be_signed_off_before_its_source(
    client: Client, drafted: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    page, dutch = drafted
    release_draft(page, team.admin)
    catch_up(page, dutch, team)
    client.force_login(team.signer)
    desk = client.get(reverse("patientinfo_desk", args=[dutch.pk])).content.decode()
    assert "You are translating the next edition" in desk
    assert "publish the source and its translations together" in desk
    client.post(reverse("patientinfo_desk_sign", args=[dutch.pk]))
    assert numbers()["nl"] == (1, "current")
    draft = write_draft(builders.fresh(dutch), user=team.translator).get_latest_revision()
    with pytest.raises(NotReadyToPublish, match="publish the source and its translations together"):
        draft.publish(user=team.admin)


def test_what_was_translated_is_published_and_a_newer_draft_stays_one(
    drafted: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    page, dutch = drafted
    release_draft(page, team.admin)
    catch_up(page, dutch, team)
    builders.reword(page, {CRAMPS: "<p>Cramps may last for 5 days.</p>"}, publish=False)
    done = publish_together(builders.fresh(page), [dutch], team.admin)
    assert (done.published, done.newer_draft) == ([dutch], True)
    assert "for 3 days" in Edition.objects.get(locale="en", number=2).document
    after = builders.fresh(page)
    assert after.has_unpublished_changes
    assert for_translators(after) == after  # the newer draft was given to nobody


def test_the_page_shows_what_changes_and_gives_and_takes_back(
    client: Client, drafted: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    page, dutch = drafted
    address = reverse("patientinfo_draft", args=[page.pk])
    client.force_login(team.admin)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert address in edit
    shown = client.get(address).content.decode()
    assert "<ins>3 days</ins>" in shown or "<ins>3</ins>" in shown
    assert "Take it back" not in shown

    told = client.post(address, {"action": "give"}, follow=True).content.decode()
    assert "Its translators have this draft now." in told
    assert "Take it back" in told
    assert (
        "translators have its draft" in client.get(reverse("patientinfo_matrix")).content.decode()
    )
    assert load_board(dutch).next_edition

    client.post(address, {"action": "back"})
    assert not load_board(dutch).next_edition
    assert "Choose what to do" in client.post(address, follow=True).content.decode()


def test_a_leaflet_without_a_draft_has_nothing_to_give(
    client: Client, published: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    page, _dutch = published
    client.force_login(team.admin)
    address = reverse("patientinfo_draft", args=[page.pk])
    assert (
        address
        not in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )
    assert "There is no draft" in client.get(address).content.decode()
    told = client.post(address, {"action": "give"}, follow=True).content.decode()
    assert "no draft that is newer" in told


def test_only_who_edits_the_source_gives_its_draft(
    client: Client, drafted: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    page, dutch = drafted
    address = reverse("patientinfo_draft", args=[page.pk])
    client.force_login(team.translator)
    assert client.post(address, {"action": "give"}).status_code == 302  # Wagtail's refusal
    assert not load_board(dutch).next_edition
    client.force_login(team.admin)
    for other in (dutch.pk, page.get_parent().pk):
        answer = client.get(reverse("patientinfo_draft", args=[other]), follow=True)
        assert answer.status_code == 404


def together(client: Client, page: LeafletPage, address: str) -> dict[str, str]:
    """What the form at `address` sends to publish the leaflet with its Dutch translation."""
    found = re.search(
        rf'name="draft-{page.pk}" value="([^"]+)"', client.get(address).content.decode()
    )
    assert found is not None
    form = {"action": "together", "leaflet": str(page.pk), "language": "nl"}
    return {**form, f"draft-{page.pk}": found[1]}


@pytest.mark.parametrize("where", ["draft", "matrix"])
def test_pressing_twice_does_not_publish_what_was_written_since(
    client: Client, drafted: tuple[LeafletPage, LeafletPage], team: Team, where: str
) -> None:
    page, dutch = drafted
    release_draft(page, team.admin)
    catch_up(page, dutch, team)
    builders.reword(page, {CRAMPS: "<p>Cramps may last for 5 da</p>"}, publish=False)
    client.force_login(team.admin)
    draft = reverse("patientinfo_draft", args=[page.pk])
    form = together(client, page, draft if where == "draft" else reverse("patientinfo_matrix"))
    for _time in range(2):
        answer = client.post(reverse("patientinfo_matrix_act"), form)
    assert numbers() == {"en": (2, "current"), "nl": (2, "current")}
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any("The source has another draft by now" in words for words in told)


def test_what_somebody_else_writes_meanwhile_is_not_published_unread(
    client: Client, drafted: tuple[LeafletPage, LeafletPage], team: Team
) -> None:
    page, _dutch = drafted
    client.force_login(team.admin)
    form = together(client, page, reverse("patientinfo_draft", args=[page.pk]))
    builders.reword(page, {CRAMPS: "<p>Cramps may last for 5 da</p>"}, publish=False)
    client.post(reverse("patientinfo_matrix_act"), form)
    assert numbers()["en"] == (1, "current")
    form = together(client, page, reverse("patientinfo_draft", args=[page.pk]))
    client.post(reverse("patientinfo_matrix_act"), form)
    assert numbers()["en"] == (2, "current")
