"""
Clinics that are built once for all tests of a module.

Building a leaflet and issuing it is most of what a test of the authoring stages costs. A module
that says what it needs in a constant

    WORLD = "dutch"        # "page": an English leaflet; "dutch": and its Dutch translation

gets it in a transaction around all its tests; each test runs in a savepoint of its own, so what one
changes no other sees. Not for transactional tests.

Where tests differ in what they need, another fixture of the module adds to what is there; the tests
that ask for it come after those that do not, and those that ask for nothing come first.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import Clinic

Built = TypeVar("Built")


@dataclass
class World:
    """What stands in the database before each test of a module."""

    clinic: Clinic
    page: LeafletPage
    dutch: LeafletPage | None

    def own_clinic(self) -> Clinic:
        """The clinic for one test, which may change its rows."""
        return copy.deepcopy(self.clinic)


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """
    Within each module, those that need less of its world first; else as they come. The modules with
    a browser are begun first, for they take the longest: so no process ends long after the others.

    What is built for a module stays until its last test; so a test without it, between two that
    have it, would find rows that it does not expect.
    """
    modules = {name: at for at, name in enumerate(dict.fromkeys(map(_module, items)))}

    def place(item: pytest.Item) -> tuple[bool, int, int]:
        quick = item.get_closest_marker("browser") is None
        return quick, modules[_module(item)], _built_for_module(item)

    return sorted(items, key=place)


def _built_for_module(item: pytest.Item) -> int:
    """How many fixtures of its module the test stands on."""
    known = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    return sum(found[-1].scope == "module" for found in known.values())


def _module(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


@contextmanager
def built_once(blocker: DjangoDbBlocker, build: Callable[[], Built]) -> Iterator[Built]:
    """What `build` makes, in a transaction that ends with the block; tests run inside it."""
    atomic = transaction.atomic()
    with blocker.unblock():
        atomic.__enter__()
    try:
        with blocker.unblock():
            made = build()
        yield made
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


def once(build: Callable[[], Built]) -> Callable[..., Iterator[Built]]:
    """A fixture: what `build` makes, the same for all tests of a module."""

    @pytest.fixture(scope="module")
    def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Built]:
        with built_once(django_db_blocker, build) as it:
            yield it

    return made


@contextmanager
def world_of(
    request: pytest.FixtureRequest,
    blocker: DjangoDbBlocker,
    make_page: Callable[[Clinic], LeafletPage] = builders.make_leaflet,
) -> Iterator[World | None]:
    """The world that a test module asks for; None when it asks for none."""
    wanted = getattr(request.module, "WORLD", "")
    if not wanted:
        yield None
        return
    with built_once(blocker, lambda: make_world(make_page, dutch=wanted == "dutch")) as world:
        yield world


def make_world(
    make_page: Callable[[Clinic], LeafletPage] = builders.make_leaflet, *, dutch: bool = False
) -> World:
    clinic = builders.make_site()
    page = make_page(clinic)
    return World(clinic, page, builders.translate(page, "nl") if dutch else None)
