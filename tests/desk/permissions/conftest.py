"""An officer signed in, and one leaflet in two languages to decide about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from pytest_django import DjangoDbBlocker

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.licensing.request_models import PermissionRequest
from tests import bodies, builders
from tests.licensing.asking import make_officer, make_request, make_wish
from tests.worlds import built_once


@pytest.fixture
def officer(db: None) -> AbstractUser:
    return make_officer()


@pytest.fixture
def desk(client: Client, officer: AbstractUser) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LeafletPage]:
    """With a photo of somebody else, in English and Dutch; the same for all tests of a module."""

    def build() -> LeafletPage:
        clinic = builders.make_site(("en", "nl"))
        picture = bodies.picture(builders.make_image(clinic.locales), "needle")
        sections = [*bodies.sample_sections(), bodies.section("Picture", picture)]
        made = builders.make_leaflet(clinic, sections=sections)
        builders.translate(made, "nl")
        return made

    with built_once(django_db_blocker, build) as made:
        yield made


@pytest.fixture
def page(built: LeafletPage, db: None) -> LeafletPage:
    return builders.fresh(built)


@pytest.fixture
def asked(page: LeafletPage) -> PermissionRequest:
    """The leaflet's text and photos in Dutch and German, for a website and 500 copies."""
    return make_request(
        wish=make_wish(
            leaflets=frozenset({str(page.translation_key)}),
            locales=frozenset({"nl", "de"}),
            parts=frozenset({"text", "photos"}),
            uses={"website": {}, "print": {"run": 500}},
            territory=frozenset({"NL"}),
        )
    )
