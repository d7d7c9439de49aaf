"""Translators' files over the API: by a token, in one's own languages."""

from __future__ import annotations

import io
import zipfile

from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.models import SegmentTranslation
from tests.api.authoring.office import (
    ROOT,
    TITLE,
    Ask,
    token_of,
    upload,
    whole,
)
from tests.fixtures_desk import Team


def addresses(page: LeafletPage) -> list[tuple[str, str]]:
    return [
        ("GET", ""),
        ("GET", f"{page.translation_key}/nl/"),
        ("POST", ""),
        ("POST", "memory/"),
    ]


def test_nobody_comes_in_without_a_token(dutch, team: Team, ask: Ask, assert_problem) -> None:
    signed_in = Client()
    signed_in.force_login(team.admin)
    for method, path in addresses(dutch):
        # Not even what is wrong with the question is said first.
        for answer in (
            ask(None, method, path, format="po"),
            ask(None, method, path, nonsense="1"),
            signed_in.generic(method, f"{ROOT}{path}?format=po"),
        ):
            assert_problem(answer, "token-required")
            assert answer["WWW-Authenticate"] == "Bearer"
        headers = {"authorization": "Bearer patientinfo_a-licence-key"}
        answer = Client().generic(method, f"{ROOT}{path}?format=po", headers=headers)
        assert_problem(answer, "token-required")
        assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_a_token_is_worth_what_its_owner_is(dutch, team: Team, assert_problem) -> None:
    token, secret = APIToken.create_token(user=team.translator, name="a tool")
    headers = {"authorization": f"Bearer {secret}"}
    address = f"{ROOT}{dutch.translation_key}/nl/?format=po"
    assert Client().get(address, headers=headers).status_code == 200
    team.translator.groups.first().permissions.clear()
    assert_problem(Client().get(address, headers=headers), "forbidden")
    team.translator.is_active = False
    team.translator.save()
    assert_problem(Client().get(address, headers=headers), "token-required")
    team.translator.is_active = True
    team.translator.save()
    APIToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
    assert_problem(Client().get(address, headers=headers), "token-required")


def test_the_page_api_takes_no_editors_token(page, team: Team, assert_problem) -> None:
    headers = {"authorization": f"Bearer {token_of(team.admin)}"}
    assert_problem(Client().get("/api/v1/pages/", headers=headers), "unknown-access-key")


def test_nobody_touches_another_language(dutch, team: Team, ask: Ask, assert_problem) -> None:
    one = f"{dutch.translation_key}/nl/"
    for user in (team.arabic, team.nobody):
        assert_problem(ask(user, "GET", one, format="po"), "forbidden")
        assert_problem(ask(user, "GET", "", format="po", locale="nl"), "forbidden")
        told = assert_problem(ask(user, "POST", "", upload(title=TITLE)), "forbidden")
        assert "nl" in told["detail"]
        assert_problem(ask(user, "POST", "", upload(title=TITLE), dry_run="true"), "forbidden")
    assert_problem(ask(team.nobody, "GET", "", format="po"), "forbidden")
    # A checker reads, but does not translate.
    assert ask(team.checker, "GET", one, format="po").status_code == 200
    assert_problem(ask(team.checker, "POST", "", upload(title=TITLE)), "forbidden")
    assert not SegmentTranslation.objects.exists()
    archive = whole(ask(team.arabic, "GET", "", format="po"))
    assert zipfile.ZipFile(io.BytesIO(archive)).namelist() == ["dry-needling.ar.po"]
