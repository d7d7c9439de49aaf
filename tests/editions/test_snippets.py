"""Snippets that leaflets share cannot be pulled out from under them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError
from wagtail.models import Locale

from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Person, in_language
from tests import builders
from tests.builders import Clinic

WORLD = "page"


@pytest.mark.parametrize("name", ["contact", "rights_holder"])
def test_a_snippet_in_use_is_not_deleted(page: LeafletPage, clinic: Clinic, name: str) -> None:
    with pytest.raises(ProtectedError):
        getattr(clinic, name).delete()


def test_a_person_in_use_is_not_deleted(page: LeafletPage) -> None:
    for person in Person.objects.all():
        with pytest.raises(ProtectedError):
            person.delete()


def test_a_pictures_owner_is_not_deleted(page: LeafletPage) -> None:
    with pytest.raises(ProtectedError):
        LeafletImage.objects.get().rights_holder.delete()


def test_the_row_of_the_own_language_is_shown_and_never_another(clinic: Clinic) -> None:
    dutch, klingon = Locale.objects.get(language_code="nl"), Locale(language_code="tlh")
    klingon.save()
    assert in_language(clinic.contact, clinic.contact.locale) == clinic.contact
    found = in_language(clinic.contact, dutch)
    assert found is not None
    assert found.name == "Uplandsnl Physionl Clinicnl"
    assert in_language(clinic.contact, klingon) is None
    assert in_language(None, dutch) is None


def test_deleting_an_account_keeps_the_person(clinic: Clinic) -> None:
    user = User.objects.create_user("somebody")
    person = builders.make_person("S. Omebody")
    person.user = user
    person.save()
    user.delete()
    assert Person.objects.get(pk=person.pk).user is None
