"""Interface words for the tests of channels, compiled once, and an issued leaflet."""

import pytest

from patientinfo.management.catalogs import compile_catalogs
from patientinfo.management.commands.messages import project_catalogs
from tests.fixtures_leaflet import clinic, page, world

__all__ = ["clinic", "page", "world"]


@pytest.fixture(autouse=True, scope="session")
def compiled_catalogs() -> None:
    """Writes the .mo files that are missing or older than their catalogs."""
    compile_catalogs(project_catalogs())
