"""A translation has its source's references, or a list of its own, and loses neither."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from patientinfo.editions.models import Edition
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.leaflet_parts import Reference
from patientinfo.translation.actions import filled_draft
from patientinfo.translation.board import load_board
from patientinfo.translation.choosing_references import choose_references, take_references_back
from patientinfo.translation.editing import Declined
from patientinfo.translation.override_models import PartOverride
from patientinfo.translation.overriding import Done
from patientinfo.translation.references import listed
from patientinfo.translation.sign_off import missing_for_sign_off, sign_off
from tests import builders
from tests.fixtures_desk import Team, finish

OLD = [("A. Uthor, Needles (fictional), 2025", "")]
NEW = [("A. Uthor, Needles (fictional), 2026", "https://author.example/needles")]
OWN = [("Richtlijn naalden (fictief), 2026", "https://richtlijn.example/"), ("Nog een", "")]


def refer(page: LeafletPage, to: list[tuple[str, str]], *, publish: bool = True) -> LeafletPage:
    """As it was typed into the page editor."""
    draft = page.get_latest_revision_as_object()
    draft.references = [Reference(text=text, url=url) for text, url in to]
    if publish:
        return builders.publish_page(draft)
    draft.save_revision()
    return builders.fresh(draft)


def signed(page: LeafletPage, dutch: LeafletPage, team: Team) -> list[tuple[str, str]]:
    """What the next Dutch Edition names."""
    if load_board(dutch).counts["empty"]:
        finish(page, dutch, team)
    sign_off(builders.fresh(dutch), team.signer)
    edition = Edition.objects.filter(locale="nl").latest("number")
    return [(r["text"], r["url"]) for r in edition.data["references"]]


def test_they_follow_the_source(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    assert signed(page, dutch, team) == OLD
    refer(page, NEW)
    assert signed(page, dutch, team) == NEW


def test_a_list_of_its_own_stays_and_is_taken_back(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    typed = [("  Richtlijn  naalden (fictief), 2026 ", " https://richtlijn.example/"), ("", "")]
    assert choose_references(dutch, [*typed, OWN[1]], team.translator) == Done()
    assert signed(page, dutch, team) == OWN
    refer(page, NEW)
    assert signed(page, dutch, team) == OWN
    assert take_references_back(builders.fresh(dutch), team.translator) == Done()
    assert signed(page, dutch, team) == NEW
    again = take_references_back(builders.fresh(dutch), team.translator)
    assert again == Declined("These references are the source's already.")


def test_every_way_of_publishing_has_them(dutch: LeafletPage, team: Team) -> None:
    choose_references(dutch, OWN, team.translator)
    assert listed(builders.fresh(dutch).get_latest_revision_as_object()) == OWN


def test_what_was_typed_before_there_was_a_place_for_it_is_kept(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    refer(dutch, OWN, publish=False)
    refer(page, NEW)
    assert listed(filled_draft(builders.fresh(dutch))) == OWN
    assert signed(page, dutch, team) == OWN
    take_references_back(builders.fresh(dutch), team.translator)
    assert listed(filled_draft(builders.fresh(dutch))) == NEW


def test_a_copy_of_what_the_source_once_had_is_no_list_of_its_own(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    assert listed(builders.fresh(dutch).get_latest_revision_as_object()) == OLD
    refer(page, NEW)
    assert listed(filled_draft(builders.fresh(dutch))) == NEW


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ([], "Write one reference"),
        ([(" ", "")], "Write one reference"),
        ([("x", "")] * 51, "at most 50"),
        ([("Words", "javascript:alert(1)")], "valid URL"),
        ([("", "https://richtlijn.example/")], "blank"),
        ([("x" * 501, "")], "500"),
    ],
)
def test_what_is_no_list_is_declined(
    dutch: LeafletPage, team: Team, wanted: list[tuple[str, str]], said: str
) -> None:
    answer = choose_references(dutch, wanted, team.translator)
    assert isinstance(answer, Declined)
    assert said in answer.reason
    assert not PartOverride.objects.exists()


def test_whoever_chose_them_does_not_sign(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    before = load_board(dutch).stamp
    choose_references(dutch, OWN, team.translator)
    assert load_board(dutch).stamp != before
    assert not missing_for_sign_off(load_board(dutch), team.signer)
    PartOverride.objects.update(user=team.signer)
    words = [problem.message for problem in missing_for_sign_off(load_board(dutch), team.signer)]
    assert words == ["You translated this: somebody else must sign it off."]


def test_only_by_those_who_translate_and_it_is_in_the_log(dutch: LeafletPage, team: Team) -> None:
    for user in (team.checker, team.arabic, team.nobody):
        with pytest.raises(PermissionDenied):
            choose_references(dutch, OWN, user)
        with pytest.raises(PermissionDenied):
            take_references_back(dutch, user)
    choose_references(dutch, OWN, team.translator)
    entry = PageLogEntry.objects.get(action="patientinfo.part_overridden")
    assert (entry.user, entry.data) == (team.translator, {"path": "references"})


def test_a_section_called_references_is_nothing_else(page: LeafletPage, dutch: LeafletPage) -> None:
    """Parts of its segments are kept at paths that begin like those of references."""
    of = {"key": dutch.translation_key, "locale": "nl"}
    PartOverride.objects.create(
        **of, path="references/heading", link="https://a.example/", href="https://b.example/"
    )
    assert load_board(dutch).overrides.references == []
    assert listed(filled_draft(builders.fresh(dutch))) == OLD
