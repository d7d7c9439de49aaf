"""An issued leaflet, built once for the modules that say so: see `tests.worlds`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import Clinic
from tests.worlds import World, world_of


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World | None]:
    """What the module's tests share, if it says so."""
    with world_of(request, django_db_blocker) as made:
        yield made


@pytest.fixture
def clinic(world: World, db: None) -> Clinic:
    return world.own_clinic()


@pytest.fixture
def page(world: World, clinic: Clinic) -> LeafletPage:
    """English, live, edition 1."""
    return builders.fresh(world.page)
