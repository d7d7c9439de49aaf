"""One sample clinic, one server and one browser for all journeys of a module.

Journeys of a module share the clinic: each keeps to leaflets that no other changes, and looks at it
only as a person or a program can, over HTTP.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import TransactionTestCase, override_settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.journeys.browser import Visitor, chromium_path, open_browser
from tests.journeys.sample import put_sample


@pytest.fixture(scope="module")
def db(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, lift_guardrails: None
) -> Iterator[None]:
    """
    The sample clinic for a whole module. It has the name of pytest-django's fixture, by which that
    knows that a test database is needed.
    """
    if chromium_path() is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    with django_db_blocker.unblock():
        put_sample()
        yield
        TransactionTestCase("__init__")._fixture_teardown()


@pytest.fixture(scope="module")
def clinic(db: None) -> Iterator[str]:
    """The address of a server with the sample clinic."""
    server = LiveServer("127.0.0.1")
    with override_settings(PATIENTINFO={**settings.PATIENTINFO, "PUBLIC_URL": server.url}):
        yield server.url
    server.stop()


@pytest.fixture(scope="module")
def browser(clinic: str) -> Iterator[Browser]:
    """Opened after the clinic, closed before it: while it is open, Django refuses its ORM here."""
    with open_browser() as chromium:
        yield chromium


@pytest.fixture
def open_window(clinic: str, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """
    `open_window()`: a visitor with a window and cookies of their own. In none may anything have
    gone wrong, nor another host have been asked. Options are those of a browser's context.
    """
    opened: list[Visitor] = []

    def make(**options: Any) -> Visitor:
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, **options)
        opened.append(Visitor(context.new_page(), clinic))
        return opened[-1]

    yield make
    for one in opened:
        one.page.context.close()
    assert [one.complaints for one in opened if one.complaints] == []


@pytest.fixture
def visitor(open_window: Callable[..., Visitor]) -> Visitor:
    """Somebody alone in front of one window."""
    return open_window()
