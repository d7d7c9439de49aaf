"""What is planned for later is signed now, and nobody is told that readers have it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patientinfo.desk.publishing import publish_together, publish_translation
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.board import load_board
from patientinfo.translation.editing import Edit, check_segment, save_segment
from tests import builders
from tests.editions.scheduling import scheduler_runs_after
from tests.fixtures_desk import Team, row, segment

CRAMPS = "cramps/text"
NEW = {CRAMPS: "<p>Cramps are gone within 7 hours.</p>"}


def plan(page: LeafletPage) -> datetime:
    """Somebody plans the newest draft for the day after tomorrow, in the page editor."""
    moment = timezone.now() + timedelta(days=2)
    draft = builders.fresh(page).get_latest_revision_as_object()
    draft.go_live_at = moment
    draft.save_revision()
    return moment


@pytest.fixture
def held(page: LeafletPage, signed: LeafletPage, team: Team) -> LeafletPage:
    """Held back for a change of its source; translated and checked anew, and planned."""
    builders.reword(page, NEW, significance="safety")
    source = builders.fresh(page)
    edit = Edit("Krampen zijn weg in 7 uur.", row(CRAMPS).version)
    save_segment(signed, segment(source, CRAMPS), edit, team.translator)
    check_segment(signed, segment(source, CRAMPS), row(CRAMPS).version, team.checker)
    plan(signed)
    return builders.fresh(signed)


def standing() -> tuple[int, str]:
    entry = CatalogueEntry.objects.get(locale="nl")
    return entry.number, entry.status


def test_a_signer_is_told_when_readers_get_it(
    client: Client, held: LeafletPage, team: Team
) -> None:
    client.force_login(team.signer)
    sign = reverse("patientinfo_desk_sign", args=[held.pk])
    answer = client.post(sign, {"stamp": load_board(held).stamp})
    (told,) = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "is signed off. Readers get it on " in told
    assert standing() == (1, "held")
    assert "A draft of this page is planned: readers get it on " in seen(client, held)
    assert "planned for " in matrix_cell(client, held)
    scheduler_runs_after(held)
    assert standing() == (2, "current")


def seen(client: Client, page: LeafletPage) -> str:
    """The desk."""
    return client.get(reverse("patientinfo_desk", args=[page.pk])).content.decode()


def matrix_cell(client: Client, page: LeafletPage) -> str:
    soup = BeautifulSoup(client.get(reverse("patientinfo_matrix")).content, "html.parser")
    link = soup.find("a", href=reverse("patientinfo_desk", args=[page.pk]))
    assert link is not None
    return str(link.find_parent("td"))


def test_nothing_is_said_of_plans_where_there_are_none(
    client: Client, signed: LeafletPage, team: Team
) -> None:
    client.force_login(team.signer)
    assert "is planned" not in seen(client, signed)
    assert "planned" not in matrix_cell(client, signed)


@pytest.mark.parametrize("action", ["publish", "together"])
def test_lists_do_not_count_it_as_published(
    client: Client, page: LeafletPage, held: LeafletPage, team: Team, action: str
) -> None:
    person = builders.make_person("R. Oot (fictional)")
    person.user = team.admin
    person.save()
    client.force_login(team.admin)
    chosen = {"leaflet": page.pk, "language": "nl", "action": action}
    answer = client.post(reverse("patientinfo_matrix_act"), chosen)
    (told,) = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "is signed off. Readers get it on " in told
    assert standing() == (1, "held")


def test_without_a_plan_it_is_published_at_once(held: LeafletPage, team: Team) -> None:
    draft = held.get_latest_revision_as_object()
    draft.go_live_at = None
    draft.save_revision()
    assert publish_translation(builders.fresh(held), team.signer) is None
    assert standing() == (2, "current")


@pytest.mark.parametrize("live", [True, False])
def test_a_source_that_is_planned_is_not_published_together(
    page: LeafletPage, signed: LeafletPage, team: Team, live: bool
) -> None:
    if not live:
        page.unpublish()
    builders.reword(page, NEW, publish=False)
    plan(page)
    with pytest.raises(NotReadyToPublish, match="The source is planned for"):
        publish_together(builders.fresh(page), [builders.fresh(signed)], team.admin)
    assert Edition.objects.filter(locale="en").count() == 1
