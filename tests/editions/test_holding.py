"""Nothing of a held translation is shown that the source has taken back."""

import html

import pytest
from django.test import Client

from patientinfo.editions.models import CatalogueEntry
from tests.builders import fresh, make_leaflet, make_site, publish_page, reword, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> CatalogueEntry:
    """A Dutch translation whose source has another summary, for safety."""
    site = make_site(("en", "nl"))
    page = make_leaflet(site)
    translate(page, "nl")
    entry = CatalogueEntry.objects.get(locale="nl")
    assert entry.summary
    page = fresh(page)
    page.summary, page.significance = "Never have it with a pacemaker.", "safety"
    publish_page(page)
    return entry


def addresses(entry: CatalogueEntry) -> list[str]:
    page = f"/api/v1/pages/{entry.key}/nl/"
    return [
        entry.html_path,
        "/nl/",
        "/api/v1/pages/?locale=nl",
        page,
        f"{page}editions/",
        f"{page}editions/1/",
        f"{page}editions/1/renditions/jsonld/",
        f"{page}renditions/jsonld/",
        f"{page}renditions/fragment/",
        f"{page}renditions/pdf/",
        "/fhir/R5/DocumentReference?language=nl",
        "/fhir/R5/Composition?language=nl",
        f"/infobutton?mainSearchCriteria.v.dn={entry.title}&informationRecipient.languageCode.c=nl",
    ]


def test_a_summary_that_the_source_has_taken_back_is_shown_nowhere(held, client: Client) -> None:
    now = CatalogueEntry.objects.get(locale="nl")
    assert (now.status, now.behind, now.summary) == ("held", ["summary"], "")
    assert held.summary.lower() not in now.catalogue_text.lower()
    titles = 0
    for path in addresses(held):
        answer = client.get(path, secure=True)
        said = html.unescape(answer.content.decode())
        assert held.summary not in said, path
        titles += held.title in said
    assert titles >= 4  # what is held is still named
    assert "Aangehouden" in client.get("/nl/").content.decode()


def test_a_leaflet_that_is_held_for_something_else_keeps_its_summary(client: Client) -> None:
    page = make_leaflet(make_site(("en", "nl")))
    translate(page, "nl")
    before = CatalogueEntry.objects.get(locale="nl")
    change = {"cramps/text": "<p>It may cause small temporary muscle cramps for 3 days.</p>"}
    reword(page, change, significance="safety")
    now = CatalogueEntry.objects.get(locale="nl")
    assert (now.status, now.summary) == ("held", before.summary)
    assert before.summary in html.unescape(client.get(now.html_path).content.decode())
