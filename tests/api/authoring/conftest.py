"""The office for each module of tests, and a client with a token."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.api.authoring.office import (
    ROOT,
    Ask,
    Office,
    build,
    token_of,
)
from tests.fixtures_desk import Team
from tests.worlds import once

office = once(build)


@pytest.fixture
def page(office: Office, db: None) -> LeafletPage:
    return builders.fresh(office.page)


@pytest.fixture
def dutch(office: Office, db: None) -> LeafletPage:
    return builders.fresh(office.dutch)


@pytest.fixture
def team(office: Office, db: None) -> Team:
    return Team(**{name: User.objects.get(pk=pk) for name, pk in office.users.items()})


@pytest.fixture
def ask() -> Ask:
    """`ask(user, "GET", "", format="po")`; `file=` sends one. `user` None sends no token."""

    def send(user: Any, method: str, path: str, file: Any = None, **query: Any) -> HttpResponse:
        headers = {"authorization": f"Bearer {token_of(user)}"} if user else {}
        client = Client(enforce_csrf_checks=True)
        data = {"file": file} if file else None
        return (
            client.generic(method, ROOT + path, query_params=query, headers=headers)
            if (method != "POST")
            else client.post(ROOT + path, data, query_params=query, headers=headers)
        )

    return send
