"""The clinic full of canaries, built once for the modules that walk through it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from patientinfo.api import details, filters
from patientinfo.licensing import guard
from patientinfo.management.catalogs import compile_catalogs
from patientinfo.management.commands.messages import project_catalogs
from tests.leaks.canaries import Register
from tests.leaks.clinic import Planted, build_clinic
from tests.leaks.readers import People, let_people_in
from tests.leaks.walk import Walk
from tests.worlds import built_once


@dataclass
class Scene:
    """What stands in the database before each test."""

    planted: Planted
    people: People

    def walk(self, level: str) -> Walk:
        return Walk(self.planted, self.people, level)


@pytest.fixture(autouse=True, scope="session")
def compiled_catalogs() -> None:
    """Writes the .mo files that are missing or older than their catalogs."""
    compile_catalogs(project_catalogs())


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, own_media: Path
) -> Iterator[Scene]:
    def build() -> Scene:
        planted = build_clinic(Register())
        return Scene(planted, let_people_in(planted))

    with built_once(django_db_blocker, build) as scene:
        yield scene


@pytest.fixture
def scene(built: Scene, db: None) -> Iterator[Scene]:
    """The clinic, asked by a process that keeps nothing from before; Wagtail's API is mounted."""
    details.forget()
    filters.list_queries.cache_clear()
    with override_settings(ROOT_URLCONF="tests.leaks.urls"):
        yield built
    details.forget()


def guard_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything to everybody, wherever the guard is asked."""
    decide = guard.decide
    for name, module in list(sys.modules.items()):
        if name.startswith("patientinfo.") and getattr(module, "decide", None) is decide:
            monkeypatch.setattr(module, "decide", lambda *_args: guard.EVERYTHING)
