"""A shared snippet lists exactly the Editions that it would change, and reissues them at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from patientinfo.editions.actions import last_edition
from patientinfo.editions.models import Edition
from patientinfo.editions.reissue import outdated_by, pages_showing, reissue
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Contact, Person, RightsHolder, Topic
from tests import bodies, builders
from tests.builders import Clinic, fresh

WORLD = "dutch"


@pytest.fixture
def other(clinic: Clinic) -> LeafletPage:
    """A live leaflet that shares nothing with the others but its approver and author."""
    holder = builders.make_rights_holder(name="Another clinic")
    contact = builders.in_languages(clinic.locales, Contact(name="Another clinic"))
    page = builders.make_leaflet(
        clinic, title="Another leaflet", rights_holder=holder, contact=contact, publish=False
    )
    page.topics = [builders.in_languages(clinic.locales, Topic(name="Sleep"))]
    return builders.publish_page(page)


def listed(snippet: Any) -> list[tuple[str, str]]:
    return [(o.page.title, o.edition.locale) for o in outdated_by(snippet)]


def in_dutch(snippet: Any) -> Any:
    return snippet.get_translations().get(locale__language_code="nl")


def picture_owner() -> RightsHolder:
    found: RightsHolder = RightsHolder.objects.get(name="Drawing Office (fictional)")
    return found


def current(page: LeafletPage) -> Edition:
    found = last_edition(page.translation_key, page.locale.language_code)
    assert found is not None
    return found


# -- exactly those that it changes ----------------------------------------------------------------


def test_nothing_is_outdated_at_first(
    page: LeafletPage, dutch: LeafletPage, other: LeafletPage, clinic: Clinic
) -> None:
    people = Person.objects.all()
    for snippet in (clinic.contact, clinic.rights_holder, clinic.topic, picture_owner(), *people):
        assert listed(snippet) == []


@pytest.mark.parametrize("name", ["contact", "rights_holder", "topic", "picture_owner"])
def test_a_changed_snippet_lists_what_shows_it_in_its_language(
    page: LeafletPage, dutch: LeafletPage, other: LeafletPage, clinic: Clinic, name: str
) -> None:
    snippet = picture_owner() if name == "picture_owner" else getattr(clinic, name)
    snippet.name = "A new name"
    snippet.save()
    assert listed(snippet) == [("Dry needling", "en")]
    translated = in_dutch(snippet)
    assert listed(translated) == []
    translated.name = "Een nieuwe naam"
    translated.save()
    assert listed(translated) == [("Drynl needlingnl", "nl")]


def test_a_person_is_named_in_every_language_and_role(
    page: LeafletPage, dutch: LeafletPage, other: LeafletPage
) -> None:
    author = builders.make_person("W. Riter (fictional)")
    author.name = "Dr. W. Riter (fictional)"
    author.save()
    assert {title for title, _locale in listed(author)} == {
        "Dry needling",
        "Drynl needlingnl",
        "Another leaflet",
    }
    approver = builders.approver()
    assert listed(approver) == []
    approver.name = "Prof. A. Prover (fictional)"
    approver.save()
    assert len(listed(approver)) == 3


def test_what_readers_do_not_see_changes_nothing(page: LeafletPage, clinic: Clinic) -> None:
    clinic.rights_holder.email = "permissions@clinic.example"
    clinic.rights_holder.save()
    assert listed(clinic.rights_holder) == []


def test_another_snippets_change_is_not_its_own(page: LeafletPage, clinic: Clinic) -> None:
    for snippet in (clinic.topic, clinic.rights_holder):
        snippet.name = "A new name"
        snippet.save()
        assert listed(snippet) == [("Dry needling", "en")]
    assert listed(clinic.contact) == listed(picture_owner()) == []


def test_a_page_that_is_not_live_is_not_listed(
    page: LeafletPage, clinic: Clinic, other: LeafletPage
) -> None:
    builders.make_leaflet(clinic, title="A draft", publish=False)
    page.create_alias(update_slug="alias")
    page.unpublish()
    clinic.contact.phone = "1"
    clinic.contact.save()
    assert listed(clinic.contact) == []
    assert list(pages_showing(clinic.contact)) == []


def test_looking_for_a_person_costs_no_query_a_page(
    clinic: Clinic, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        builders.make_leaflet(clinic, title=f"Leaflet {number}")
    approver = builders.approver()
    with django_assert_max_num_queries(1):
        assert len(list(pages_showing(approver))) == 6


# -- reissuing ------------------------------------------------------------------------------------


def test_reissuing_shows_the_new_words(
    page: LeafletPage, dutch: LeafletPage, other: LeafletPage, clinic: Clinic
) -> None:
    clinic.contact.phone = "+1 555 0199"
    clinic.contact.save()
    done = reissue(clinic.contact)
    assert [edition.number for edition in done.editions] == [2]
    assert done.refused == []
    assert current(page).data["contact"]["phone"] == "+1 555 0199"
    assert current(dutch).number == current(other).number == 1
    assert listed(clinic.contact) == []
    assert reissue(clinic.contact).editions == []


@pytest.mark.parametrize("name", ["rights_holder", "topic", "picture_owner"])
def test_each_kind_is_reissued(page: LeafletPage, clinic: Clinic, name: str) -> None:
    snippet = picture_owner() if name == "picture_owner" else getattr(clinic, name)
    snippet.name = "A new name"
    snippet.save()
    assert [edition.number for edition in reissue(snippet).editions] == [2]
    document = current(page).data
    shown = {
        "rights_holder": document["rights"]["holder"],
        "topic": document["topics"][0]["name"],
        "picture_owner": document["images"][0]["rights"]["holder"],
    }
    assert shown[name] == "A new name"
    assert sum(value == "A new name" for value in shown.values()) == 1


def test_a_source_is_reissued_before_its_translation(page: LeafletPage, dutch: LeafletPage) -> None:
    author = builders.make_person("W. Riter (fictional)")
    author.name = "Dr. W. Riter (fictional)"
    author.save()
    done = reissue(author)
    assert [(e.locale, e.number) for e in done.editions] == [("en", 2), ("nl", 2)]
    assert current(dutch).data["source"]["edition"] == 2
    assert current(dutch).data["people"]["authors"][0]["name"] == "Dr. W. Riter (fictional)"


def test_one_that_is_refused_does_not_stop_the_others(page: LeafletPage, clinic: Clinic) -> None:
    second = builders.make_leaflet(clinic, title="A second leaflet")
    LeafletPage.objects.filter(pk=page.pk).update(summary="")
    clinic.contact.phone = "+1 555 0199"
    clinic.contact.save()
    done = reissue(clinic.contact)
    assert [edition.key for edition in done.editions] == [second.translation_key]
    ((refused, reasons),) = done.refused
    assert refused == fresh(page)
    assert "Write a summary: patients and search results see it first." in reasons


def test_a_picture_that_is_gone_from_the_library_stops_no_other(
    admin: Client, page: LeafletPage, clinic: Clinic
) -> None:
    image = builders.make_image(clinic.locales)
    shown = bodies.section("Needles", bodies.picture(image), bodies.paragraph("<p>Thin.</p>"))
    pictured = builders.make_leaflet(clinic, title="Pictured", sections=[shown])
    image.file.storage.delete(image.file.name)
    clinic.contact.phone = "+1 555 0199"
    clinic.contact.save()
    assert "Pictured" in admin.get(url_of(clinic.contact)).content.decode()
    done = reissue(clinic.contact)
    assert [edition.key for edition in done.editions] == [page.translation_key]
    ((refused, (reason,)),) = done.refused
    assert refused == pictured
    assert "No such file" in reason


def test_a_person_who_took_consent_back_is_not_named_any_more(page: LeafletPage) -> None:
    second = builders.make_person("Dr. S. Econd")
    builders.publish_page(page, by=second)
    assert len(current(page).data["people"]["approvers"]) == 2
    second.consent_on = None
    second.save()
    reissue(second)
    assert [p["name"] for p in current(page).data["people"]["approvers"]] == [
        "Dr. A. Prover (fictional)"
    ]


# -- in the admin ---------------------------------------------------------------------------------


@pytest.fixture
def admin(client: Client, clinic: Clinic) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


def url_of(snippet: Any) -> str:
    return reverse("patientinfo_reissue", args=[snippet._meta.model_name, snippet.pk])


def test_the_list_shows_each_edition_and_reissues_on_one_action(
    admin: Client, page: LeafletPage, dutch: LeafletPage, clinic: Clinic
) -> None:
    clinic.contact.phone = "+1 555 0199"
    clinic.contact.save()
    shown = admin.get(url_of(clinic.contact)).content.decode()
    assert "Dry needling" in shown
    assert "Drynl needlingnl" not in shown
    assert "Reissue all of these" in shown
    response = admin.post(url_of(clinic.contact))
    assert response.status_code == 302
    assert [str(m) for m in get_messages(response.wsgi_request)] == ["1 edition was issued."]
    assert current(page).number == 2
    after = admin.get(url_of(clinic.contact)).content.decode()
    assert "No edition differs from what this snippet says now." in after


def test_a_refusal_is_told(admin: Client, page: LeafletPage, clinic: Clinic) -> None:
    LeafletPage.objects.filter(pk=page.pk).update(summary="")
    clinic.contact.phone = "1"
    clinic.contact.save()
    response = admin.post(url_of(clinic.contact))
    (message,) = [str(m) for m in get_messages(response.wsgi_request)]
    assert message.startswith("“Dry needling” (English) was not issued: Write a summary")


def test_only_who_may_edit_the_snippet_reissues(
    client: Client, page: LeafletPage, clinic: Clinic
) -> None:
    user = User.objects.create_user("someone")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.post(url_of(clinic.contact)).status_code in (302, 403)
    assert client.get(url_of(clinic.contact)).status_code in (302, 403)
    assert {edition.number for edition in Edition.objects.all()} == {1}


@pytest.mark.parametrize("where", [("leafletpage", 1), ("contact", 99999)], ids=str)
def test_unknown_snippets_are_not_found(
    admin: Client, page: LeafletPage, where: tuple[str, int]
) -> None:
    url = reverse("patientinfo_reissue", args=where)
    assert admin.get(url, follow=True).status_code == 404


def test_editing_a_snippet_tells_how_many_editions_show_the_old_words(
    admin: Client, page: LeafletPage, clinic: Clinic
) -> None:
    edit = reverse("wagtailsnippets_patientinfo_contact:edit", args=[clinic.contact.pk])
    sent = {"name": "A new name", "email": "", "phone": "", "url": "", "address": ""}
    response = admin.post(edit, sent)
    assert response.status_code == 302
    told = " ".join(str(m) for m in get_messages(response.wsgi_request))
    assert "1 edition shows the old words" in told
    assert url_of(clinic.contact) in told


def test_the_list_of_snippets_leads_to_their_editions(
    admin: Client, page: LeafletPage, clinic: Clinic
) -> None:
    listing = reverse("wagtailsnippets_patientinfo_contact:list")
    assert url_of(clinic.contact) in admin.get(listing).content.decode()
