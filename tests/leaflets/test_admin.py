"""The edit view, as a browser sees it: drafts, publishing, refusals, previews."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from patientinfo.editions.models import CatalogueEntry
from patientinfo.leaflets import approval
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Person
from tests import builders
from tests.builders import Clinic, fresh
from tests.leaflets.edit_form import form_of

FIELDS = {
    "title", "summary", "short_text", "body", "audience", "topics", "reviewed_on", "review_due",
    "writing_method", "contact", "rights_holder", "access_level", "slug", "go_live_at", "expire_at",
}  # fmt: skip
PUBLISH = {"action-publish": "action-publish"}
SUBMIT = {"action-submit": "action-submit"}


def edit_url(page: LeafletPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def save(client: Client, page: LeafletPage, **changes: Any) -> HttpResponse:
    return client.post(edit_url(page), form_of(page, **changes))


def errors(response: HttpResponse) -> dict[str, list[str]]:
    found: dict[str, list[str]] = response.context["form"].errors
    return found


def told(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


# -- opening --------------------------------------------------------------------------------------


def test_the_edit_view_shows_every_panel(as_editor: Client, live: LeafletPage) -> None:
    started = time.process_time()
    response = as_editor.get(edit_url(live))
    assert response.status_code == 200
    assert time.process_time() - started < 5
    form = response.context["form"]
    assert set(form.fields) >= FIELDS
    assert {"codes", "references", "contributors"} <= set(form.formsets)
    html = response.content.decode()
    for heading in ("Content", "Classification", "People and review", "Rights", "Publishing"):
        assert heading in html


def test_the_create_view_opens(as_editor: Client, clinic: Clinic) -> None:
    home = clinic.homes["en"]
    url = reverse("wagtailadmin_pages:add", args=["patientinfo", "leafletpage", home.pk])
    assert as_editor.get(url).status_code == 200


# -- drafts ---------------------------------------------------------------------------------------


def test_saving_what_was_opened_changes_no_key_and_no_word(
    as_editor: Client, live: LeafletPage
) -> None:
    before = approval.fingerprint(live)
    assert save(as_editor, live).status_code == 302
    draft = fresh(live).get_latest_revision_as_object()
    assert approval.fingerprint(draft) == before


@pytest.mark.parametrize(
    "gap",
    [{"summary": ""}, {"review_due": ""}, {"rights_holder": ""}, {"body-count": "0"}],
    ids=str,
)
def test_a_draft_of_a_live_page_may_lack_anything(
    as_editor: Client, live: LeafletPage, gap: dict[str, str]
) -> None:
    response = save(as_editor, live, **gap)
    assert response.status_code == 302, errors(response)
    assert fresh(live).has_unpublished_changes
    assert fresh(live).summary == live.summary


def test_autosave_keeps_an_incomplete_draft(as_editor: Client, live: LeafletPage) -> None:
    response = as_editor.post(
        edit_url(live), form_of(live, summary=""), headers={"accept": "application/json"}
    )
    assert response.json()["success"] is True
    assert fresh(live).get_latest_revision_as_object().summary == ""


# -- publishing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "field", "message"),
    [
        ({"summary": ""}, "summary", "Write a summary"),
        ({"reviewed_on": ""}, "reviewed_on", "last reviewed"),
        ({"review_due": ""}, "review_due", "next review is due"),
        ({"rights_holder": ""}, "rights_holder", "who owns the words"),
        ({"body-count": "0"}, "body", "at least one section"),
        ({"audience": []}, "audience", "This field is required"),
    ],
    ids=str,
)
def test_publishing_names_what_is_missing_at_its_field(
    as_clinician: Client, draft: LeafletPage, gap: dict[str, Any], field: str, message: str
) -> None:
    response = save(as_clinician, draft, **PUBLISH, **gap)
    assert response.status_code == 200
    assert message in str(errors(response)[field])
    assert not fresh(draft).live


def test_publishing_without_an_approval_is_told_at_the_top(
    as_editor: Client, draft: LeafletPage
) -> None:
    response = save(as_editor, draft, **PUBLISH)
    assert response.status_code == 200
    assert "Nobody has approved these words" in str(errors(response)["__all__"])
    assert "Nobody has approved these words" in response.content.decode()
    assert not fresh(draft).live


def test_who_may_approve_does_so_by_publishing(
    as_clinician: Client, draft: LeafletPage, approver: Person
) -> None:
    response = save(as_clinician, draft, summary="Words of the clinician.", **PUBLISH)
    assert response.status_code == 302, errors(response)
    page = fresh(draft)
    assert page.live
    assert page.summary == "Words of the clinician."
    assert [a.person for a in approval.approvals_of(page)] == [approver]


def test_a_live_page_is_published_again(
    as_clinician: Client, live: LeafletPage, approver: Person
) -> None:
    assert save(as_clinician, live, summary="Newer words.", **PUBLISH).status_code == 302
    assert fresh(live).summary == "Newer words."
    assert [a.person for a in approval.approvals_of(fresh(live))] == [approver]


def test_approved_words_may_be_published_by_an_editor(
    as_editor: Client, draft: LeafletPage
) -> None:
    approval.approve(draft, builders.approver())
    assert save(as_editor, draft, **PUBLISH).status_code == 302
    assert fresh(draft).live


def test_saving_a_draft_approves_nothing(
    as_clinician: Client, clinician: AbstractUser, draft: LeafletPage
) -> None:
    assert save(as_clinician, draft).status_code == 302
    assert approval.approvals_of(draft) == []


def test_a_new_page_is_published_from_the_create_view(
    as_clinician: Client, clinic: Clinic, approver: Person, draft: LeafletPage
) -> None:
    home = clinic.homes["en"]
    url = reverse("wagtailadmin_pages:add", args=["patientinfo", "leafletpage", home.pk])
    sent = form_of(draft, title="Brand new", slug="brand-new", **PUBLISH)
    sent = {name: value for name, value in sent.items() if not name.endswith("-id")}
    for formset in ("codes", "references", "contributors"):
        sent[f"{formset}-INITIAL_FORMS"] = "0"
    response = as_clinician.post(url, sent)
    assert response.status_code == 302, errors(response)
    page = LeafletPage.objects.get(slug="brand-new")
    assert page.live
    assert [a.person for a in approval.approvals_of(page)] == [approver]


def test_a_new_page_that_lacks_something_is_not_made(as_clinician: Client, clinic: Clinic) -> None:
    home = clinic.homes["en"]
    url = reverse("wagtailadmin_pages:add", args=["patientinfo", "leafletpage", home.pk])
    page = LeafletPage(title="Brand new", slug="brand-new", locale=home.locale)
    response = as_clinician.post(url, form_of(page, **PUBLISH))
    assert response.status_code == 200
    assert "Write a summary" in str(errors(response)["summary"])
    assert not LeafletPage.objects.filter(slug="brand-new").exists()


def test_an_error_of_a_field_that_is_not_shown_goes_to_the_top(
    as_clinician: Client, draft: LeafletPage
) -> None:
    person = builders.make_person("W. Riter (fictional)")
    person.consent_on = None
    person.save()
    response = save(as_clinician, draft, **PUBLISH)
    assert response.status_code == 200
    assert "has not agreed to be named" in str(errors(response)["__all__"])


# -- preview --------------------------------------------------------------------------------------


def test_the_preview_shows_the_unsaved_draft(as_editor: Client, draft: LeafletPage) -> None:
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk])
    answer = as_editor.post(url, form_of(draft, title="A title that nobody saved")).json()
    assert answer == {"is_valid": True, "is_available": True}
    shown = as_editor.get(url)
    assert shown.status_code == 200
    html = shown.content.decode()
    assert "A title that nobody saved" in html
    assert "A trigger point is a knot in a muscle that causes pain." in html


def test_the_preview_shows_an_incomplete_draft(as_editor: Client, live: LeafletPage) -> None:
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[live.pk])
    sent = form_of(live, summary="", reviewed_on="", review_due="", contact="", rights_holder="")
    assert as_editor.post(url, sent).json()["is_valid"] is True
    assert as_editor.get(url).status_code == 200


def test_the_preview_of_a_page_that_is_not_made_yet(as_editor: Client, clinic: Clinic) -> None:
    home = clinic.homes["en"]
    where = ["patientinfo", "leafletpage", home.pk]
    url = reverse("wagtailadmin_pages:preview_on_add", args=where)
    page = LeafletPage(title="Brand new", slug="brand-new", locale=home.locale)
    assert as_editor.post(url, form_of(page)).json()["is_valid"] is True
    assert "Brand new" in as_editor.get(url).content.decode()


def test_a_saved_draft_can_be_viewed(as_editor: Client, draft: LeafletPage) -> None:
    url = reverse("wagtailadmin_pages:view_draft", args=[draft.pk])
    assert "A trigger point is a knot" in as_editor.get(url).content.decode()


# -- how much a change matters --------------------------------------------------------------------


def test_a_cosmetic_draft_is_proposed_as_cosmetic(as_editor: Client, live: LeafletPage) -> None:
    def proposal() -> str:
        return str(as_editor.get(edit_url(live)).context["form"]["significance"].value())

    assert proposal() == ""
    builders.reword(live, {}, publish=False, summary=live.summary + "!")
    assert proposal() == "cosmetic"
    builders.reword(fresh(live), {}, publish=False, summary="Rest for 7 days.")
    assert proposal() == ""


def test_an_editor_is_told_that_more_than_a_comma_is_no_cosmetics(
    as_clinician: Client, live: LeafletPage
) -> None:
    cosmetic = {"significance": "cosmetic"}
    answer = save(as_clinician, live, summary=live.summary + "!", **cosmetic)
    assert not any("counts as a change of content" in said for said in told(answer))
    answer = save(as_clinician, live, summary="Rest for 7 days.", **cosmetic)
    assert any("counts as a change of content" in said for said in told(answer))
    answer = save(as_clinician, live, summary="Rest for 7 days.", **cosmetic, **PUBLISH)
    assert answer.status_code == 302
    assert any("counts as a change of content" in said for said in told(answer))
    assert CatalogueEntry.objects.get(key=live.translation_key).edition.data["significance"] == (
        "content"
    )
