"""
A translator of Dutch touches no German, by any door.

Each door is tried by people who have every right in Dutch and every page permission that Wagtail
gives, and none in German. What German says, in store, page, draft and Edition, must stay the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import GroupPagePermission, Locale, Page, PageLogEntry

from patientinfo.desk.publishing import publish_together
from patientinfo.editions.models import Edition
from patientinfo.exchange.catalogs import translation_file
from patientinfo.exchange.importing import import_file
from patientinfo.exchange.kinds import KINDS
from patientinfo.formats.exchange import FileRefused
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.desk_models import FindingDismissal, SegmentComment
from patientinfo.translation.editing import Edit, save_segment
from patientinfo.translation.glossary_csv import TermRow, import_terms
from patientinfo.translation.glossary_models import GlossaryTerm
from patientinfo.translation.machine_filling import fill_by_machine
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.override_models import PartOverride
from patientinfo.translation.rights import LanguageRight
from patientinfo.translation.sending import send_for_translation
from tests import builders
from tests.builders import Clinic
from tests.fixtures_desk import Team, finish, segment
from tests.leaflets.edit_form import form_of

PATH = "trigger/text"
GERMAN = "Ein Triggerpunkt ist ein Knoten im Muskel, der weh tut."


@pytest.fixture
def german(page: LeafletPage, team: Team) -> LeafletPage:
    """Begun, with one finished segment."""
    made = send_for_translation(page, Locale.objects.get(language_code="de"), team.admin)
    save_segment(made, segment(page, PATH), Edit(GERMAN, 0), team.admin)
    return made


@pytest.fixture
def joost(team: Team) -> AbstractUser:
    """May do everything in Dutch, and everything with pages in Wagtail."""
    user = team.translator
    group = Group.objects.create(name="Everything but German")
    user.groups.add(group)
    LanguageRight.objects.create(
        group=group,
        locale=Locale.objects.get(language_code="nl"),
        may_check=True,
        may_sign_off=True,
    )
    for codename in ("add_page", "change_page", "publish_page", "lock_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=Page.get_first_root_node(),
            permission=Permission.objects.get(
                codename=codename, content_type__app_label="wagtailcore"
            ),
        )
    return user


def state_of_german() -> list[Any]:
    pages = LeafletPage.objects.filter(locale__language_code="de")
    return [
        list(SegmentTranslation.objects.filter(locale="de").order_by("pk").values_list()),
        [(p.title, p.summary, str(p.body.raw_data), p.live) for p in pages],
        [str(p.get_latest_revision().content["body"]) for p in pages],
        [p.get_latest_revision().content["title"] for p in pages],
        list(Edition.objects.filter(locale="de").values_list("number", flat=True)),
        SegmentComment.objects.filter(locale="de").count(),
        FindingDismissal.objects.filter(locale="de").count(),
        PartOverride.objects.filter(locale="de").count(),
    ]


def german_file() -> SimpleUploadedFile:
    file = translation_file(Edition.objects.get(locale="en"), "de")
    data = KINDS["po"].write(file).replace(b"Ein Triggerpunkt", b"Kein Triggerpunkt")
    return SimpleUploadedFile("dry-needling.de.po", data)


DESK_POSTS: dict[str, dict[str, Any]] = {
    "save": {"path": PATH, "text": "Etwas anderes.", "version": 1, "state": "translated"},
    "check": {"path": PATH, "version": 1},
    "comment": {"path": PATH, "comment": "Wrong."},
    "dismiss": {"path": PATH, "version": 1, "check": "numbers", "reason": "It is right."},
    "link": {
        "path": "intro/text",
        "link": "https://clinic.example/needles",
        "href": "https://klinik.example/",
    },
    "references": {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-text": "Leitlinie",
        "form-0-url": "",
    },
    "machine": {},
    "sign": {"stamp": ""},
}
MATRIX_POSTS: dict[str, dict[str, Any]] = {
    "send": {},
    "publish": {},
    "together": {},
    "export": {"format": "po"},
    "everything": {"into": "de"},
}


@pytest.mark.parametrize("act", DESK_POSTS)
def test_no_act_at_the_desk(
    client: Client, german: LeafletPage, joost: AbstractUser, act: str
) -> None:
    before = state_of_german()
    client.force_login(joost)
    url = reverse(f"patientinfo_desk_{act}", args=[german.pk])
    script = {"X-Requested-With": "XMLHttpRequest"}
    assert client.post(url, DESK_POSTS[act], headers=script).status_code == 403
    assert state_of_german() == before


@pytest.mark.parametrize(
    "name", ["desk", "desk_preview", "desk_picture", "desk_references", "exchange_page"]
)
def test_no_look_at_the_desk(
    client: Client, german: LeafletPage, joost: AbstractUser, name: str
) -> None:
    client.force_login(joost)
    url = reverse(f"patientinfo_{name}", args=[german.pk])
    script = {"X-Requested-With": "XMLHttpRequest"}
    assert client.get(url, headers=script).status_code == 403


@pytest.mark.parametrize("action", MATRIX_POSTS)
def test_no_action_of_the_matrix(
    client: Client, page: LeafletPage, german: LeafletPage, joost: AbstractUser, action: str
) -> None:
    before = state_of_german()
    client.force_login(joost)
    data = {"action": action, "leaflet": page.pk, "language": "de", **MATRIX_POSTS[action]}
    answer = client.post(reverse("patientinfo_matrix_act"), data)
    assert answer["Content-Type"].startswith("text/html")
    assert state_of_german() == before


def test_no_file(client: Client, german: LeafletPage, joost: AbstractUser) -> None:
    before = state_of_german()
    client.force_login(joost)
    script = {"X-Requested-With": "XMLHttpRequest"}
    for url in (
        reverse("patientinfo_exchange"),
        reverse("patientinfo_exchange_page", args=[german.pk]),
    ):
        answer = client.post(url, {"file": german_file()}, headers=script)
        assert answer.status_code == 403
    with pytest.raises(PermissionDenied):
        import_file(translation_file(Edition.objects.get(locale="en"), "de"), "x.de.po", user=joost)
    assert state_of_german() == before


@pytest.mark.parametrize("button", ["", "action-publish", "action-submit"])
def test_no_words_by_the_page_editor(
    client: Client, german: LeafletPage, joost: AbstractUser, button: str
) -> None:
    before = state_of_german()
    client.force_login(joost)
    url = reverse("wagtailadmin_pages:edit", args=[german.pk])
    sent = form_of(german, title="Etwas anderes", **({button: "1"} if button else {}))
    for address in (url, f"{url}?editor=page"):
        html = client.post(address, sent).content.decode()
        # What is to be published lacks something too, which is said first.
        assert ("You may not translate into de." in html) == (not button)
    assert state_of_german() == before


def test_what_is_no_word_may_be_set_there(
    client: Client, german: LeafletPage, joost: AbstractUser
) -> None:
    client.force_login(joost)
    url = reverse("wagtailadmin_pages:edit", args=[german.pk])
    answer = client.post(url, form_of(german, access_level="catalogue"))
    assert answer.status_code == 302
    assert builders.fresh(german).get_latest_revision_as_object().access_level == "catalogue"


def test_ones_own_language_may_be_written_there(
    client: Client, dutch: LeafletPage, joost: AbstractUser
) -> None:
    client.force_login(joost)
    url = reverse("wagtailadmin_pages:edit", args=[dutch.pk])
    client.post(url, form_of(dutch, title="Droge naalden"))
    assert builders.fresh(dutch).get_latest_revision_as_object().title == "Droge naalden"


def test_no_draft_by_a_program(german: LeafletPage, joost: AbstractUser) -> None:
    """Wagtail's API and its actions end here: a draft saved in somebody's name."""
    draft = german.get_latest_revision_as_object()
    draft.title = "Etwas anderes"
    with pytest.raises(PermissionDenied):
        draft.save_revision(user=joost)
    assert german.get_latest_revision().content["title"] != "Etwas anderes"


def test_no_going_back_to_older_words(
    page: LeafletPage, german: LeafletPage, team: Team, joost: AbstractUser
) -> None:
    older = german.get_latest_revision()
    draft = german.get_latest_revision_as_object()
    draft.title = "Neuere Worte"
    draft.save_revision(user=team.admin)
    with pytest.raises(PermissionDenied):
        older.as_object().save_revision(user=joost, previous_revision=older)


def test_no_words_of_a_front_page(client: Client, clinic: Clinic, joost: AbstractUser) -> None:
    german, dutch, english = (clinic.homes[code] for code in ("de", "nl", "en"))
    for home in (german, dutch, english):
        home.save_revision().publish()
    german.title = "Ganz andere Klinik"
    with pytest.raises(PermissionDenied):
        german.save_revision(user=joost)
    client.force_login(joost)
    url = reverse("wagtailadmin_pages:edit", args=[german.pk])
    form = BeautifulSoup(client.get(url).content, "html.parser").find(id="page-edit-form")
    sent = {
        field["name"]: field.get("value") or field.text
        for field in form.select("input[name]:not([type=checkbox]), textarea[name]")
    }
    html = client.post(url, {**sent, "title": "Ganz andere Klinik"}).content.decode()
    assert "You may not translate into de." in html
    assert 'value="Ganz andere Klinik"' in html  # what was typed is there still
    assert german.get_latest_revision().content["title"] != "Ganz andere Klinik"
    for home in (dutch, english):  # their own language, and the page that the others come from
        home.title = "Andere kliniek"
        home.save_revision(user=joost)


def test_no_words_of_the_glossary(client: Client, german: LeafletPage, joost: AbstractUser) -> None:
    english, dutch, germans = (Locale.objects.get(language_code=c) for c in ("en", "nl", "de"))
    term = GlossaryTerm.objects.create(term="needle", locale=english)
    key = {"translation_key": term.translation_key}
    other = GlossaryTerm.objects.create(term="Nadel", locale=germans, **key)
    own = GlossaryTerm.objects.create(term="naald", locale=dutch, **key)
    for codename in ("change_glossaryterm", "add_glossaryterm"):
        joost.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(joost)

    def save(row: GlossaryTerm, words: str) -> str:
        url = reverse(GlossaryTerm.snippet_viewset.get_url_name("edit"), args=[row.pk])
        html: str = client.post(url, {"term": words, "definition": ""}).content.decode()
        row.refresh_from_db()
        return html

    assert "You may not work on translations into this language." in save(other, "Hammer")
    assert other.term == "Nadel"
    save(own, "dunne naald")
    assert own.term == "dunne naald"
    shared = term.translation_key
    rows = [TermRow(shared, "de", "Zange", line=2), TermRow(shared, "nl", "naaldje", line=3)]
    with pytest.raises(FileRefused, match="you do not work on the language de"):
        import_terms(rows, "g.csv", user=joost)
    other.refresh_from_db()
    own.refresh_from_db()
    assert (other.term, own.term) == ("Nadel", "dunne naald")
    assert import_terms(rows[1:], "g.csv", user=joost).changed == 1


# -- the audit log --------------------------------------------------------------------------------


def _import(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    file = translation_file(Edition.objects.get(locale="en"), "nl")
    units = [u for u in file.units if u.path == "title"]
    done = replace(file, units=(replace(units[0], target="Droge naalden", state="translated"),))
    import_file(done, "dry-needling.nl.po", user=team.translator, dry_run=True)
    import_file(done, "dry-needling.nl.po", user=team.translator)


def _machine(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    dummy = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}
    with override_settings(PATIENTINFO={"MACHINE_TRANSLATOR": dummy}):
        fill_by_machine(dutch, team.translator)


def _together(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    finish(page, dutch, team)
    publish_together(page, [dutch], team.signer)


ACTS: dict[str, tuple[Callable[..., None], set[str]]] = {
    "import": (_import, {"translation_imported"}),
    "machine": (_machine, {"machine_translated"}),
    "together": (
        _together,
        {"segment_saved", "segment_checked", "translation_signed", "published_together"},
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_in_the_audit_log(
    page: LeafletPage, dutch: LeafletPage, team: Team, act: str
) -> None:
    """Comments, dismissals, parts and sending have tests of their own beside what they do."""
    assert PageLogEntry.objects.filter(action="patientinfo.sent_for_translation").count() == 1
    PageLogEntry.objects.all().delete()
    do, wanted = ACTS[act]
    do(page, dutch, team)
    entries = PageLogEntry.objects.filter(action__startswith="patientinfo.")
    found = {entry.action.removeprefix("patientinfo.") for entry in entries}
    assert found == wanted
    assert all(entry.user_id for entry in entries)
    if act == "import":
        told = entries.get().data
        assert (told["file"], told["stored"], told["comments"]) == ("dry-needling.nl.po", 1, 0)


def test_the_log_can_be_read_in_the_admin(
    client: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    client.force_login(team.admin)
    html = client.get(reverse("wagtailadmin_pages:history", args=[dutch.pk])).content.decode()
    assert "Sent for translation" in html


def test_nobody_writes_into_an_alias_that_was_made_a_page(
    page: LeafletPage, joost: AbstractUser
) -> None:
    german = Locale.objects.get(language_code="de")
    alias = page.copy_for_translation(german, copy_parents=True, alias=True)
    ConvertAliasPageAction(alias, user=joost).execute(skip_permission_checks=True)
    mine = LeafletPage.objects.get(pk=alias.pk)
    mine.summary = "Ganz neue deutsche Worte."
    with pytest.raises(PermissionDenied):
        mine.save_revision(user=joost)
