"""What a translation's Edition says of its source, and when there is a new one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from patientinfo.editions.actions import issue_edition, last_edition
from patientinfo.editions.models import CatalogueEntry, Edition, Withdrawal
from patientinfo.leaflets import approval
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import put_translations
from tests import builders
from tests.builders import Clinic, fresh, reword
from tests.editions.scheduling import schedule, scheduler_runs_after

WORLD = "dutch"
NEW = {"cramps/text": "<p>Cramps go away within some hours.</p>"}


def numbers(page: LeafletPage, locale: str = "nl") -> list[int]:
    editions = Edition.objects.filter(key=page.translation_key, locale=locale)
    return list(editions.order_by("number").values_list("number", flat=True))


def current(page: LeafletPage, locale: str = "en") -> Edition:
    found = last_edition(page.translation_key, locale)
    assert found is not None
    return found


def test_a_translation_names_the_edition_it_was_made_from(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    edition, source = current(page, "nl"), current(page)
    assert edition.data["source"] == {"locale": "en", "edition": 1, "digest": source.digest}
    assert edition.data["source_title"] == "Dry needling"
    assert (edition.source_locale, edition.source_edition) == ("en", 1)
    assert source.data["source"] is None


def test_a_translation_whose_source_is_not_issued_is_refused(clinic: Clinic) -> None:
    page = builders.make_leaflet(clinic, title="Another leaflet", publish=False)
    dutch = builders.translate(page, "nl", publish=False)
    with pytest.raises(NotReadyToPublish, match="has not been issued yet"):
        builders.publish_page(dutch.get_latest_revision_as_object())
    assert not fresh(dutch).live
    assert numbers(page, "nl") == []


def test_a_later_source_issues_nothing_in_the_translation(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    reword(page, NEW)
    assert numbers(page, "nl") == [1]


def test_publishing_the_old_words_again_names_the_old_source(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    reword(page, NEW, title="Needles without medicine")
    builders.publish_page(fresh(dutch))
    assert numbers(page, "nl") == [1]
    reword(dutch, {}, review_due=dutch.review_due + timedelta(days=1))
    edition = current(page, "nl")
    assert edition.number == 2
    assert edition.data["source"]["edition"] == 1
    assert edition.data["source_title"] == "Dry needling"


def test_new_words_name_the_new_source(page: LeafletPage, dutch: LeafletPage) -> None:
    reword(page, NEW, title="Needles without medicine")
    words = {"cramps/text": "Krampnl gaatnl wegnl.", "title": "Naaldennl zondernl medicijnnl"}
    builders.translate(page, "nl", words)
    edition = current(page, "nl")
    assert edition.data["source"]["edition"] == 2
    assert edition.data["source"]["digest"] == current(page).digest
    assert edition.data["source_title"] == "Needles without medicine"


def test_a_changed_source_alone_is_a_change(page: LeafletPage, dutch: LeafletPage) -> None:
    """The English facts changed, no words: the same Dutch words are now made from edition 2."""
    reword(page, {}, review_due=page.review_due + timedelta(days=1))
    builders.publish_page(fresh(dutch))
    assert current(page, "nl").number == 2
    assert current(page, "nl").data["source"]["edition"] == 2


def test_a_waiting_draft_does_not_change_the_source_of_issued_words(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    reword(page, NEW)
    put_translations(fresh(dutch), {"cramps/text": "Krampnl gaatnl wegnl."})
    LeafletPage.objects.filter(pk=dutch.pk).update(access_level="full")
    clinic_contact = dutch.contact
    clinic_contact.get_translations().filter(locale__language_code="nl").update(phone="112")
    issue_edition(dutch.pk)
    assert current(page, "nl").number == 2
    assert current(page, "nl").data["source"]["edition"] == 1


def test_the_source_may_be_deleted_and_the_translation_still_names_it(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    page.delete()
    reword(dutch, {}, review_due=dutch.review_due + timedelta(days=1))
    assert current(page, "nl").number == 2
    assert current(page, "nl").data["source"]["edition"] == 1
    assert current(page, "nl").data["source_title"] == "Dry needling"


def test_scheduled_words_of_a_translation_are_not_recorded_before(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    words = {"cramps/text": "Krampnl gaatnl wegnl."}
    draft = builders.translate(page, "nl", words, publish=False)
    approval.approve(draft.get_latest_revision_as_object(), builders.approver())
    schedule(draft, days=1)
    assert numbers(page, "nl") == [1]
    scheduler_runs_after(dutch)
    assert numbers(page, "nl") == [1, 2]


def test_unpublishing_withdraws(page: LeafletPage, dutch: LeafletPage) -> None:
    page.unpublish()
    (withdrawal,) = Withdrawal.objects.all()
    assert (withdrawal.locale, withdrawal.edition) == ("en", 1)
    assert CatalogueEntry.objects.get(locale="en").status == "withdrawn"
    assert CatalogueEntry.objects.get(locale="nl").status == "current"
    assert numbers(page, "en") == [1]
