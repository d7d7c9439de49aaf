"""An address that stands on paper leads to its page, whatever that is called by now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import Clinic

pytestmark = pytest.mark.django_db
WORLD = "page"


@pytest.fixture
def renamed(django_capture_on_commit_callbacks: Any) -> Callable[[Page, str], None]:
    """`renamed(page, slug)`: publishes it at another address. Wagtail hears of it on commit."""

    def rename(page: Page, slug: str) -> None:
        fresh = page.specific_class.objects.get(pk=page.pk)
        fresh.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            fresh.save_revision().publish()

    return rename


@pytest.fixture
def moved(page: LeafletPage, renamed: Callable[[Page, str], None]) -> str:
    """The old address of a leaflet that has another slug by now."""
    renamed(page, "thin-needles")
    return str(page.url)


def test_another_slug(client: Client, page: LeafletPage, moved: str) -> None:
    answer = client.get(f"{moved}?from=paper")
    assert (answer.status_code, answer["Location"]) == (301, "/en/thin-needles/")
    assert client.get(answer["Location"]).status_code == 200


def test_an_index_that_moves_takes_its_leaflets_along(
    client: Client, clinic: Clinic, page: LeafletPage, renamed: Callable[[Page, str], None]
) -> None:
    old = page.url
    index = clinic.homes["en"].add_child(instance=LeafletIndexPage(title="All", slug="all"))
    builders.fresh(page).move(index, pos="last-child")
    assert client.get(old)["Location"] == f"/en/all/{page.slug}/"
    renamed(index, "leaflets")
    for address in (old, f"/en/all/{page.slug}/"):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain[-1] == (f"/en/leaflets/{page.slug}/", 301)
        assert answer.status_code == 200


def test_a_leaflet_that_is_gone_is_gone_at_its_old_address_too(
    client: Client, page: LeafletPage, moved: str
) -> None:
    builders.fresh(page).unpublish()
    gone = client.get("/en/thin-needles/")
    assert client.get(moved, follow=True).status_code == gone.status_code != 200
    builders.fresh(page).delete()
    assert client.get(moved, follow=True).status_code == 404
    assert not Redirect.objects.exists()


def test_an_address_is_another_leaflets_when_that_has_it_now(
    client: Client, clinic: Clinic, moved: str, renamed: Callable[[Page, str], None]
) -> None:
    slug = moved.strip("/").split("/")[-1]
    other = builders.make_leaflet(clinic, title="Another leaflet")
    renamed(other, slug)
    assert b"Another leaflet" in client.get(moved).content


@pytest.mark.parametrize("odd", ["/en/%00/", "/en/%ff/", "/en/" + "a" * 3000 + "/", "/en/?a=%00"])
def test_odd_addresses_are_nothing_worse_than_unknown(
    client: Client, page: LeafletPage, odd: str
) -> None:
    assert client.get(odd).status_code in {200, 400, 404}
