"""Who may do what in which language."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from patientinfo.translation.rights import Act, languages_of, may, may_any, require
from tests.fixtures_desk import Team, make_member


def test_rights_are_by_language_and_act(team: Team) -> None:
    assert may(team.translator, Act.TRANSLATE, "nl")
    assert not may(team.translator, Act.CHECK, "nl")
    assert not may(team.translator, Act.TRANSLATE, "ar")
    assert languages_of(team.arabic, Act.SIGN_OFF) == {"ar"}


def test_superusers_may_everything(team: Team) -> None:
    assert all(may(team.admin, act, "de") for act in Act)


@pytest.mark.parametrize("name", ["nobody", "anonymous", "none", "gone", "retired"])
def test_others_may_nothing(team: Team, name: str) -> None:
    gone = make_member("gone", "nl", "translate", "check", "sign_off")
    gone.is_active = False
    gone.save()
    retired = team.admin
    retired.is_active = False
    people = {"anonymous": AnonymousUser(), "none": None, "gone": gone, "retired": retired}
    user = people.get(name, team.nobody)
    assert not any(may(user, act, "nl") for act in Act)
    assert not may_any(user, "nl")


def test_groups_add_up(team: Team) -> None:
    team.translator.groups.add(*team.arabic.groups.all())
    assert languages_of(team.translator, Act.TRANSLATE) == {"nl", "ar"}
    assert languages_of(team.translator, Act.CHECK) == {"ar"}


def test_a_refusal_names_the_language(team: Team) -> None:
    with pytest.raises(PermissionDenied, match="into ar"):
        require(team.translator, Act.TRANSLATE, "ar")
