"""A clinic, and one leaflet in English and Dutch."""

from __future__ import annotations

import pytest

from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import Clinic


@pytest.fixture
def clinic(db: None) -> Clinic:
    return builders.make_site()


@pytest.fixture
def page(clinic: Clinic) -> LeafletPage:
    return builders.make_leaflet(clinic)


@pytest.fixture
def dutch(page: LeafletPage) -> LeafletPage:
    return builders.translate(page, "nl")
