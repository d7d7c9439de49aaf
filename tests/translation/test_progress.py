"""The numbers of the matrix."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.editing import Edit, save_segment
from patientinfo.translation.progress import refresh_progress
from tests import builders
from tests.fixtures_desk import Team, segment
from tests.leaflets.edit_form import form_of


def numbers(page: LeafletPage) -> TranslationProgress:
    refresh_progress(page.translation_key)
    found: TranslationProgress = TranslationProgress.objects.get(key=page.translation_key)
    return found


def test_every_state_is_counted(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    total = len(builders.fake_texts(page, "nl"))
    for path, text, more in (
        ("title", "Naalden", {}),
        ("trigger/text", "Een knoop.", {"state": "draft"}),
        ("cramps/text", "Een kramp.", {"state": "draft", "origin": "machine"}),
        ("odds-r-1/odds-c-2", "bij 30 % van alle mensen", {}),
    ):
        save_segment(dutch, segment(page, path), Edit(text, 0, **more), team.translator)
    found = numbers(page)
    assert (found.total, found.empty) == (total, total - 4)
    assert (found.draft, found.machine, found.translated, found.checked) == (1, 1, 2, 0)
    assert found.blocking >= 1
    assert found.percent == 2 * 100 // total
    assert not found.signed_off


def test_a_changed_source_is_counted(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    save_segment(dutch, segment(page, "trigger/text"), Edit("Een knoop.", 0), team.translator)
    builders.reword(page, {"trigger/text": "<p>A tight knot.</p>"})
    assert numbers(page).fuzzy == 1


HOURS = {"cramps/text": "<p>Cramps are gone within 7 hours.</p>"}


def fuzzy() -> int:
    return TranslationProgress.objects.get(locale="nl").fuzzy


def test_a_source_that_goes_offline_leaves_its_draft_to_its_translators(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    save_segment(dutch, segment(page, "cramps/text"), Edit("Een kramp.", 0), team.translator)
    builders.reword(page, HOURS, publish=False)
    builders.fresh(page).unpublish()
    assert fuzzy() == 1


def test_a_draft_of_a_source_that_is_not_online_is_counted(
    client: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    page.unpublish()
    edit = Edit("Naalden voor spieren.", 0)
    save_segment(dutch, segment(page, "summary"), edit, team.translator)
    client.force_login(team.admin)
    form = form_of(builders.fresh(page), summary="About needles for muscles.")
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert builders.fresh(page).get_latest_revision_as_object().summary == form["summary"]
    assert fuzzy() == 1


def test_a_page_that_is_gone_is_not_counted(page: LeafletPage, dutch: LeafletPage) -> None:
    assert numbers(page).total
    dutch.delete()
    refresh_progress(page.translation_key)
    assert not TranslationProgress.objects.exists()


def test_an_empty_leaflet_is_neither_done_nor_ready() -> None:
    nothing = TranslationProgress(total=0)
    assert (nothing.percent, nothing.ready) == (0, False)
