"""Leaflets × languages on one page."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry

from patientinfo.desk.matrix import summary
from patientinfo.desk.publishing import TOGETHER
from patientinfo.editions.models import Edition
from patientinfo.exchange.kinds import KINDS
from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.editing import Edit, save_segment
from patientinfo.translation.progress import refresh_progress
from patientinfo.translation.sending import send_for_translation
from tests import builders
from tests.builders import Clinic
from tests.fixtures_desk import Team, finish, segment


@pytest.fixture
def as_admin(client: Client, team: Team) -> Client:
    client.force_login(team.admin)
    return client


def look(client: Client, **query: str) -> Any:
    return client.get(reverse("patientinfo_matrix"), query)


def titles(client: Client, **query: str) -> list[str]:
    return [row.source.title for row in look(client, **query).context["rows"]]


def act(client: Client, action: str, pages: list[LeafletPage], *languages: str) -> str:
    data = {"action": action, "leaflet": [page.pk for page in pages], "language": languages}
    answer = client.post(reverse("patientinfo_matrix_act"), data, follow=True)
    return answer.content.decode()


def test_each_cell_says_how_far_it_is(
    as_admin: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    refresh_progress(page.translation_key)
    html = look(as_admin).content.decode()
    assert "<strong>100 %</strong>" in html
    assert html.count("Waiting for sign-off") == 2  # the filter, and the cell
    assert html.count("Not begun") == 3
    [row] = look(as_admin).context["rows"]
    assert [cell.state for cell in row.cells].count("waiting") == 1


def test_filters_order_and_search(
    as_admin: Client, clinic: Clinic, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    builders.make_leaflet(clinic, title="Acupuncture")
    finish(page, dutch, team)
    refresh_progress(page.translation_key)
    assert titles(as_admin) == ["Acupuncture", "Dry needling"]
    assert titles(as_admin, order="-title") == ["Dry needling", "Acupuncture"]
    assert titles(as_admin, order="changed")[0] == "Acupuncture"
    assert titles(as_admin, q="needling") == ["Dry needling"]
    assert titles(as_admin, show="waiting") == ["Dry needling"]
    assert titles(as_admin, show="missing") == ["Acupuncture", "Dry needling"]
    assert titles(as_admin, show="behind") == []
    assert titles(as_admin, show="nonsense", order="nonsense", p="nonsense") == titles(as_admin)
    builders.reword(page, {"trigger/text": "<p>A tight knot.</p>"})
    refresh_progress(page.translation_key)
    assert titles(as_admin, show="behind") == ["Dry needling"]
    assert titles(as_admin, show="unfinished") == ["Dry needling"]
    assert summary()["waiting"] == 0


def test_leaflets_written_in_another_language_are_there_too(
    as_admin: Client, clinic: Clinic, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    own = builders.make_leaflet(clinic, title="Rugpijn", locale="nl")
    rows = {row.source.title: row for row in look(as_admin).context["rows"]}
    states = {title: {cell.locale: cell.state for cell in row.cells} for title, row in rows.items()}
    assert states["Dry needling"]["en"] == states["Rugpijn"]["nl"] == "source"
    assert states["Dry needling"]["nl"] == "working"
    assert states["Rugpijn"]["en"] == "missing"
    assert f"/translations/{own.pk}/" not in look(as_admin).content.decode()
    assert "1 translation is ready to be worked on." in act(as_admin, "send", [own], "en", "nl")
    rows = {row.source.title: row for row in look(as_admin).context["rows"]}
    assert {cell.locale: cell.page_id for cell in rows["Rugpijn"].cells}["en"]


def test_a_source_that_only_grew_leaves_its_translation_behind(
    as_admin: Client, page: LeafletPage, signed: LeafletPage
) -> None:
    builders.reword(page, {}, summary="A longer summary of the leaflet.")
    assert titles(as_admin, show="behind") == ["Dry needling"]
    assert summary()["behind"] == 1
    assert titles(as_admin, show="late") == ["Dry needling"]


def test_what_readers_have_behind_is_not_what_is_held(
    as_admin: Client, page: LeafletPage, signed: LeafletPage
) -> None:
    builders.reword(page, {}, summary="A warning.", significance="safety")
    assert titles(as_admin, show="behind") == titles(as_admin, show="held") == ["Dry needling"]
    assert (summary()["behind"], titles(as_admin, show="late")) == (0, [])


def test_nothing_is_looked_for_that_no_database_can_hold(as_admin: Client) -> None:
    assert titles(as_admin, q="nee\0dling") == titles(as_admin) == ["Dry needling"]


def test_it_is_ordered_by_what_is_to_be_done(
    as_admin: Client, clinic: Clinic, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    half = builders.make_leaflet(clinic, title="Half", review_due="2030-01-01")
    builders.make_leaflet(clinic, title="Never begun")
    finish(page, dutch, team)
    refresh_progress(page.translation_key)
    begun = send_for_translation(half, dutch.locale, team.admin)
    wrong = Edit("Bij 30 % van iedereen", 1)  # over what the memory had filled in
    save_segment(begun, segment(half, "odds-r-1/odds-c-2"), wrong, team.translator)
    refresh_progress(half.translation_key)
    assert titles(as_admin, order="percent") == ["Half", "Dry needling", "Never begun"]
    assert titles(as_admin, order="-percent") == ["Dry needling", "Half", "Never begun"]
    assert titles(as_admin, order="-findings") == ["Half", "Dry needling", "Never begun"]
    assert titles(as_admin, order="review")[0] == "Half"
    TranslationProgress.objects.filter(key=half.translation_key).update(
        waiting_since=timezone.now() - timedelta(days=40)
    )
    assert titles(as_admin, order="age") == ["Half", "Dry needling", "Never begun"]
    assert "untouched for 1\xa0month" in look(as_admin).content.decode()


def test_one_language_is_looked_at_alone(
    as_admin: Client, page: LeafletPage, dutch: LeafletPage
) -> None:
    assert titles(as_admin, show="unfinished", **{"in": "nl"}) == ["Dry needling"]
    assert titles(as_admin, show="unfinished", **{"in": "de"}) == []
    assert titles(as_admin, show="missing", **{"in": "nl"}) == []
    assert titles(as_admin, show="missing", **{"in": "de"}) == ["Dry needling"]
    assert titles(as_admin, **{"in": "xx"}) == ["Dry needling"]


def test_each_cell_names_state_percentage_age_and_findings(
    as_admin: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    wrong = Edit("Bij 30 % van iedereen", 0)
    save_segment(dutch, segment(page, "odds-r-1/odds-c-2"), wrong, team.translator)
    refresh_progress(page.translation_key)
    html = look(as_admin).content.decode()
    cell = html[html.index("pd-cell-working") :]
    cell = cell[: cell.index("</td>")]
    assert "In work" in cell
    assert re.search(r"<strong>\d+ %</strong>", cell)
    assert re.search(r"[1-9]\d* finding", cell)
    assert "untouched for 0" in cell


@pytest.mark.parametrize("number", ["²", "9" * 23, "9" * 5000, "-1", ""])
def test_what_is_no_number_of_a_leaflet_chooses_none(
    client: Client, page: LeafletPage, team: Team, number: str
) -> None:
    client.force_login(team.translator)
    data = {"action": "publish", "leaflet": number, "language": "nl"}
    answer = client.post(reverse("patientinfo_matrix_act"), data, follow=True)
    assert "Choose at least one leaflet" in answer.content.decode()


@pytest.mark.parametrize("kind", [*KINDS, "tmx"])
def test_the_files_of_the_chosen_are_one_download(
    client: Client, clinic: Clinic, page: LeafletPage, dutch: LeafletPage, team: Team, kind: str
) -> None:
    builders.make_leaflet(clinic, title="Acupuncture")
    client.force_login(team.translator)
    data = {"action": "export", "leaflet": page.pk, "language": ["nl", "de"], "format": kind}
    answer = client.post(reverse("patientinfo_matrix_act"), data)
    assert answer["Content-Disposition"] == f'attachment; filename="translations-{kind}.zip"'
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    (name,) = archive.namelist()
    assert name.startswith("dry-needling.nl.")


def test_a_download_needs_a_format_and_a_language_of_ones_own(
    client: Client, page: LeafletPage, team: Team
) -> None:
    client.force_login(team.translator)
    assert "Choose a format" in act(client, "export", [page], "nl")
    client.force_login(team.arabic)
    data = {"action": "export", "leaflet": page.pk, "language": "nl", "format": "po"}
    answer = client.post(reverse("patientinfo_matrix_act"), data, follow=True)
    assert "Choose a format" in answer.content.decode()


def test_an_alias_that_readers_see_is_not_taken_away_by_a_translator(
    client: Client, page: LeafletPage, team: Team
) -> None:
    alias = page.copy_for_translation(
        Locale.objects.get(language_code="nl"), copy_parents=True, alias=True
    )
    client.force_login(team.translator)
    assert "led to another language" in act(client, "send", [page], "nl")
    everything = {"action": "everything", "into": "nl"}
    answer = client.post(reverse("patientinfo_matrix_act"), everything, follow=True)
    assert "led to another language" in answer.content.decode()
    assert LeafletPage.objects.get(pk=alias.pk).live


def test_everything_is_sent_into_a_new_language_by_one_action(
    as_admin: Client, client: Client, clinic: Clinic, page: LeafletPage, team: Team
) -> None:
    index = clinic.homes["en"].add_child(instance=LeafletIndexPage(title="Leaflets", slug="all"))
    empty = clinic.homes["en"].add_child(instance=LeafletIndexPage(title="Empty", slug="none"))
    builders.make_leaflet(clinic, title="Acupuncture", parent=index)
    french = Locale.objects.create(language_code="fr")
    client.force_login(team.admin)
    data = {"action": "everything", "into": "fr", "view": "order=percent&p=1"}
    answer = client.post(reverse("patientinfo_matrix_act"), data, follow=True)
    assert answer.redirect_chain[0][0].endswith("?order=percent&p=1")
    assert "2 leaflets are there in" in answer.content.decode()
    made = Page.objects.filter(locale=french)
    assert made.count() == 5  # the front page, two indexes, two leaflets
    assert not made.filter(live=True).exists()
    assert not made.exclude(alias_of=None).exists()
    assert made.get(translation_key=empty.translation_key)
    leaflet = LeafletPage.objects.get(locale=french, title="Acupuncture")
    assert leaflet.get_parent().translation_key == index.translation_key
    assert act(client, "everything", []).count("Choose a language") == 1
    client.post(reverse("patientinfo_matrix_act"), data)
    assert made.count() == 5
    client.force_login(team.translator)
    german = client.post(reverse("patientinfo_matrix_act"), {"action": "everything", "into": "de"})
    assert german.status_code in (302, 403)
    assert not LeafletPage.objects.filter(locale__language_code="de").exists()


def test_queries_do_not_grow_with_leaflets(
    as_admin: Client, clinic: Clinic, page: LeafletPage, dutch: LeafletPage
) -> None:
    look(as_admin)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert look(as_admin).status_code == 200
        counts.append(len(queries))
        for more in range(4 * (1 - number)):
            leaflet = builders.make_leaflet(clinic, title=f"Leaflet {more}")
            builders.translate(leaflet, "nl", publish=False)
    assert counts[1] <= counts[0] < 40


def test_many_are_sent_at_once(as_admin: Client, clinic: Clinic, page: LeafletPage) -> None:
    other = builders.make_leaflet(clinic, title="Acupuncture")
    html = act(as_admin, "send", [page, other], "nl", "ar", "en")
    assert "4 translations are ready to be worked on." in html
    made = LeafletPage.objects.exclude(source_locale="")
    assert made.count() == 4
    assert not made.filter(live=True).exists()


def test_a_translator_sends_only_into_their_language(
    client: Client, page: LeafletPage, team: Team
) -> None:
    client.force_login(team.translator)
    html = act(client, "send", [page], "nl", "ar")
    assert "You may not translate into ar." in html
    made = LeafletPage.objects.exclude(source_locale="")
    assert [found.locale.language_code for found in made] == ["nl"]


def test_desks_of_other_languages_are_not_linked(
    client: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    link = f'href="/admin/translations/{dutch.pk}/"'
    client.force_login(team.arabic)
    assert link not in look(client).content.decode()
    client.force_login(team.checker)
    assert link in look(client).content.decode()


def test_what_is_ready_is_published_and_the_rest_is_named(
    as_admin: Client,
    client: Client,
    clinic: Clinic,
    page: LeafletPage,
    dutch: LeafletPage,
    team: Team,
) -> None:
    other = builders.make_leaflet(clinic, title="Acupuncture")
    begun = send_for_translation(other, dutch.locale, team.admin)
    save_segment(begun, segment(other, "title"), Edit("Acupunctuur", 0), team.translator)
    finish(page, dutch, team)
    client.force_login(team.signer)
    html = act(client, "publish", [page, other], "nl")
    assert "1 translation was published." in html
    assert "not translated" in html
    again = act(client, "publish", [page], "nl")
    assert "1 translation is published as it stands, and stays as it is." in again
    assert [edition.locale for edition in Edition.objects.exclude(locale="en")] == ["nl"]


def test_what_is_published_together_is_told_as_it_is(
    as_admin: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    nothing = act(as_admin, "together", [page], "nl")
    assert "Nothing of “Dry needling” was published" in nothing
    assert "was published with" not in nothing
    assert "not translated" in nothing
    assert not ModelLogEntry.objects.filter(action=TOGETHER).exists()
    assert not PageLogEntry.objects.filter(action=TOGETHER).exists()
    finish(page, dutch, team)
    signer = builders.make_person("R. Oot (fictional)")
    signer.user = team.admin
    signer.save()
    alone = act(as_admin, "together", [page], "nl")
    assert "1 translation was published." in alone
    assert "was published with" not in alone
    assert PageLogEntry.objects.filter(action=TOGETHER).exists()


@pytest.mark.parametrize(
    ("action", "languages", "said"),
    [("send", (), "Choose at least one leaflet"), ("burn", ("nl",), "Choose what to do.")],
)
def test_half_a_choice_does_nothing(
    as_admin: Client, page: LeafletPage, action: str, languages: tuple[str, ...], said: str
) -> None:
    assert said in act(as_admin, action, [page], *languages)
    assert LeafletPage.objects.count() == 1


def test_nobody_without_a_right_sees_it(client: Client, page: LeafletPage, team: Team) -> None:
    client.force_login(team.nobody)
    assert look(client)["Location"] == "/admin/"
    refused = client.post(
        reverse("patientinfo_matrix_act"), headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert refused.status_code == 403
    home = client.get("/admin/").content.decode()
    assert reverse("patientinfo_matrix") not in home


def test_the_home_page_counts(
    as_admin: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    refresh_progress(page.translation_key)
    html = as_admin.get("/admin/").content.decode()
    assert "1 translation waiting for sign-off" in html
    assert "0 translations held back" in html
    assert f"{reverse('patientinfo_matrix')}?show=late" in html


def test_the_panel_counts_what_the_matrix_shows(
    as_admin: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    refresh_progress(page.translation_key)
    LeafletPage.objects.filter(pk=page.pk).update(review_due="2020-01-01", live=False)
    assert (summary()["waiting"], summary()["review"]) == (1, 1)
    dutch.delete()
    assert (summary()["waiting"], summary()["review"]) == (0, 1)
    builders.fresh(page).delete()
    assert set(summary().values()) == {0}
    assert not TranslationProgress.objects.exists()
