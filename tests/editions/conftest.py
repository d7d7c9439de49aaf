"""A clinic with one leaflet in two languages, and a picture in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import bodies, builders
from tests.builders import Clinic
from tests.worlds import World, world_of


@pytest.fixture(scope="module")
def media_of_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("world")


@pytest.fixture(autouse=True)
def media_of_one_test(
    settings: Settings, tmp_path: Path, world: World | None, media_of_world: Path
) -> None:
    """Files of editions are named by their content, so tests that damage them would meet."""
    own = tmp_path / "media"
    shutil.copytree(media_of_world, own)
    settings.MEDIA_ROOT = str(own)


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    media_of_world: Path,
) -> Iterator[World | None]:
    """What the module's tests share, if it says so; see `tests.worlds`."""
    with ExitStack() as stack:
        with override_settings(MEDIA_ROOT=str(media_of_world)):
            made = stack.enter_context(world_of(request, django_db_blocker, make_page))
        yield made


def make_page(clinic: Clinic) -> LeafletPage:
    pictures = bodies.section(
        "What does it look like?",
        bodies.picture(builders.make_image(), key="needle"),
        key="pictures",
    )
    return builders.make_leaflet(clinic, sections=[*bodies.sample_sections(), pictures])


@pytest.fixture
def clinic(world: World | None, db: None) -> Clinic:
    return world.own_clinic() if world else builders.make_site()


@pytest.fixture
def page(world: World | None, clinic: Clinic) -> LeafletPage:
    """English, live, edition 1, with a picture."""
    return builders.fresh(world.page) if world else make_page(clinic)


@pytest.fixture
def dutch(world: World | None, page: LeafletPage) -> LeafletPage:
    """The same leaflet in Dutch, live, edition 1."""
    if world and world.dutch:
        return builders.fresh(world.dutch)
    return builders.translate(page, "nl")
