"""Pictures and links of a language's own, at the desk."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.override_models import PartOverride
from tests import bodies, builders
from tests.builders import Clinic
from tests.fixtures_desk import Team

LINK = {"path": "intro/text", "link": "https://clinic.example/needles"}


def make_page(clinic: Clinic) -> LeafletPage:
    picture = bodies.picture(builders.make_image(), key="needle")
    sections = [*bodies.sample_sections(), bodies.section("A look", picture, key="look")]
    return builders.make_leaflet(clinic, sections=sections)


def desk(page: LeafletPage) -> str:
    return reverse("patientinfo_desk", args=[page.pk])


def picture_page(page: LeafletPage, path: str = "needle/alt") -> str:
    return reverse("patientinfo_desk_picture", args=[page.pk]) + f"?path={path}"


def test_a_link_is_led_elsewhere_with_and_without_the_script(
    client: Client, dutch: LeafletPage, team: Team
) -> None:
    client.force_login(team.translator)
    url = reverse("patientinfo_desk_link", args=[dutch.pk])
    answer = client.post(url, {**LINK, "href": "https://kliniek.example/"})
    assert answer.status_code == 302
    assert "https://kliniek.example/" in client.get(desk(dutch)).content.decode()
    script = {"X-Requested-With": "XMLHttpRequest"}
    answer = client.post(url, {**LINK, "href": "no address"}, headers=script)
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("Write a whole address")
    client.post(url, {**LINK, "href": ""}, headers=script)
    assert not PartOverride.objects.exists()


def test_a_picture_is_chosen_and_taken_back(client: Client, dutch: LeafletPage, team: Team) -> None:
    own = builders.make_image(title="Naald", colour="navy")
    client.force_login(team.admin)
    assert picture_page(dutch) in client.get(desk(dutch)).content.decode()
    assert "In the source" in client.get(picture_page(dutch)).content.decode()
    answer = client.post(picture_page(dutch), {"image": own.pk})
    assert answer.url == f"{desk(dutch)}#segment-needle_alt"
    assert PartOverride.objects.get().image == own
    assert "A picture of its own" in client.get(desk(dutch)).content.decode()
    assert "In this language" in client.get(picture_page(dutch)).content.decode()
    client.post(picture_page(dutch), {"take_back": "1"})
    assert not PartOverride.objects.exists()
    answer = client.post(picture_page(dutch), {"take_back": "1"})
    assert "This picture is the source&#x27;s already." in answer.content.decode()


def test_only_pictures_that_one_may_choose(client: Client, dutch: LeafletPage, team: Team) -> None:
    """The group Translators may; somebody in no group of Wagtail's may not."""
    from django.contrib.auth.models import Group

    own = builders.make_image(title="Naald", colour="navy")
    client.force_login(team.translator)
    assert client.post(picture_page(dutch), {"image": own.pk}).status_code == 200
    assert not PartOverride.objects.exists()
    team.translator.groups.add(Group.objects.get(name="Translators"))
    assert client.post(picture_page(dutch), {"image": own.pk}).status_code == 302


def test_a_picture_page_is_for_pictures_and_for_translators(
    client: Client, dutch: LeafletPage, team: Team
) -> None:
    client.force_login(team.admin)
    assert client.get(picture_page(dutch, "title"), follow=True).status_code == 404
    assert client.get(picture_page(dutch, "gone/alt"), follow=True).status_code == 404
    client.force_login(team.checker)
    assert client.get(picture_page(dutch)).status_code == 302
    assert not LeafletImage.objects.filter(title="Naald").exists()
