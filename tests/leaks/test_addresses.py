"""No address and no operation without a kind."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from wagtail.models import Page, get_page_models

from patientinfo.api.api import api
from patientinfo.leaflets import below
from patientinfo.leaflets.front_page import FrontPage
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests.leaks.addresses import ADDRESSES, BELOW, OPERATIONS, TREES, Kind, Unclassified, kind_of
from tests.leaks.routes import routes
from tests.leaks.urls import urlpatterns as the_sites

URLCONF = "tests.leaks.urls"

urlpatterns = [*the_sites, path("api/v1/new/", HttpResponse, name="new")]


def classify(urlconf: str | None = None) -> list[Kind]:
    return [kind_of(route.spelling, route.module) for route in routes(urlconf)]


@override_settings(ROOT_URLCONF=URLCONF)
def test_every_address_has_a_kind() -> None:
    assert classify()


@override_settings(ROOT_URLCONF=URLCONF)
def test_the_table_names_no_address_that_is_gone() -> None:
    assert set(ADDRESSES) <= {route.spelling for route in routes()}


def test_a_new_address_has_to_be_classified() -> None:
    with pytest.raises(Unclassified, match="api/v1/new/"):
        classify(__name__)


def test_our_own_code_is_never_classified_by_a_tree() -> None:
    for packages, _kind in TREES.values():
        assert not {"patientinfo", "cms", "home"} & set(packages)
    with pytest.raises(Unclassified):
        kind_of("admin/something/new/", "patientinfo.desk.views")


def test_every_address_below_a_leaflet_has_a_kind() -> None:
    """They stand behind the one route of all pages, so no resolver knows of them."""
    shapes = {(place, n) for place, of in below.BELOW.items() for n in range(of.least, of.most + 1)}
    classified = {(parts[0], len(parts) - 1) for parts in (a.strip("/").split("/") for a in BELOW)}
    assert shapes == classified


def test_no_other_page_answers_below_itself() -> None:
    """A front page leads to the one of the language that is asked for, and that to its pages."""
    for model in get_page_models():
        assert model is LeafletPage or model.route in {Page.route, FrontPage.route}, model


def test_every_operation_of_openapi_has_a_kind() -> None:
    found = {
        operation["operationId"]
        for methods in api.get_openapi_schema()["paths"].values()
        for operation in methods.values()
        if "operationId" in operation
    }
    assert found == set(OPERATIONS)
