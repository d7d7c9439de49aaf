"""A clinic, and one leaflet in English and Dutch, built once for a module: see `tests.worlds`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import Clinic
from tests.worlds import World, built_once, make_world, once

world = once(make_world)


@pytest.fixture(scope="module")
def built_later(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[LeafletPage]:
    """The Dutch page."""
    with built_once(django_db_blocker, lambda: builders.translate(world.page, "nl")) as made:
        yield made


@pytest.fixture
def clinic(world: World, db: None) -> Clinic:
    return world.own_clinic()


@pytest.fixture
def page(world: World, db: None) -> LeafletPage:
    return builders.fresh(world.page)


@pytest.fixture
def dutch(built_later: LeafletPage, db: None) -> LeafletPage:
    return builders.fresh(built_later)
