"""What readers are told of a translation depends on what was issued, not on what lies in drafts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from patientinfo.editions import catalogue
from patientinfo.editions.actions import last_edition
from patientinfo.editions.models import CatalogueEntry
from patientinfo.editions.reissue import reissue
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import store_translations
from patientinfo.translation.shelf import Said
from patientinfo.translation.states import Stored
from tests import builders

WORLD = "dutch"
NEW = {"cramps/text": "<p>Cramps go away within some hours.</p>"}


def standing() -> tuple[str, list[str]]:
    entry = CatalogueEntry.objects.get(locale="nl")
    return entry.status, entry.behind


def test_a_translation_stays_behind_until_it_is_issued(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    """The new words are in the store and in a draft; readers still have the old ones."""
    builders.reword(page, NEW)
    assert standing() == ("behind", ["what"])
    draft = builders.translate(page, "nl", publish=False).get_latest_revision_as_object()
    catalogue.refresh(page.translation_key)
    assert standing() == ("behind", ["what"])
    builders.publish_page(draft)
    assert standing() == ("current", [])


def test_a_waiting_draft_does_not_put_the_issued_words_behind(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    """The edition remembers what its words were made from when the store has others by now."""
    builders.translate(page, "nl", {"cramps/text": "Eennl anderenl zinnl."}, publish=False)
    catalogue.refresh(page.translation_key)
    assert standing() == ("current", [])
    builders.publish_page(builders.fresh(dutch).get_latest_revision_as_object())
    assert standing() == ("current", [])


def test_the_same_words_are_right_for_a_new_source_when_somebody_signs_them(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    """What a translator and a checker say changes nothing for readers until it is signed."""
    words = builders.fake_texts(page, "nl")["cramps/text"]
    builders.reword(page, NEW)
    draft = builders.translate(page, "nl", {"cramps/text": words}, publish=False)
    catalogue.refresh(page.translation_key)
    assert standing() == ("behind", ["what"])
    draft.get_latest_revision().publish()
    assert standing() == ("behind", ["what"])
    builders.publish_page(draft, by=builders.approver())
    assert standing() == ("current", [])
    assert last_edition(page.translation_key, "nl").data["source"]["edition"] == 2


def save_old_words(page: LeafletPage, dutch: LeafletPage, said: Said) -> None:
    """The words of before, said to be made from the source of now; a finding may block them."""
    words = builders.fake_texts(page, "nl")["cramps/text"]
    builders.reword(page, NEW, significance="safety")
    store_translations(dutch, {"cramps/text": words}, said=said)
    catalogue.refresh(page.translation_key)


@pytest.mark.parametrize("state", [Stored.DRAFT, Stored.TRANSLATED, Stored.CHECKED])
def test_what_nobody_signed_frees_no_held_translation(
    page: LeafletPage, dutch: LeafletPage, state: str
) -> None:
    save_old_words(page, dutch, Said(state=state))
    assert standing() == ("held", ["what"])
    builders.fresh(dutch).get_latest_revision().publish()
    assert standing() == ("held", ["what"])
    assert last_edition(page.translation_key, "nl").number == 1
    contact = dutch.contact.get_translations().get(locale__language_code="nl")
    contact.phone = "112"
    contact.save()
    (edition,) = reissue(contact).editions
    assert edition.data["source"]["edition"] == 1
    assert standing() == ("held", ["what"])


def test_a_change_for_safety_without_words_needs_a_signature(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    due = page.review_due + timedelta(days=1)
    builders.reword(page, {}, review_due=due, significance="safety")
    assert standing() == ("held", [])
    dutch.get_latest_revision().publish()
    assert standing() == ("held", [])
    builders.publish_page(builders.fresh(dutch), by=builders.approver())
    assert standing() == ("current", [])


def test_a_waiting_draft_stays_current_after_a_cosmetic_edition(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    builders.translate(page, "nl", {"cramps/text": "Eennl anderenl zinnl."}, publish=False)
    cosmetic = {"cramps/text": "<p>It may cause small, temporary muscle cramps!</p>"}
    page = builders.reword(page, cosmetic, significance="cosmetic")
    assert standing() == ("current", [])
    builders.reword(page, NEW)
    assert standing() == ("behind", ["what"])
