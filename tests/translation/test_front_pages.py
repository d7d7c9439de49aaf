"""No front page or index goes live in another language with the words that it was copied with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.edit_page import EditPageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Locale, Page, PageLogEntry, Task, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.models import HomePage
from patientinfo.leaflets.approval_task import ClinicalApprovalTask
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.snippets import RightsHolder
from patientinfo.translation.glossary_models import GlossaryTerm
from patientinfo.translation.readiness import SourceWords
from patientinfo.translation.sending import parent_in
from tests.builders import Clinic
from tests.fixtures_desk import Team

ENGLISH = "<p>Welcome to Uplands Physio Clinic.</p><p>Read it before your appointment.</p>"
HALF = "<p>Welkom bij Uplands Physio Clinic.</p><p>Read it before your appointment.</p>"
DUTCH = "<p>Welkom bij Uplands Physio Clinic.</p><p>Lees het voor uw afspraak.</p>"

Published = Callable[[Any], None]


@pytest.fixture
def nl(clinic: Clinic) -> Locale:
    return Locale.objects.get(language_code="nl")


@pytest.fixture
def index(clinic: Clinic) -> LeafletIndexPage:
    made = LeafletIndexPage(title="Leaflets", slug="all", intro="All of them, from A to Z.")
    clinic.homes["en"].add_child(instance=made)
    made.save_revision().publish()
    return made


@pytest.fixture
def copied(index: LeafletIndexPage, nl: Locale) -> LeafletIndexPage:
    """The index as it is sent into Dutch: a draft with English words."""
    made: LeafletIndexPage = parent_in(index, nl)
    assert (made.live, made.title, made.locale) == (False, "Leaflets", nl)
    return made


@pytest.fixture
def front(clinic: Clinic) -> Callable[..., HomePage]:
    """A front page in French, which is copied from the English one."""
    clinic.homes["en"].intro = ENGLISH
    clinic.homes["en"].save()
    french = Locale.objects.create(language_code="fr")
    page: HomePage = parent_in(clinic.homes["en"], french)

    def rewritten(**words: str) -> HomePage:
        for name, text in words.items():
            setattr(page, name, text)
        page.save_revision()
        return HomePage.objects.get(pk=page.pk)

    return rewritten


def now(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def write(page: Any, **words: str) -> Any:
    draft = page.get_latest_revision_as_object()
    for name, text in words.items():
        setattr(draft, name, text)
    draft.save_revision()
    return now(page)


def by_revision(page: Any) -> None:
    page.get_latest_revision().publish()


def by_wagtails_action(page: Any) -> None:
    PublishPageRevisionAction(page.get_latest_revision()).execute(skip_permission_checks=True)


def by_edit_action(page: Any) -> None:
    draft = page.get_latest_revision_as_object()
    EditPageAction(draft, publish=True).execute(skip_permission_checks=True)


def by_saving(page: Any) -> None:
    draft = page.get_latest_revision_as_object()
    draft.live = True
    draft.save()


WAYS = [by_revision, by_wagtails_action, by_edit_action, by_saving]


# -- whatever side it comes from ------------------------------------------------------------------


@pytest.mark.parametrize("publish", WAYS)
def test_a_copy_is_not_published(copied: LeafletIndexPage, publish: Published) -> None:
    with pytest.raises(ValidationError) as refusal:
        publish(now(copied))
    said = refusal.value.message_dict
    assert set(said) == {"title", "intro"}
    assert said["title"][0].startswith(
        "“Leaflets” (title) is still in English. Write it in Nederlands on this page."
    )
    assert "“All of them, from A to Z.” (introduction)" in said["intro"][0]
    assert not now(copied).live


@pytest.mark.parametrize("publish", WAYS)
def test_a_page_that_is_written_anew_is_published(
    copied: LeafletIndexPage, publish: Published
) -> None:
    publish(write(copied, title="Folders", intro="Alle folders, van A tot Z."))
    assert now(copied).live


def test_the_scheduler_goes_on_without_it(
    copied: LeafletIndexPage, index: LeafletIndexPage
) -> None:
    for page in (copied, write(index, title="All leaflets")):
        revision = now(page).get_latest_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
        revision.save()
    call_command("publish_scheduled")
    assert (now(copied).live, now(index).title) == (False, "All leaflets")
    entry = PageLogEntry.objects.get(page=copied, action="patientinfo.publish_refused")
    assert "“Leaflets”" in entry.data["reasons"][0]


def test_a_workflow_neither_approves_nor_publishes_it(
    copied: LeafletIndexPage, clinic: Clinic, client: Client, team: Team
) -> None:
    task = ClinicalApprovalTask.objects.create(name="Approval")
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=task.pk), sort_order=0)
    WorkflowPage.objects.create(page=clinic.homes["nl"], workflow=workflow)
    client.force_login(team.admin)

    def approve() -> str:
        state = now(copied).current_workflow_task_state
        names = [copied.pk, "approve", state.pk]
        response = client.post(reverse("wagtailadmin_pages:workflow_action", args=names), {})
        assert response.status_code == 302
        return " ".join(str(message) for message in get_messages(response.wsgi_request))

    workflow.start(now(copied), team.admin)
    assert "is still in English" in approve()
    assert not now(copied).live
    now(copied).current_workflow_state.cancel()
    workflow.start(write(copied, title="Folders", intro=""), team.admin)
    approve()
    assert now(copied).live


def test_bulk_publishing_says_why_not(copied: LeafletIndexPage, client: Client, team: Team) -> None:
    client.force_login(team.admin)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(f"{url}?id={copied.pk}&next=/admin/", {})
    assert "“Leaflets”" in " ".join(map(str, get_messages(response.wsgi_request)))
    assert not now(copied).live


# -- the form -------------------------------------------------------------------------------------


def form_of(page: LeafletIndexPage, **changes: str) -> dict[str, Any]:
    fields = ("title", "slug", "intro", "seo_title", "search_description")
    sent = {name: getattr(page, name) for name in fields}
    data: dict[str, Any] = nested_form_data(
        {**sent, "go_live_at": "", "expire_at": "", "comments": inline_formset([])}
    )
    return {**data, **changes}


def test_the_form_shows_it_at_the_field_and_saves_drafts(
    copied: LeafletIndexPage, client: Client, team: Team
) -> None:
    client.force_login(team.admin)
    url = reverse("wagtailadmin_pages:edit", args=[copied.pk])
    publish = {"action-publish": "action-publish"}
    refused = client.post(url, form_of(copied, intro="Alles van A tot Z.", **publish))
    assert refused.status_code == 200
    assert set(refused.context["form"].errors) == {"title"}
    assert client.post(url, form_of(copied, intro="Alles van A tot Z.")).status_code == 302
    assert now(copied).get_latest_revision_as_object().intro == "Alles van A tot Z."
    words = {"title": "Folders", "intro": "Alles van A tot Z."}
    assert client.post(url, form_of(copied, **words, **publish)).status_code == 302
    assert (now(copied).live, now(copied).title) == (True, "Folders")


def test_a_draft_of_a_live_page_may_say_what_the_source_says(copied: LeafletIndexPage) -> None:
    by_revision(write(copied, title="Folders", intro=""))
    assert write(copied, title="Leaflets").has_unpublished_changes
    assert now(copied).title == "Folders"


# -- what counts as the source's words ------------------------------------------------------------


def problems(page: HomePage) -> dict[str, str]:
    draft = page.get_latest_revision_as_object()
    return {problem.field: problem.message for problem in draft.problems()}


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ({}, {"title", "intro"}),
        ({"title": "Accueil"}, {"intro"}),
        ({"title": "uplands  physio clinic!", "intro": DUTCH}, {"title"}),
        ({"title": "Accueil", "intro": HALF}, {"intro"}),
        ({"title": "Accueil", "intro": DUTCH, "seo_title": "Uplands Physio Clinic"}, {"seo_title"}),
        ({"title": "Accueil", "intro": "", "search_description": "Read it before your appointment"},
         {"search_description"}),
        ({"title": "Accueil", "intro": DUTCH}, set()),
        ({"title": "2026", "intro": ""}, set()),
    ],
)  # fmt: skip
def test_a_sentence_of_the_source_is_found_in_any_field(
    front: Callable[..., HomePage], words: dict[str, str], fields: set[str]
) -> None:
    assert set(problems(front(**words))) == fields


def test_what_the_source_said_when_it_was_copied_counts_too(
    index: LeafletIndexPage, copied: LeafletIndexPage
) -> None:
    by_revision(write(index, title="Information", intro="Everything that we have, in one list."))
    assert set(problems(copied)) == {"title", "intro"}


def test_the_source_is_not_compared_with_its_copies(
    index: LeafletIndexPage, copied: LeafletIndexPage
) -> None:
    """Also where a copy went live before there was a gate."""
    LeafletIndexPage.objects.filter(pk=copied.pk).update(live=True)
    by_revision(write(index, intro="All of them, from A to Z, and more."))
    assert now(index).intro.endswith("and more.")


def test_a_copy_of_a_translation_is_compared_with_that(
    copied: LeafletIndexPage, clinic: Clinic
) -> None:
    by_revision(write(copied, title="Folders", intro=""))
    german: Any = parent_in(now(copied), Locale.objects.get(language_code="de"))
    assert "is still in Nederlands" in problems(german)["title"]


def test_british_words_may_be_american_words(index: LeafletIndexPage, clinic: Clinic) -> None:
    american = Locale.objects.create(language_code="en-us")
    assert problems(parent_in(index, american)) == {}


# -- what may stay the same -----------------------------------------------------------------------


def term(words: str, locale: str, of: GlossaryTerm | None = None, **values: Any) -> GlossaryTerm:
    made = GlossaryTerm(term=words, locale=Locale.objects.get(language_code=locale), **values)
    if of is not None:
        made.translation_key = of.translation_key
    made.save()
    return made


def test_a_name_that_the_glossary_keeps(front: Callable[..., HomePage]) -> None:
    page = front(intro=DUTCH)
    assert set(problems(page)) == {"title"}
    term("Uplands Physio Clinic", "en", do_not_translate=True)
    assert problems(page) == {}
    assert set(problems(front(intro=HALF))) == {"intro"}


def test_a_word_that_the_glossary_translates_by_itself(
    front: Callable[..., HomePage], clinic: Clinic
) -> None:
    page = front(intro=DUTCH)
    english = term("Uplands Physio Clinic", "en")
    french = term("Clinique Uplands", "fr", of=english)
    assert set(problems(page)) == {"title"}
    french.variants = "uplands physio clinic"
    french.save()
    assert problems(page) == {}


def test_a_name_that_the_owner_has_in_this_language(
    front: Callable[..., HomePage], clinic: Clinic
) -> None:
    page = front(intro=f"<p>www.uplands-physio-clinic.example/en/about/us</p>{DUTCH}")
    french = Locale.objects.get(language_code="fr")
    RightsHolder.objects.create(name="Uplands Physio Clinic", locale=french, statement="…")
    assert problems(page) == {}


def test_an_address_is_no_sentence_of_a_leaflet_either() -> None:
    line = "Website: https://www.uplands.example/en/about/our-permissions"
    assert not SourceWords([line]).found_in(line)
    assert SourceWords([f"{line}. Do read this carefully."]).found_in("Do read this carefully.")


# -- mirrors --------------------------------------------------------------------------------------


@pytest.fixture
def mirror(index: LeafletIndexPage, nl: Locale) -> LeafletIndexPage:
    """Wagtail makes mirrors live at once, in whatever language."""
    made: LeafletIndexPage = index.copy_for_translation(nl, alias=True)
    assert made.live
    return made


def test_a_mirror_in_another_language_leads_to_its_page(
    client: Client, mirror: LeafletIndexPage
) -> None:
    response = client.get(f"/nl/{mirror.slug}/")
    assert (response.status_code, response["Location"]) == (302, "/en/all/")


def test_a_mirror_does_not_become_a_page_with_the_sources_words(
    mirror: LeafletIndexPage, index: LeafletIndexPage
) -> None:
    with pytest.raises(NotReadyToPublish):
        ConvertAliasPageAction(mirror).execute(skip_permission_checks=True)
    assert now(mirror).alias_of_id == index.pk
