"""What every test stands on: files of its own, a clean language, and no test left out unseen.

A test that lacks a tool (a browser, msgfmt) skips and names it, so that the tests run on a bare
machine. Where CI is set in the environment everything is installed, and a skip there is a failure.
A test about one database engine carries ``only_on("postgresql")`` and is left out on the other:
both runs together run it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from patientinfo.licensing.usage import METER
from tests.worlds import in_order

pytest_plugins = ["tests.fixtures_guardrails"]

ROOT = Path(__file__).resolve().parent.parent
NO_SKIPS = os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}

skipped_key = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's top directory."""
    return ROOT


@pytest.fixture(autouse=True, scope="session")
def own_media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Uploaded files go to a directory that is gone after the run."""
    directory = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=str(directory)):
        yield directory


@pytest.fixture(autouse=True)
def clean_thread() -> Iterator[None]:
    """Each test begins in the site's own language, with an empty cache and nothing counted."""
    translation.activate(settings.LANGUAGE_CODE)
    cache.clear()
    METER.forget()
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.hookimpl(trylast=True)  # after those have been shuffled
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about another database engine than the one in use; see `tests.worlds`."""
    others = [
        item
        for item in items
        if any(connection.vendor not in mark.args for mark in item.iter_markers("only_on"))
    ]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]
    items[:] = in_order(items)


def note_skip(config: pytest.Config, report: pytest.TestReport | pytest.CollectReport) -> None:
    """Keep the name and the reason of a skip; an expected failure is none."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        config.stash[skipped_key].append(f"{report.nodeid}: {reason}")


class SkipWatch:
    """Hears of every skip in the process that reports; xdist's workers send theirs there."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test was skipped."""
        note_skip(self.config, report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A whole module was skipped."""
        note_skip(self.config, report)


def pytest_configure(config: pytest.Config) -> None:
    """Begin the list of skips; a busy machine is no reason for a property to fail."""
    hypothesis_settings.register_profile("patient", deadline=None)
    hypothesis_settings.load_profile("patient")
    config.stash[skipped_key] = []
    config.pluginmanager.register(SkipWatch(config))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be skipped, a skip fails the run."""
    reports_here = not hasattr(session.config, "workerinput")
    if NO_SKIPS and reports_here and session.config.stash[skipped_key]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name what was skipped, and say that it is a failure where it is one."""
    skipped = config.stash[skipped_key]
    if skipped:
        terminalreporter.section("skipped, and in CI nothing may be" if NO_SKIPS else "skipped")
        for line in sorted(skipped):
            terminalreporter.line(line)
