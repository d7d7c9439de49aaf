"""Interface words, compiled once, and the sample licence."""

from __future__ import annotations

import pytest

from patientinfo.licensing.models import Licence
from patientinfo.management.catalogs import compile_catalogs
from patientinfo.management.commands.messages import project_catalogs
from tests.proofs.samples import make_sample


@pytest.fixture(autouse=True, scope="session")
def compiled_catalogs() -> None:
    """Writes the .mo files that are missing or older than their catalogs."""
    compile_catalogs(project_catalogs())


@pytest.fixture
def sample(db: None) -> Licence:
    return make_sample()
