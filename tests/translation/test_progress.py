"""The numbers of the matrix."""

from __future__ import annotations

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.editing import Edit, save_segment
from patientinfo.translation.progress import refresh_progress
from tests import builders
from tests.fixtures_desk import Team, segment


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


def test_a_page_that_is_gone_is_not_counted(page: LeafletPage, dutch: LeafletPage) -> None:
    assert numbers(page).total
    dutch.delete()
    refresh_progress(page.translation_key)
    assert not TranslationProgress.objects.exists()


def test_an_empty_leaflet_is_neither_done_nor_ready() -> None:
    nothing = TranslationProgress(total=0)
    assert (nothing.percent, nothing.ready) == (0, False)
