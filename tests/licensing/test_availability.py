"""What could be granted is read from what was issued."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.licensing import availability
from patientinfo.licensing.actions import NotPossible
from patientinfo.licensing.wishes import Wish
from tests import bodies, builders
from tests.builders import Clinic
from tests.licensing.asking import make_offer, make_request

BOTH = frozenset({"text", "photos"})


@pytest.fixture
def clinic(db: None) -> Clinic:
    return builders.make_site(("en", "nl"))


def leaflet_with_photo(clinic: Clinic, title: str = "Dry needling", **rights: Any) -> LeafletPage:
    image = builders.make_image(clinic.locales)
    for name, value in rights.items():
        setattr(image, name, value)
    image.save()
    body = [bodies.section("Picture", bodies.picture(image, key="needle"), key="one")]
    return builders.make_leaflet(clinic, title=title, sections=body)


def key_of(page: LeafletPage) -> str:
    return str(page.translation_key)


def test_a_wish_finds_its_leaflets_with_what_each_allows(clinic: Clinic) -> None:
    page = leaflet_with_photo(clinic)
    builders.translate(page, "nl")
    wish = Wish(leaflets=frozenset({key_of(page)}), locales=frozenset({"nl", "de"}))
    (leaflet,) = availability.available(wish)
    assert (leaflet.title, leaflet.missing) == ("Dry needling", ("de",))
    (dutch,) = leaflet.languages
    assert (dutch.locale, dutch.edition, dutch.holder) == ("nl", 1, "Uplandsnl Physionl Clinicnl")
    (photo,) = dutch.photos
    assert photo.holder.startswith("Drawing")
    assert not photo.grantable(timezone.localdate())
    # An officer may not read Dutch: a picture is described as its leaflet was written.
    assert [shown.alt for shown in leaflet.photos] == ["Drawing: A needle, held above a muscle"]
    assert photo.alt != leaflet.photos[0].alt


def test_a_collection_is_its_leaflets(clinic: Clinic) -> None:
    page = builders.make_leaflet(clinic)
    topic = page.topics.get()
    found = availability.available(
        Wish(topics=frozenset({str(topic.translation_key)}), locales=None)
    )
    assert [leaflet.key for leaflet in found] == [key_of(page)]
    assert availability.available(Wish(locales=None)) == []


def test_what_was_withdrawn_is_not_there(clinic: Clinic) -> None:
    page = builders.make_leaflet(clinic)
    page.unpublish()
    assert availability.available(Wish(leaflets=None, locales=None)) == []
    with pytest.raises(NotPossible, match="not there"):
        make_offer(make_request(), leaflets=frozenset({key_of(page)}))


def test_photos_of_others_are_not_offered_and_their_owner_is_named(clinic: Clinic) -> None:
    page = leaflet_with_photo(clinic)
    with pytest.raises(NotPossible, match=r"Drawing.*first, or offer the text alone"):
        make_offer(make_request(), leaflets=frozenset({key_of(page)}), parts=BOTH)
    assert make_offer(make_request(), leaflets=frozenset({key_of(page)}))


@pytest.mark.parametrize("days", [0, 30])
def test_photos_that_may_be_passed_on_are_offered(clinic: Clinic, days: int) -> None:
    until = timezone.localdate() + timedelta(days=days)
    page = leaflet_with_photo(clinic, may_sublicense=True, consent_until=until)
    assert make_offer(make_request(), leaflets=frozenset({key_of(page)}), parts=BOTH)


def test_a_photo_is_not_granted_beyond_the_consent_of_those_shown(clinic: Clinic) -> None:
    photo = availability.Photo("x", "A", "We", "", "", True, date(2027, 5, 1))
    assert photo.grantable(date(2027, 5, 1))
    assert not photo.grantable(date(2027, 5, 2))


def test_a_leaflet_without_photos_hinders_nobody(clinic: Clinic) -> None:
    page = builders.make_leaflet(clinic)
    assert make_offer(make_request(), leaflets=frozenset({key_of(page)}), parts=BOTH)


def test_only_an_edition_that_exists_is_pinned(clinic: Clinic) -> None:
    key = key_of(builders.make_leaflet(clinic))
    offered = {"leaflets": frozenset({key}), "locales": frozenset({"en"})}
    assert make_offer(make_request(), **offered, pinned={(key, "en"): 1})
    for pinned in ({(key, "en"): 2}, {(key, "nl"): 1}):
        with pytest.raises(NotPossible, match="none of what is offered"):
            make_offer(make_request(), **offered, pinned=pinned)
