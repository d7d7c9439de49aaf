"""A leaflet in translation, and the people who work on it: used by the tests of store and desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser, Group, Permission, User
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


@pytest.fixture
def clinic(db: None) -> Clinic:
    return builders.make_site()


@pytest.fixture
def team(clinic: Clinic) -> Team:
    return Team(
        translator=make_member("joost", "nl", "translate", person=True),
        checker=make_member("carla", "nl", "check", person=True),
        signer=make_member("signe", "nl", "sign_off", person=True),
        arabic=make_member("salma", "ar", "translate", "check", "sign_off"),
        nobody=make_member("nemo", "nl"),
        admin=User.objects.create_superuser("root", "root@clinic.example", PASSWORD),
    )


@pytest.fixture
def page(clinic: Clinic) -> LeafletPage:
    """The source: live, edition 1."""
    return builders.make_leaflet(clinic)


@pytest.fixture
def dutch(page: LeafletPage, team: Team) -> LeafletPage:
    """Sent for translation, nothing translated."""
    return send_for_translation(page, Locale.objects.get(language_code="nl"), team.admin)


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
