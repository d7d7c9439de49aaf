"""Nothing under `/api/` is ever an HTML error, whatever goes wrong and wherever."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.test import Client

import cms.urls
from patientinfo.api import handlers
from patientinfo.api.routers import pages
from tests.api.shelf import key_of, put

KEY = key_of("knee")


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1/",
        "/api/v2/pages/",
        "/api/v1/pages/find/more/",
        "/api/v1/nowhere",
        "/api/v1/%00",
        "/api/v1/%ff%fe/",
        "/api//v1/pages/",
        "/api/v1/pages/../../admin/",
        f"/api/v1/pages/{KEY}/en/editions/one/",
        f"/api/v1/pages/{KEY}/en/editions/-1/",
        f"/api/v1/pages/{KEY}/en/more/",
        "/api/v1/<script>/",
    ],
)
def test_an_address_that_is_none(client, assert_problem, path):
    assert_problem(client.get(path), "no-such-address")
    assert_problem(client.post(path), "no-such-address")


@pytest.mark.parametrize("key", ["1", str(KEY).upper(), KEY.hex, f"{KEY}x", "%00", "ü"])
def test_a_malformed_key_is_named(client, assert_problem, key):
    for rest in ("", "en/", "en/editions/"):
        body = assert_problem(client.get(f"/api/v1/pages/{key}/{rest}"), "no-such-address")
        assert "key" in body["detail"]


@pytest.mark.parametrize("path", ["pages", f"pages/{KEY}/en", "locales", "pages/find"])
def test_a_missing_slash_is_redirected_without_html(client, path):
    answer = client.get(f"/api/v1/{path}?a=1")
    assert (answer.status_code, answer.content) == (308, b"")
    assert answer["Location"] == f"/api/v1/{path}/?a=1"
    assert not answer.has_header("Content-Type")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["pages/", f"pages/{KEY}/en/", "openapi.json", "docs"])
def test_a_method_that_is_not_there(client, assert_problem, method, path):
    answer = getattr(client, method)(f"/api/v1/{path}")
    assert_problem(answer, "method-not-allowed")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_form_without_a_token_gets_no_html_either(assert_problem):
    answer = Client(enforce_csrf_checks=True).post("/api/v1/nowhere/", {"a": 1})
    assert_problem(answer, "no-such-address")


@pytest.mark.parametrize("debug", [False, True])
def test_our_own_mistake_tells_nothing_but_its_number(
    settings, monkeypatch, assert_problem, caplog, debug
):
    settings.DEBUG = debug
    put("knee")

    def fail(*args, **kwargs):
        raise DatabaseError("secret-of-the-house")

    monkeypatch.setattr(pages.rows, "row_of", fail)
    client = Client(raise_request_exception=False)
    for query in ("", "?fallback=source"):
        monkeypatch.setattr(pages.rows, "rows_of", fail)
        answer = client.get(f"/api/v1/pages/{KEY}/en/{query}")
        body = assert_problem(answer, "internal-error")
        assert "secret" not in answer.content.decode()
        assert body["instance"] in caplog.text
        assert "secret-of-the-house" in caplog.text


@pytest.mark.parametrize(
    ("error", "code"),
    [(SuspiciousOperation("odd"), "bad-request"), (PermissionDenied("no"), "forbidden")],
)
def test_djangos_errors_are_problems(client, monkeypatch, assert_problem, error, code):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(pages.rows, "row_of", fail)
    assert_problem(client.get(f"/api/v1/pages/{KEY}/en/"), code)


@pytest.fixture
def handled(monkeypatch):
    """The project with the handlers for what fails outside any view."""
    for status, handler in (
        (400, handlers.bad_request),
        (404, handlers.page_not_found),
        (500, handlers.server_error),
    ):
        monkeypatch.setattr(cms.urls, f"handler{status}", handler, raising=False)


def test_a_host_that_is_not_ours(client, handled, assert_problem):
    answer = client.get("/api/v1/pages/", headers={"host": "evil.example"})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("bad-request")
    page = client.get("/healthz", headers={"host": "evil.example"})
    assert page["Content-Type"].startswith("text/html")


def test_a_failure_outside_any_view(handled, monkeypatch, assert_problem):
    def fail(self, request):
        raise RuntimeError("secret-of-the-house")

    monkeypatch.setattr("django.middleware.common.CommonMiddleware.process_request", fail)
    answer = Client(raise_request_exception=False).get("/api/v1/pages/")
    assert_problem(answer, "internal-error")
    page = Client(raise_request_exception=False).get("/healthz")
    assert (page.status_code, page["Content-Type"].split(";")[0]) == (500, "text/html")
