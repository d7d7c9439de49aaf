"""A leaflet in a frame: who may frame it, and what the frame holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patientinfo.editions.models import CatalogueEntry
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.licensing.access_keys import issue_key, revoke_key
from patientinfo.licensing.actions import grant_licence, suspend_licence
from patientinfo.licensing.models import AccessKey, UsageCount
from patientinfo.partners.embedding import embeddings_of
from tests import bodies, builders
from tests.licences import make_licence
from tests.worlds import once

pytestmark = pytest.mark.django_db
PARTNER = "https://harbour.example"
ADDRESS = "/en/dry-needling/embed/"


#: Later than the tests that build a clinic of their own.
built_later = once(lambda: builders.make_leaflet(builders.make_site(("en", "nl"))))


@pytest.fixture
def leaflet(built_later: LeafletPage, db: None) -> LeafletPage:
    return builders.fresh(built_later)


@pytest.fixture
def level(settings):
    """`level("read", EMBED_ORIGINS=[…])`: the site's default level and more settings."""

    def choose(name: str, **more: Any) -> None:
        settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_ACCESS": name, **more}

    return choose


def around(response: Any) -> str:
    """Who may frame it, as browsers are told."""
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    return policy["frame-ancestors"]


def key_of(licence: Any) -> Any:
    return issue_key(licence, "Website", by="a test", origins=[PARTNER])[0]


@pytest.mark.parametrize("name", ["catalogue", "read", "full"])
def test_nobody_may_frame_a_leaflet_by_themselves(leaflet, level, client, name):
    level(name)
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert (around(response), response["X-Frame-Options"]) == ("'none'", "DENY")
    assert client.get("/en/dry-needling/")["X-Frame-Options"] == "DENY"


def test_the_setting_names_who_may(leaflet, level, client):
    level("read", EMBED_ORIGINS=["https://www.clinic.example", "http://localhost:8080"])
    response = client.get(ADDRESS)
    assert around(response) == "https://www.clinic.example http://localhost:8080"
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize("wrong", ["clinic.example", "https://x; script-src *", "https://x/path"])
def test_a_setting_that_is_no_origin_is_refused(leaflet, level, client, wrong):
    level("read", EMBED_ORIGINS=[wrong])
    with pytest.raises(ImproperlyConfigured, match="no origin"):
        client.get(ADDRESS)


# Of a licence


def of(licence: Any, address: str = ADDRESS) -> str:
    return f"{address}{licence.number}/"


def test_a_licence_for_websites_opens_its_frame_for_its_keys_pages(leaflet, level, client):
    level("read", EMBED_ORIGINS=["https://www.clinic.example"])
    licence = make_licence()
    key = key_of(licence)
    issue_key(make_licence(), "Page", by="a test", origins=["https://other.example"])
    response = client.get(of(licence))
    assert around(response) == PARTNER
    assert "X-Frame-Options" not in response
    assert response["Cache-Control"] == "private, no-cache"
    revoke_key(key, by="a test")
    again = client.get(of(licence), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, around(again)) == (200, "'none'")


def test_no_address_tells_who_the_partners_are(leaflet, level, client):
    level("full")
    licences = [make_licence(), make_licence()]
    issue_key(licences[0], "Page", by="a test", origins=[PARTNER])
    assert around(client.get(ADDRESS)) == around(client.get(of(licences[1]))) == "'none'"


def test_a_frame_costs_the_same_however_many_partners_there_are(leaflet, level, client):
    level("read")
    licence = make_licence()
    key_of(licence)
    client.get(of(licence))
    for _ in range(5):
        key_of(make_licence())
    with CaptureQueriesContext(connection) as asked:
        client.get(of(licence))
    tables = ('FROM "patientinfo_licence"', 'FROM "patientinfo_accesskey"')
    assert [[t in q["sql"] for q in asked].count(True) for t in tables] == [1, 1]


@pytest.mark.parametrize("number", ["P26-0000-0000", "x", "P26-7KQ4-M9XD"])
def test_a_number_of_no_licence_is_no_address(leaflet, level, client, number):
    level("full")
    assert client.get(f"{ADDRESS}{number}/").status_code == 404
    assert client.get(f"{ADDRESS}{make_licence().number}/more/").status_code == 404


@pytest.mark.parametrize(
    "terms",
    [
        {"uses": {"print": {}}},
        {"locales": frozenset({"nl"})},
        {"parts": frozenset({"photos"})},
        {"leaflets": frozenset({"4b1f6c52-8a0e-4d6b-9f37-2c5d0e9a7b14"})},
    ],
    ids=["use", "language", "part", "leaflet"],
)
def test_what_a_licence_does_not_cover_stays_closed(leaflet, level, client, terms):
    licence = make_licence(**terms)
    key_of(licence)
    level("full")
    assert around(client.get(of(licence))) == "'none'"
    level("read")
    response = client.get(of(licence))
    assert around(response) == "'none'"
    assert "a knot in a muscle" not in response.content.decode()
    assert UsageCount.objects.count() == 0


def test_the_frame_closes_with_the_licence(leaflet, level, client):
    level("read")
    licence = make_licence()
    key_of(licence)
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        response = client.get(of(licence))
        assert (response.status_code, around(response)) == (403, "'none'")
    assert around(client.get(of(licence))) == PARTNER
    suspend_licence(licence, by="a test", reason="unpaid")
    response = client.get(of(licence))
    assert (response.status_code, around(response)) == (403, "'none'")
    assert "a knot in a muscle" not in response.content.decode()


def test_the_frame_of_a_renewed_licence_leads_to_the_new_one(leaflet, level, client):
    level("read")
    licence = make_licence()
    key_of(licence)
    new = grant_licence(licence.licensee, licence.terms, by="a test", replaces=licence)
    AccessKey.objects.update(licence=new)
    response = client.get(of(licence), follow=True)
    assert response.redirect_chain == [(f"../{new.number}/", 302)]
    assert around(response) == PARTNER


@pytest.fixture
def with_photos() -> Any:
    """A leaflet with a photo that may be passed on and one that may not."""
    site = builders.make_site(("en",))
    photos = []
    for title, may in (("ours", True), ("theirs", False)):
        colour = "teal" if may else "navy"
        photo = builders.make_image(site.locales, title=title, colour=colour)
        photo.may_sublicense = may
        photo.save()
        photos.append(bodies.picture(photo, f"photo-{title}", alt=f"Photo {title}"))
    sections = [bodies.section("What it is", bodies.paragraph("A knot."), *photos)]
    return builders.make_leaflet(site, title="Dry needling", sections=sections)


@pytest.mark.parametrize(
    ("parts", "shown", "said"),
    [
        ({"text"}, [], "The pictures: they may be shown only with permission."),
        (
            {"text", "photos"},
            ["Photo ours"],
            "Some pictures: their owners have not allowed that they are passed on.",
        ),
    ],
    ids=["text", "both"],
)
def test_a_frame_holds_the_photos_that_its_licence_gives(
    with_photos, level, client, parts, shown, said
):
    level("read")
    licence = make_licence(parts=frozenset(parts))
    page = BeautifulSoup(client.get(of(licence)).content, "html.parser")
    assert [image["alt"] for image in page.find_all("img")] == shown
    assert "A knot." in page.get_text()
    assert licence.number in page.get_text()
    assert said in page.get_text()
    for image in page.find_all("img"):
        assert licence.number in image["src"]
        assert client.get(image["src"]).status_code == 200
        suspend_licence(licence, by="a test", reason="unpaid")
        assert client.get(image["src"]).status_code == 404


def test_the_line_that_a_partner_copies_is_the_frame_of_its_licence(leaflet, level, client):
    level("read")
    licence = make_licence()
    key_of(licence)
    (line,) = embeddings_of(licence, "en")
    address = (
        BeautifulSoup(line.frame, "html.parser").iframe["src"].removeprefix("http://testserver")
    )
    assert address == of(licence)
    assert around(client.get(address)) == PARTNER


def test_what_a_frame_shows_is_counted_for_its_licence(leaflet, level, client):
    level("read")
    licence = make_licence()
    first = client.get(of(licence))
    client.get(of(licence), headers={"If-None-Match": first["ETag"]})
    client.get(ADDRESS)
    names = ("licence", "locale", "edition", "channel", "count")
    assert list(UsageCount.objects.values_list(*names)) == [(licence.pk, "en", 1, "frame", 2)]


@pytest.mark.parametrize("status", ["withdrawn", "recalled"])
def test_a_frame_says_that_its_leaflet_was_taken_back(leaflet, level, client, status):
    level("full", EMBED_ORIGINS=["https://www.clinic.example"])
    licence = make_licence()
    key_of(licence)
    leaflet.unpublish()
    CatalogueEntry.objects.update(status=status)
    for address, origin in ((of(licence), PARTNER), (ADDRESS, "https://www.clinic.example")):
        response = client.get(address)
        assert (response.status_code, around(response)) == (410, origin)
        assert "a knot in a muscle" not in response.content.decode()
    for nowhere in (f"{of(licence)}x/", f"{ADDRESS}P26-0000-0000/", f"{ADDRESS}x/", "/en/x/embed/"):
        assert client.get(nowhere).status_code == 404


# What it holds


@pytest.mark.parametrize(
    ("name", "status", "shown"),
    [
        ("read", "current", (200, True)),
        ("catalogue", "current", (200, False)),
        ("full", "held", (200, False)),
        ("full", "withdrawn", (410, False)),
    ],
)
def test_a_frame_shows_what_its_page_shows(leaflet, level, client, name, status, shown):
    level(name)
    CatalogueEntry.objects.update(status=status)
    response = client.get(ADDRESS)
    page = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, "a knot in a muscle" in page.get_text()) == shown
    assert page.h1.get_text() == "Dry needling"


def test_nothing_acts_in_a_frame_and_links_open_beside_it(leaflet, level, client):
    level("read")
    response = client.get(ADDRESS)
    page = BeautifulSoup(response.content, "html.parser")
    assert page.find(["script", "form", "iframe"]) is None
    assert "default-src 'none'" in response["Content-Security-Policy"]
    for link in page.find_all("a"):
        assert (link.get("target") == "_blank") is not link["href"].startswith("#")
    home = page.select_one(".embed__foot a")
    assert home["href"] == "http://testserver/en/dry-needling/"
    assert response["X-Robots-Tag"] == "noindex"


def test_a_frame_leads_to_no_other_language(leaflet, client):
    builders.translate(leaflet, "nl")
    page = BeautifulSoup(client.get(ADDRESS).content, "html.parser")
    assert page.select(".section")
    assert not page.select("noscript, .elsewhere")
