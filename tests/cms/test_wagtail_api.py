"""Wagtail's own API, where it is mounted, tells an anonymous reader nothing."""

import importlib
from types import ModuleType

import pytest
from django.contrib.auth.models import User
from django.urls import clear_url_caches
from wagtail.models import APIToken

import cms.urls

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_wagtails_api(settings) -> ModuleType:
    """The site's addresses with Wagtail's API for authors among them."""
    settings.WAGTAIL_API_V3 = "tokens"
    yield importlib.reload(cms.urls)
    settings.WAGTAIL_API_V3 = "off"
    importlib.reload(cms.urls)
    clear_url_caches()


@pytest.mark.parametrize("path", ["pages/", "pages/1/", "sites/", "schema/pages/", "whoami/"])
def test_every_read_needs_a_token(client, with_wagtails_api, path):
    clear_url_caches()
    assert client.get(f"/api/v3/{path}").status_code == 401


def test_a_wrong_token_is_no_token(client, with_wagtails_api):
    clear_url_caches()
    answer = client.get("/api/v3/pages/", headers={"authorization": "Bearer wrong"})
    assert answer.status_code == 401


@pytest.mark.parametrize(("is_editor", "status"), [(False, 401), (True, 200)])
def test_a_token_is_worth_what_its_owner_may(client, with_wagtails_api, is_editor, status):
    """Any account can be given one, and live pages hold words that a licence is needed for."""
    clear_url_caches()
    user = User.objects.create_user("somebody", is_superuser=is_editor)
    token, text = APIToken.create_token(user=user, name="A program")
    token.save()
    answer = client.get("/api/v3/pages/", headers={"authorization": f"Bearer {text}"})
    assert answer.status_code == status
