"""The API's tests: a client, counted queries, and one assertion for every error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from patientinfo.api import details, filters
from patientinfo.api.errors import PROBLEMS
from patientinfo.formats.problem import MEDIA_TYPE, URN
from tests.fixtures_leaflet import clinic, page, world

__all__ = ["clinic", "page", "world"]

ROOT = "/api/v1/"


@pytest.fixture(autouse=True)
def nothing_kept(db: None) -> Iterator[None]:
    """Each test begins as a new process does."""
    details.forget()
    filters.list_queries.cache_clear()
    yield
    details.forget()


@pytest.fixture
def get(client: Client) -> Callable[..., HttpResponse]:
    """GET below `/api/v1/`: `get("pages/", locale="nl")`; `headers` by their names."""

    def ask(path: str, headers: dict[str, str] | None = None, **query: Any) -> HttpResponse:
        return client.get(ROOT + path, query, headers=headers)

    return ask


@pytest.fixture
def level(settings: Any) -> Callable[[str], None]:
    """Sets the site's public level."""

    def set_level(value: str) -> None:
        settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_ACCESS": value}

    return set_level


@pytest.fixture
def queries() -> Callable[[], CaptureQueriesContext]:
    """`with queries() as asked: …` and then `len(asked)`."""
    return lambda: CaptureQueriesContext(connection)


@pytest.fixture
def assert_problem() -> Callable[..., dict[str, Any]]:
    """The assertion for every error: `assert_problem(answer, code, member=value)` → the body."""

    def check(answer: HttpResponse, code: str, **members: Any) -> dict[str, Any]:
        status, title = PROBLEMS[code]
        assert answer["Content-Type"] == MEDIA_TYPE, answer.content[:300]
        body: dict[str, Any] = answer.json()
        assert (body["type"], answer.status_code) == (URN + code, status), body
        assert (body["status"], body["title"]) == (status, title)
        assert body["detail"].strip()
        assert answer["Cache-Control"] == "no-store"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert {name: body[name] for name in members} == members
        return body

    return check
