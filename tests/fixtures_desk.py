"""
A leaflet in translation, and the people who work on it: used by the tests of store and desk.

It is built once for a module (see `tests.worlds`): the clinic, the people and the leaflet, also for
a test that asks for a part only, and the Dutch page for those that need it. A module with another
leaflet has a function `make_page` for it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser, Group, Permission, User
from pytest_django import DjangoDbBlocker
from wagtail.models import Locale

from patientinfo.formats.segments import Segment
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.editing import Edit, check_segment, save_segment
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import segments_of_page
from patientinfo.translation.rights import LanguageRight
from patientinfo.translation.sending import send_for_translation
from patientinfo.translation.sign_off import sign_off
from tests import builders
from tests.builders import Clinic
from tests.worlds import built_once

PASSWORD = "a-password"


def make_member(name: str, locale: str, *rights: str, person: bool = False) -> AbstractUser:
    """Somebody who may do these things (`translate`, `check`, `sign_off`) in one language."""
    group = Group.objects.create(name=f"{name} of {locale}")
    group.permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    if rights:
        LanguageRight.objects.create(
            group=group,
            locale=Locale.objects.get(language_code=locale),
            **{f"may_{act}": act in rights for act in ("translate", "check", "sign_off")},
        )
    user = User.objects.create_user(name, f"{name}@clinic.example", PASSWORD)
    user.groups.add(group)
    if person:
        named = builders.make_person(f"{name.title()} (fictional)")
        named.user = user
        named.save()
    return user


@dataclass
class Team:
    """One person for each act in Dutch, a translator of Arabic, and one who may do nothing."""

    translator: AbstractUser
    checker: AbstractUser
    signer: AbstractUser
    arabic: AbstractUser
    nobody: AbstractUser
    admin: AbstractUser


@dataclass
class Desk:
    """What stands in the database before each test of a module."""

    clinic: Clinic
    team: Team
    page: LeafletPage


def build_desk(make_page: Callable[[Clinic], LeafletPage]) -> Desk:
    clinic = builders.make_site()
    team = Team(
        translator=make_member("joost", "nl", "translate", person=True),
        checker=make_member("carla", "nl", "check", person=True),
        signer=make_member("signe", "nl", "sign_off", person=True),
        arabic=make_member("salma", "ar", "translate", "check", "sign_off"),
        nobody=make_member("nemo", "nl"),
        admin=User.objects.create_superuser("root", "root@clinic.example", PASSWORD),
    )
    return Desk(clinic, team, make_page(clinic))


@pytest.fixture(scope="module")
def built_desk(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Desk]:
    make_page = getattr(request.module, "make_page", builders.make_leaflet)
    with built_once(django_db_blocker, lambda: build_desk(make_page)) as made:
        yield made


@pytest.fixture(scope="module")
def built_later(built_desk: Desk, django_db_blocker: DjangoDbBlocker) -> Iterator[LeafletPage]:
    """The Dutch page."""

    def send() -> LeafletPage:
        nl = Locale.objects.get(language_code="nl")
        return send_for_translation(built_desk.page, nl, built_desk.team.admin)

    with built_once(django_db_blocker, send) as made:
        yield made


@pytest.fixture
def clinic(built_desk: Desk, db: None) -> Clinic:
    return copy.deepcopy(built_desk.clinic)


@pytest.fixture
def team(built_desk: Desk, db: None) -> Team:
    return copy.deepcopy(built_desk.team)


@pytest.fixture
def page(built_desk: Desk, db: None) -> LeafletPage:
    """The source: live, edition 1."""
    return builders.fresh(built_desk.page)


@pytest.fixture
def dutch(built_later: LeafletPage, db: None) -> LeafletPage:
    """Sent for translation, nothing translated."""
    return builders.fresh(built_later)


def segment(page: LeafletPage, path: str) -> Segment:
    """A segment of the source."""
    return segments_of_page(page)[path]


def row(path: str, locale: str = "nl") -> SegmentTranslation:
    found: SegmentTranslation = SegmentTranslation.objects.get(path=path, locale=locale)
    return found


def finish(page: LeafletPage, target: LeafletPage, team: Team, but: tuple[str, ...] = ()) -> None:
    """Translates and checks everything at the desk, except the paths in `but`."""
    for path, text in builders.fake_texts(page, target.locale.language_code).items():
        if path not in but:
            saved: Any = save_segment(target, segment(page, path), Edit(text, 0), team.translator)
            outcome = check_segment(target, segment(page, path), saved.row.version, team.checker)
            assert not hasattr(outcome, "reason"), (path, text, outcome)


@pytest.fixture
def signed(page: LeafletPage, dutch: LeafletPage, team: Team) -> LeafletPage:
    """The Dutch page, checked throughout, signed off and issued."""
    finish(page, dutch, team)
    return sign_off(dutch, team.signer)
