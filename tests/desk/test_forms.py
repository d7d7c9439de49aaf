"""`Download as …`: one leaflet in one form, for whoever works on it."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from patientinfo.channels.registry import channels
from patientinfo.editions.image_files import file_name
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import bodies, builders
from tests.desk.test_exchange import signed_in


def listed(page: LeafletPage) -> str:
    return reverse("patientinfo_forms", args=[page.pk])


def form(page: LeafletPage, name: str) -> str:
    return reverse("patientinfo_form", args=[page.pk, name])


def test_every_form_of_the_current_edition_is_offered_and_given(page, team):
    admin = signed_in(team.admin)
    html = admin.get(listed(page)).content.decode()
    for name, channel in channels().items():
        assert (form(page, name) in html) == (name != "sms"), name  # it has no text for a phone
        if name != "sms":
            answer = admin.get(form(page, name))
            assert answer.status_code == 200, name
            assert answer["Content-Type"] == channel.media_type
            assert answer["Content-Disposition"].startswith("attachment; filename=")
            assert "no-store" in answer["Cache-Control"]
    text = admin.get(form(page, "text")).content.decode()
    assert "Dry needling" in text
    assert Edition.objects.get(locale="en").digest in text


def test_it_stands_in_the_menus_of_the_page(page, team):
    admin = signed_in(team.admin)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    explorer = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    for address in (edit, explorer):
        assert listed(page) in admin.get(address).content.decode(), address


def test_whoever_works_on_a_language_has_its_forms(page, team):
    dutch = builders.translate(page, "nl")
    assert (
        listed(dutch)
        in signed_in(team.checker)
        .get(reverse("patientinfo_desk", args=[dutch.pk]))
        .content.decode()
    )
    assert signed_in(team.checker).get(form(dutch, "text")).status_code == 200
    for user in (team.arabic, team.nobody):
        assert signed_in(user).get(listed(dutch)).status_code in {302, 403}
        assert signed_in(user).get(form(dutch, "text")).status_code in {302, 403}


def test_what_is_not_issued_or_on_hold_is_not_given(page, dutch, team):
    admin = signed_in(team.admin)
    assert "There is nothing to download" in admin.get(listed(dutch)).content.decode()
    assert admin.get(form(dutch, "text"), follow=True).status_code == 404
    CatalogueEntry.objects.filter(locale="en").update(status="held")
    assert "There is nothing to download" in admin.get(listed(page)).content.decode()
    assert admin.get(form(page, "text"), follow=True).status_code == 404


def test_what_cannot_be_made_says_why(clinic, team):
    image = builders.make_image(clinic.locales)
    section = bodies.section("A picture", bodies.picture(image, key="p"))
    shown = builders.make_leaflet(clinic, title="Shown", sections=[section])
    member = Edition.objects.get(key=shown.translation_key).data["images"][0]
    default_storage.delete(file_name(member, member["width"]))
    answer = signed_in(team.admin).get(form(shown, "pdf"), follow=True)
    assert answer.redirect_chain == [(listed(shown), 302)]
    assert "is not there" in answer.content.decode()


@pytest.mark.parametrize("name", ["fax", "PDF"])
def test_other_forms_are_not_there(page, team, name):
    for address in (form(page, name), reverse("patientinfo_forms", args=[0])):
        assert signed_in(team.admin).get(address, follow=True).status_code == 404
